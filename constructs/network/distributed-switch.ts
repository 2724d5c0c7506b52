import { DataVsphereHost } from "@cdktf/provider-vsphere/lib/data-vsphere-host";
import { DistributedVirtualSwitch } from "@cdktf/provider-vsphere/lib/distributed-virtual-switch";
import type { DistributedVirtualSwitchPvlanMapping } from "@cdktf/provider-vsphere/lib/distributed-virtual-switch";
import { TerraformIterator } from "cdktf";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
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
  /** MTU, in bytes, 1280 to 9000. */
  readonly mtu: number;
  /** Private VLANs of its segments; missing promiscuous entries are added. @default - none */
  readonly privateVlans?: readonly PrivateVlan[];
  /** Ids of its tags. @default - none */
  readonly tags?: readonly string[];
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
      ...uplinks(props.adapters),
      maxMtu: props.mtu,
      ...REFUSED,
      pvlanMapping: pvlanMapping(this.privateVlans),
      host: this.members(props),
      tags: [...(props.tags ?? [])],
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
    return each.dynamic({ host_system_id: each.getString("id"), devices: [...props.adapters] });
  }
}

function uplinks(adapters: readonly string[]): { uplinks: string[]; activeUplinks: string[] } {
  const names = adapters.map((_, index) => `uplink${String(index + 1)}`);
  return { uplinks: names, activeUplinks: names };
}

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
    ...(props.mtu < 1280 || props.mtu > 9000 ? [`MTU ${String(props.mtu)} is not between 1280 and 9000`] : []),
  ];
}
