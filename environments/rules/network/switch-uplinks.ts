import { count } from "../../display";
import { hostAdapters, uplinkNames } from "../../network/host-adapters";
import type { City } from "../../model/city";
import type { CityRule, Finding } from "../rule";

const TEAMING = ["network", "switch", "teaming"];
const LACP = ["network", "switch", "lacp"];

/**
 * VMware vSphere, "vSphere Networking", LACP Teaming and Failover Configuration and Limitations of the LACP Support: the
 * standby list is empty, and basic LACP works with IP hash alone. Route Based on IP Hash: all uplinks are active.
 */
export const switchUplinks: CityRule = {
  id: "switch-uplinks",
  explanation:
    "standby uplinks are uplinks of the switch, and each host keeps an active one; none stands by with LACP or loadbalance_ip. " +
    "With LACP every host has two adapters; without a group its policy is loadbalance_ip, and a group is an existing switch's",
  repair: "correct network.switch",
  *check(city) {
    yield* standbyFindings(city);
    if (city.network.switch.lacp !== undefined) yield* lacpFindings(city);
  },
};

function* standbyFindings(city: City): Iterable<Finding> {
  const names = uplinkNames(city);
  const { teaming, lacp } = city.network.switch;
  if (teaming === undefined || teaming.standby.length === 0) return;
  for (const [index, name] of teaming.standby.entries()) {
    if (names.includes(name)) continue;
    const message = `no host has an adapter for ${name}: the switch has ${names.join(", ")}`;
    yield { path: [...TEAMING, "standby", index], message, repair: "name one of them" };
  }
  // A host's first adapter is that of uplink1.
  const idle = hostAdapters(city).filter(({ adapters }) =>
    names.slice(0, adapters.length).every((name) => teaming.standby.includes(name)),
  );
  if (idle.length > 0)
    yield {
      path: TEAMING,
      message: `every uplink of ${count(idle.length, "host")} stands by, such as of ${idle[0]?.host ?? ""}`,
      repair: "leave one active on each host",
    };
  if (lacp !== undefined || teaming.policy === "loadbalance_ip")
    yield {
      path: TEAMING,
      message: `uplinks stand by beside ${lacp === undefined ? "loadbalance_ip, whose port channel bundles all" : "LACP"}`,
      repair: "take standby out",
    };
}

function* lacpFindings(city: City): Iterable<Finding> {
  const { lacp, teaming, existing } = city.network.switch;
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
    yield {
      path: LACP,
      message: `it needs two adapters, and ${count(alone.length, "host")} with only one would join`,
      repair: "take lacp out",
    };
}
