import { DataVsphereDistributedVirtualSwitch } from "@cdktf/provider-vsphere/lib/data-vsphere-distributed-virtual-switch";
import { Construct } from "constructs";
import type { PrivateVlan } from "./private-vlan";
import type { SegmentSwitch } from "./segment-switch";

/** A distributed switch that somebody else made and keeps. */
export interface ExistingSwitchProps {
  /** Name in vCenter. */
  readonly name: string;
  /** Managed object id of the datacenter. */
  readonly datacenterId: string;
  /** Private VLANs that it has to have already; nothing here adds one. @default - none */
  readonly privateVlans?: readonly PrivateVlan[];
}

/**
 * A switch that is only looked up: its hosts, uplinks, MTU and private VLANs stay as they are. Found by its name as
 * written, never by a reference: what is looked up by a reference is unknown whenever that changes, and port groups of an
 * unknown switch are replaced.
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
