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

/** A distributed switch that every host of a city's desktops joins. */
export interface DistributedSwitchProps {
  /** Name in vCenter. */
  readonly name: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Names of the ESXi hosts that join it; machines can use its port groups only on those. */
  readonly hosts: readonly string[];
  /** Physical adapters of every host, such as vmnic2; each becomes an uplink. */
  readonly adapters: readonly string[];
  /** Largest packet, in bytes, 1280 to 9000. */
  readonly mtu: number;
  /** Private VLANs of the segments on it; missing promiscuous entries are added. @default - none */
  readonly privateVlans?: readonly PrivateVlan[];
  /** Ids of the tags that it carries. @default - none */
  readonly tags?: readonly string[];
}

/** A distributed switch: its hosts, uplinks and private VLANs, with every relaxation of layer 2 refused. */
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
