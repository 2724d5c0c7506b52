import { hostAdapters, uplinkNames } from "../../environments/network/host-adapters";
import type { City } from "../../environments/model/city";
import type { Segment } from "../../environments/model/network";

/** A physical adapter and what it is to the distributed switch. */
export interface HandoverAdapter {
  readonly adapter: string;
  readonly uplink: string;
  readonly state: "active" | "standby";
}

/** Ports of physical switches: those of some hosts' adapters. All are trunks of the same VLANs. */
export interface HandoverTrunk {
  readonly cluster: string;
  readonly hosts: readonly string[];
  readonly adapters: readonly HandoverAdapter[];
}

/** A VLAN that trunks carry. */
export interface HandoverVlan {
  readonly vlan: number;
  /** In a private VLAN: primary, isolated or community. */
  readonly kind: "ordinary" | "primary" | "isolated" | "community";
  /** Its primary VLAN. @default - it is no secondary VLAN */
  readonly primary?: number;
  readonly segments: readonly string[];
  /** Largest packet of its machines, in bytes. */
  readonly mtu: number;
}

/** The distributed switch as the physical ones see it. */
export interface HandoverSwitch {
  readonly name: string;
  readonly existing: boolean;
  /** Largest packet, in bytes. */
  readonly mtu: number;
  /** The provider's teaming_policy. @default - vSphere's own: loadbalance_srcid */
  readonly policy?: string;
  /** @default - none: no port channel */
  readonly lacp?: { readonly mode: "active" | "passive"; readonly group?: string | undefined };
}

/** The switch of a city. */
export function handoverSwitch({ network }: City): HandoverSwitch {
  const { name, existing, mtu, teaming, lacp } = network.switch;
  return { name, existing, mtu, ...(teaming && { policy: teaming.policy }), ...(lacp && { lacp }) };
}

/** The trunks, one for the hosts of a cluster with the same adapters, in the order of the file. */
export function handoverTrunks(city: City): HandoverTrunk[] {
  const groups = new Map<string, { cluster: string; hosts: string[]; adapters: readonly string[] }>();
  for (const { cluster, host, adapters } of hostAdapters(city)) {
    const key = JSON.stringify([cluster, adapters]);
    const group = groups.get(key) ?? { cluster, hosts: [], adapters };
    group.hosts.push(host);
    groups.set(key, group);
  }
  const [uplinks, standby] = [uplinkNames(city), city.network.switch.teaming?.standby ?? []];
  return [...groups.values()].map(({ adapters, ...group }) => ({
    ...group,
    adapters: adapters.map((adapter, index) => {
      const uplink = uplinks[index] ?? "";
      return { adapter, uplink, state: standby.includes(uplink) ? "standby" : "active" };
    }),
  }));
}

/** The VLANs of every segment that is made here, by number; a primary VLAN also where no segment stands in it. */
export function handoverVlans({ network }: City): HandoverVlan[] {
  const own = network.segments.filter(({ external }) => !external);
  const numbers = own.flatMap(({ vlan, privateVlan }) => [vlan, ...(privateVlan ? [privateVlan.secondary] : [])]);
  return [...new Set(numbers)]
    .sort((one, other) => one - other)
    .map((vlan) => {
      const segments = own.filter((segment) => taggedBy(segment) === vlan);
      const mtus = segments.map(({ mtu = network.switch.mtu }) => mtu);
      const names = segments.map(({ name }) => name);
      return {
        vlan,
        ...kindOf(vlan, own),
        segments: names,
        mtu: Math.max(...(mtus.length > 0 ? mtus : [network.switch.mtu])),
      };
    });
}

/** The VLAN that a segment's frames have on the wire: vSphere tags with the secondary one. */
function taggedBy({ vlan, privateVlan }: Segment): number {
  return privateVlan?.secondary ?? vlan;
}

function kindOf(vlan: number, own: readonly Segment[]): Pick<HandoverVlan, "kind" | "primary"> {
  const secondary = own.find(({ vlan: primary, privateVlan }) => privateVlan?.secondary === vlan && primary !== vlan);
  const type = secondary?.privateVlan?.type;
  if (secondary !== undefined && (type === "isolated" || type === "community"))
    return { kind: type, primary: secondary.vlan };
  return { kind: own.some((one) => one.vlan === vlan && one.privateVlan !== undefined) ? "primary" : "ordinary" };
}
