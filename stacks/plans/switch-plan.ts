import type { DistributedSwitchProps } from "../../constructs/network";
import { hostAdapters } from "../../environments/network/host-adapters";
import type { DeployedCity } from "../../environments/model/city";

/** What a switch that a city makes is made from, without what other resources give it. */
export type SwitchPlan = Omit<DistributedSwitchProps, "datacenterId" | "privateVlans" | "tags">;

/** The switch of a checked city, whether it makes it or finds it. */
export function switchPlan(city: DeployedCity): SwitchPlan {
  const { name, adapters, mtu, teaming, lacp, networkIoControl, version } = city.network.switch;
  const hosts = hostAdapters(city);
  const others = hosts.filter((one) => one.adapters !== adapters);
  return {
    ...{ name, adapters, mtu, teaming, networkIoControl, version },
    hosts: hosts.map(({ host }) => host),
    adaptersOf: Object.fromEntries(others.map((one) => [one.host, one.adapters])),
    lacpMode: lacp?.mode,
  };
}
