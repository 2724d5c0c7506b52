import { quoted } from "../../display";
import type { City } from "../../model/city";
import { GATEWAYS } from "../../../access/identities/gateway-rules";
import { poolOfMachines } from "../../secrets/ssh-roles";
import { dangling } from "../helpers/dangling";
import { windowsPools } from "../../seats/windows-pools";
import type { CityRule, Finding } from "../rule";

/** A role for machines that do not exist, or whose image does not trust certificates, would have no effect. */
export const sshMachines: CityRule = {
  id: "ssh-machines",
  explanation:
    "machines of secrets.ssh are the gateways of network.gateway, or a pool whose image is no Windows, as pools/<name>",
  repair: "name gateways or pools/<name>",
  *check(city) {
    for (const [role, { machines }] of (city.secrets.ssh?.roles ?? []).entries()) {
      for (const [index, name] of machines.entries()) {
        yield* machinesFindings(city, ["secrets", "ssh", "roles", role, "machines", index], name);
      }
    }
  },
};

function machinesFindings(city: City, path: Finding["path"], machines: string): Finding[] {
  if (machines === GATEWAYS) {
    return city.network.gateway === undefined ? [{ path, message: "the city has no gateways of its own" }] : [];
  }
  const pool = poolOfMachines(machines);
  if (pool === undefined) return [{ path, message: `${quoted(machines)} names no kind of machines` }];
  const known = city.pools.map(({ name }) => name);
  if (!known.includes(pool)) return dangling({ path, name: pool, known, noun: "pool", declared: "pools" });
  return windowsPools(city).some(({ name }) => name === pool)
    ? [{ path, message: `the pool ${quoted(pool)} has Windows` }]
    : [];
}
