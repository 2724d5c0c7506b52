import { count } from "../../display";
import { hostAdapters, uplinkNames } from "../../network/host-adapters";
import type { City } from "../../model/city";
import type { CityRule, Finding } from "../rule";

const TEAMING = ["network", "switch", "teaming"];
const LACP = ["network", "switch", "lacp"];

/**
 * VMware vSphere, "vSphere Networking", LACP Teaming and Failover Configuration and Limitations of the LACP Support: the
 * standby list is empty, and basic LACP works with IP hash alone.
 */
export const switchUplinks: CityRule = {
  id: "switch-uplinks",
  explanation:
    "standby uplinks are uplinks of the switch, and one stays active; with LACP none stands by, every host has two adapters, " +
    "the policy without a group is loadbalance_ip, and a group is an existing switch's",
  repair: "correct network.switch",
  *check(city) {
    yield* standbyFindings(city);
    if (city.network.switch.lacp !== undefined) yield* lacpFindings(city);
  },
};

function* standbyFindings(city: City): Iterable<Finding> {
  const names = uplinkNames(city);
  const { teaming } = city.network.switch;
  for (const [index, name] of (teaming?.standby ?? []).entries()) {
    if (names.includes(name)) continue;
    const message = `no host has an adapter for ${name}: the switch has ${names.join(", ")}`;
    yield { path: [...TEAMING, "standby", index], message, repair: "name one of them" };
  }
  const active = names.filter((name) => teaming?.standby.includes(name) !== true);
  if (active.length === 0) yield { path: TEAMING, message: "every uplink stands by", repair: "leave one active" };
}

function* lacpFindings(city: City): Iterable<Finding> {
  const { lacp, teaming, existing } = city.network.switch;
  if ((teaming?.standby.length ?? 0) > 0)
    yield { path: TEAMING, message: "uplinks stand by beside LACP", repair: "take standby out" };
  if (lacp?.group === undefined && teaming?.policy !== "loadbalance_ip")
    yield {
      path: LACP,
      message: `basic LACP does not work with ${teaming?.policy ?? "vSphere's own policy"}`,
      repair: "write teaming: { policy: loadbalance_ip }",
    };
  if (lacp?.group !== undefined && !existing)
    yield {
      path: [...LACP, "group"],
      message: "the provider makes no link aggregation group",
      repair: "make switch and group in vCenter and say existing: true, or take group out",
    };
  const alone = hostAdapters(city).filter(({ adapters }) => adapters.length < 2);
  if (alone.length > 0)
    yield { path: LACP, message: `${count(alone.length, "host")} have one adapter`, repair: "take lacp out" };
}
