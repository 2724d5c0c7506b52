import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { reachOf } from "../../environments/network/network-plan";
import { probesOf, sampledPorts } from "../../proof/probes";
import type { Probe } from "../../proof/probes";
import { prove } from "../../proof/proof";
import type { ProofOptions } from "../../proof/proof";
import { GATEWAY, topologyOf } from "../../proof/topology";
import { FORWARDING } from "../../segmentation/render/gateway-units";
import { nftables } from "../../segmentation/render/nftables";
import { soakTest } from "../fixtures/soak";
import { city as cityOf } from "./proved-city";

/** Debian's own unit, and what a gateway adds to it, run as systemd would; then packets. */
const UNIT = readFileSync("/lib/systemd/system/nftables.service", "utf8");
const RULES = "/etc/nftables.conf";
const SMALL = join(__dirname, "../fixtures/gateway.yaml");
const MINUTE = 60_000;

let folder: string;
let rules: string;
let city: Pick<ProofOptions, "reach" | "gateways">;

beforeAll(() => {
  const few = withFewRules(cityOf(SMALL));
  city = { reach: reachOf(few), gateways: gatewayPlans(few) };
  folder = mkdtempSync(join(tmpdir(), "stopping-"));
  rules = join(folder, "nftables.conf");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Fewer packets show what all rules together do. */
function withFewRules({ network, ...rest }: City): City {
  const flows = network.flows.filter(({ id }) => id === "portal" || id === "web");
  return { ...rest, network: { ...network, flows, blocks: [] }, emergency: { ...rest.emergency, flows: [] } };
}

/** The commands of a setting of a unit and its drop-ins: an empty one takes out those before it (systemd.service(5)). */
function commands(setting: string, texts: readonly string[]): string[] {
  let found: string[] = [];
  for (const [, command = ""] of texts.join("\n").matchAll(new RegExp(`^${setting}=(.*)$`, "gm"))) {
    found = command === "" ? [] : [...found, command.replaceAll(RULES, rules)];
  }
  return found;
}

function stop(dropIn: string): string[] {
  return ["ExecStop", "ExecStopPost"].flatMap((setting) => commands(setting, [UNIT, dropIn]));
}

/** What fails ends the start, and then runs what is to run after stopping. */
function start(dropIn: string): string[] {
  const starting = ["ExecStart", "ExecStartPost"].flatMap((setting) => commands(setting, [UNIT, dropIn]));
  const failed = ["true", ...commands("ExecStopPost", [UNIT, dropIn])].join("; ");
  return [`{ ${starting.join(" && ")}; } 2>/dev/null || { ${failed}; }`];
}

interface Arriving {
  /** How many packets that a rule opens the gateway forwards. */
  readonly forwarded: number;
  /** How many it does not. */
  readonly lost: number;
  /** How many arrive, at the gateway itself too, that no rule opens. */
  readonly unopened: number;
}

/** What becomes of the packets after these commands. */
async function arriving(run: readonly string[]): Promise<Arriving> {
  const { reach, gateways } = city;
  const topology = topologyOf(reach.space, reach.plan.segments, gateways);
  const isForwarded = ({ path, to, by }: Probe): boolean =>
    path === "gateway" && to.host !== GATEWAY && by !== undefined;
  const opened = probesOf(reach, topology, sampledPorts(reach), "gateway").filter(isForwarded);
  const { differences } = await prove({ ...city, commands: run });
  const lost = differences.filter((probe) => isForwarded(probe) && !probe.arrived).length;
  return { forwarded: opened.length - lost, lost, unopened: differences.filter(({ arrived }) => arrived).length };
}

describe("a gateway whose nftables", () => {
  beforeEach(() => {
    writeFileSync(rules, city.gateways.map((gateway) => nftables(city.reach.plan, gateway)).join(""));
  });

  const BROKEN = "table inet postazioni { chain broken { no such rule } }";
  const NOTHING = { forwarded: 0, unopened: 0 };
  const FLUSHED = commands("ExecStop", [UNIT]);

  soakTest(
    "is stopped forwards nothing, and is closed itself",
    async () => {
      expect(await arriving(stop(FORWARDING))).toMatchObject(NOTHING);
    },
    MINUTE,
  );

  test(
    "is stopped forwards nothing though its rules are flushed, as Debian's own unit does",
    async () => {
      const { forwarded } = await arriving([...FLUSHED, ...stop(FORWARDING)]);
      expect({ FLUSHED, forwarded }).toEqual({ FLUSHED: ["/usr/sbin/nft flush ruleset"], forwarded: 0 });
    },
    MINUTE,
  );

  test(
    "starts again forwards what its rules open",
    async () => {
      const { forwarded, ...wrong } = await arriving([...stop(FORWARDING), ...start(FORWARDING)]);
      expect(forwarded).toBeGreaterThan(50);
      expect(wrong).toEqual({ lost: 0, unopened: 0 });
    },
    MINUTE,
  );

  soakTest(
    "cannot load its rules forwards nothing after a restart",
    async () => {
      writeFileSync(rules, BROKEN);
      expect(await arriving([...stop(FORWARDING), ...start(FORWARDING)])).toMatchObject(NOTHING);
    },
    MINUTE,
  );

  soakTest(
    "cannot load its rules forwards nothing at a start where the template forwards",
    async () => {
      writeFileSync(rules, BROKEN);
      expect(await arriving([...FLUSHED, ...start(FORWARDING)])).toMatchObject({ forwarded: 0 });
    },
    MINUTE,
  );

  soakTest(
    "is Debian's alone forwards everything once it is stopped: the packets would show it",
    async () => {
      const former = "[Service]\nExecStartPost=/usr/sbin/sysctl net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1\n";
      expect((await arriving(stop(former))).unopened).toBeGreaterThan(1_000);
    },
    MINUTE,
  );
});
