import { DataVsphereHost } from "@cdktf/provider-vsphere/lib/data-vsphere-host";
import { DistributedVirtualSwitch } from "@cdktf/provider-vsphere/lib/distributed-virtual-switch";
import type { DistributedVirtualSwitchPvlanMapping } from "@cdktf/provider-vsphere/lib/distributed-virtual-switch";
import { Fn, TerraformIterator } from "cdktf";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { LEFT_TO_OTHERS } from "../others-attributes";
import { ValidationError } from "../validation-error";
import { privateVlanMap } from "./private-vlan";
import type { PrivateVlan } from "./private-vlan";
import { REFUSED } from "./security-policy";
import type { SegmentSwitch } from "./segment-switch";

/** A distributed switch for every host of a city's desktops. */
export interface DistributedSwitchProps {
  /** Name in vCenter. */
  readonly name: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Names of the ESXi hosts that join it; only their machines can use its port groups. */
  readonly hosts: readonly string[];
  /** Physical adapters of every host, such as vmnic2; each becomes an uplink. */
  readonly adapters: readonly string[];
  /** By name, the adapters of hosts that have others. @default - every host has the same */
  readonly adaptersOf?: Readonly<Record<string, readonly string[]>>;
  /** How uplinks share the traffic. @default - all are active, by vSphere's own policy */
  readonly teaming?: Teaming | undefined;
  /** Basic LACP over all uplinks of a host; its teaming policy must be loadbalance_ip. @default - no LACP */
  readonly lacpMode?: "active" | "passive" | undefined;
  /** Whether network I/O control, version 3, is on. @default - vSphere's own choice */
  readonly networkIoControl?: boolean | undefined;
  /** Version of the switch, such as 8.0.3; it is never lowered. @default - the newest that vCenter has */
  readonly version?: string | undefined;
  /** MTU, in bytes, 1280 to 9000. */
  readonly mtu: number;
  /** Private VLANs of its segments; missing promiscuous entries are added. @default - none */
  readonly privateVlans?: readonly PrivateVlan[];
  /** Ids of its tags. @default - none */
  readonly tags?: readonly string[];
}

/** How uplinks share the traffic. */
export interface Teaming {
  /** The provider's teaming_policy. */
  readonly policy: string;
  /** Uplinks that stand by, such as uplink2; all others are active. */
  readonly standby: readonly string[];
}

/**
 * A distributed switch with its hosts, uplinks and private VLANs; all three relaxations of layer 2 security are
 * refused.
 */
export class DistributedSwitch extends Construct implements SegmentSwitch {
  public readonly uuid: string;
  public readonly privateVlans: readonly PrivateVlan[];

  public constructor(scope: Construct, id: string, props: DistributedSwitchProps) {
    super(scope, id);
    ValidationError.throwIfAny(failures(props), this);
    this.privateVlans = privateVlanMap(props.privateVlans ?? []);
    const resource = new DistributedVirtualSwitch(this, "switch", {
      name: props.name,
      datacenterId: props.datacenterId,
      ...uplinks(props),
      maxMtu: props.mtu,
      ...options(props),
      ...REFUSED,
      pvlanMapping: pvlanMapping(this.privateVlans),
      host: this.members(props),
      tags: [...(props.tags ?? [])],
      lifecycle: { ignoreChanges: LEFT_TO_OTHERS },
    });
    this.uuid = resource.id;
  }

  private members(props: DistributedSwitchProps): IResolvable {
    const hosts = new DataVsphereHost(this, "host", {
      forEach: TerraformIterator.fromList([...props.hosts]),
      name: "${each.key}",
      datacenterId: props.datacenterId,
    });
    const each = TerraformIterator.fromResources(hosts);
    return each.dynamic({ host_system_id: each.getString("id"), devices: devices(props, String(each.key)) });
  }
}

/** A host's adapters in the order of the uplinks, by its name. */
function devices({ adapters, adaptersOf = {} }: DistributedSwitchProps, host: string): unknown {
  return Object.keys(adaptersOf).length === 0 ? [...adapters] : Fn.lookup(adaptersOf, host, [...adapters]);
}

function uplinks(props: DistributedSwitchProps): { uplinks: string[]; activeUplinks: string[] } {
  const { teaming } = props;
  const uplinks = uplinkNames(props);
  const activeUplinks = uplinks.filter((name) => teaming?.standby.includes(name) !== true);
  return { uplinks, activeUplinks, ...(teaming !== undefined && { standbyUplinks: [...teaming.standby] }) };
}

/** As many as the host with the most adapters has. */
function uplinkNames({ hosts, adapters, adaptersOf = {} }: DistributedSwitchProps): string[] {
  const most = Math.max(0, ...hosts.map((host) => (adaptersOf[host] ?? adapters).length));
  return Array.from({ length: most }, (_, index) => `uplink${String(index + 1)}`);
}

/** What is left to vSphere where a prop is left out: it stands in no plan. */
function options({ teaming, lacpMode, networkIoControl, version }: DistributedSwitchProps): Options {
  return {
    ...(teaming !== undefined && { teamingPolicy: teaming.policy }),
    ...(lacpMode !== undefined && { lacpApiVersion: "singleLag", lacpEnabled: true, lacpMode }),
    ...(networkIoControl !== undefined && { networkResourceControlEnabled: networkIoControl }),
    ...(networkIoControl === true && { networkResourceControlVersion: "version3" }),
    ...(version !== undefined && { version }),
  };
}

type Options = Partial<ConstructorParameters<typeof DistributedVirtualSwitch>[2]>;

function pvlanMapping(entries: readonly PrivateVlan[]): DistributedVirtualSwitchPvlanMapping[] {
  return entries.map(({ primary, secondary, type }) => ({
    primaryVlanId: primary,
    secondaryVlanId: secondary,
    pvlanType: type,
  }));
}

function failures(props: DistributedSwitchProps): string[] {
  return [
    ...(props.hosts.length === 0 ? ["a switch needs at least one host"] : []),
    ...(props.adapters.length === 0 ? ["a switch needs at least one physical adapter a host"] : []),
    ...standbyFailures(props),
    ...(props.mtu < 1280 || props.mtu > 9000 ? [`MTU ${String(props.mtu)} is not between 1280 and 9000`] : []),
  ];
}

function standbyFailures(props: DistributedSwitchProps): string[] {
  const [names, standby] = [uplinkNames(props), props.teaming?.standby ?? []];
  const unknown = standby.filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => `${name} is no uplink of the switch`),
    ...(names.length > 0 && names.every((name) => standby.includes(name)) ? ["every uplink stands by"] : []),
  ];
}
