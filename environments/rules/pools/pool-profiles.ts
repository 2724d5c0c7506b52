import { unreached } from "../../../segmentation/expectation";
import { portSet } from "../../../segmentation/ports";
import { listed, quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Pool } from "../../model/desktops";
import { SHARE_PORTS } from "../../model/profiles";
import type { ProfileShare } from "../../model/profiles";
import { reachOf } from "../../network/network-plan";
import { offeredBy, serviceNamed } from "../../network/services";
import { windowsPools } from "../../seats/windows-pools";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";

/** Without the share people log in and find nothing, or cannot log in at all: the first one would find out. */
export const poolProfiles: CityRule = {
  id: "pool-profiles",
  explanation:
    "the share of a pool's profiles is on a service that offers its protocol and that the pool's segment reaches, and Windows has it by SMB",
  repair: "correct profiles, or add the flow",
  *check(city) {
    const windows = windowsPools(city);
    for (const [index, pool] of city.pools.entries()) {
      const { profiles, decommissioned } = pool;
      if (profiles === undefined || profiles === "none" || decommissioned) continue;
      const path: Path = ["pools", index, "profiles"];
      if (profiles.protocol === "nfs" && windows.includes(pool)) {
        const message = '"nfs", and the image is a Windows, whose FSLogix keeps profiles on SMB';
        yield { path: [...path, "protocol"], message, allowed: '"smb"' };
      } else yield* unusable(city, pool, profiles, path);
    }
  },
};

function* unusable(
  city: DeclaredCity,
  pool: Pool,
  { service: name, protocol }: ProfileShare,
  path: Path,
): Iterable<Finding> {
  const service = serviceNamed(city.network, name);
  const port = SHARE_PORTS[protocol];
  if (service === undefined) {
    const known = city.network.services.map((each) => each.name);
    yield { path: [...path, "service"], message: `${quoted(name)} names no service`, allowed: listed(known) };
  } else if (!offeredBy(service).contains(portSet([port]))) {
    const message = `${quoted(name)} does not offer ${port}`;
    yield { path: [...path, "service"], message, repair: `add ${port} to its ports` };
  } else if (!reachOf(city).addressesOf(pool.segment).isEmpty) {
    const because = unreached(reachOf(city), { from: pool.segment, to: name, port })?.because;
    if (because === undefined) return;
    const message = `${quoted(pool.segment)} does not reach ${quoted(name)} on ${port}: ${because}`;
    const flow = `{ id: ${pool.name}-profiles, to: ${name}, ports: [${port}], owner: ..., purpose: ..., ticket: ..., until: ... }`;
    yield { path, message, repair: `write ${flow} in the pool's flows` };
  }
}

/** Whoever finds an empty desk in the morning has lost a day's work: the file says that it may be so. */
export const refreshProfiles: CityRule = {
  id: "refresh-profiles",
  explanation: "a pool with refresh says where the files of its people are, or that they may go",
  repair: 'add profiles with the share that has them, or write "profiles: none" where they may go, as at a counter',
  *check({ pools }) {
    for (const [index, { refresh, profiles }] of pools.entries()) {
      if (refresh === undefined || profiles !== undefined) continue;
      const message = "what people leave on its seats goes, and no profiles keep it";
      yield { path: ["pools", index, "refresh"], message, allowed: "refresh with profiles" };
    }
  },
};
