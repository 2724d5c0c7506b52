import { DataVsphereDistributedVirtualSwitch } from "@cdktf/provider-vsphere/lib/data-vsphere-distributed-virtual-switch";
import { Construct } from "constructs";
import type { PrivateVlan } from "./private-vlan";
import type { SegmentSwitch } from "./segment-switch";

/** A distributed switch that is managed elsewhere. */
export interface ExistingSwitchProps {
  /** Name in vCenter. */
  readonly name: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Private VLANs that it must already have; none is added. @default - none */
  readonly privateVlans?: readonly PrivateVlan[];
}

/**
 * A switch that is only looked up: its hosts, uplinks, MTU and private VLANs stay as they are. It is looked up by a
 * literal name: with a reference the result would be unknown whenever the referred resource changes, and port groups of
 * an unknown switch are replaced.
 */
export class ExistingSwitch extends Construct implements SegmentSwitch {
  public readonly uuid: string;
  public readonly privateVlans: readonly PrivateVlan[];

  public constructor(scope: Construct, id: string, { name, datacenterId, privateVlans = [] }: ExistingSwitchProps) {
    super(scope, id);
    this.privateVlans = privateVlans;
    this.uuid = new DataVsphereDistributedVirtualSwitch(this, "switch", { name, datacenterId }).id;
  }
}
