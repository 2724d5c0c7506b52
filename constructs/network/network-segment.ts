import { DistributedPortGroup } from "@cdktf/provider-vsphere/lib/distributed-port-group";
import { Construct } from "constructs";
import { LEFT_TO_OTHERS } from "../others-attributes";
import { ValidationError } from "../validation-error";
import type { PrivateVlan } from "./private-vlan";
import { REFUSED } from "./security-policy";
import type { SegmentSwitch } from "./segment-switch";

/** A segment of the network: a port group on a distributed switch. */
export interface NetworkSegmentProps {
  /** Name of the port group. */
  readonly name: string;
  /** Note on the port group in vCenter. */
  readonly description: string;
  /** The switch; its private VLAN map must contain the segment's. */
  readonly switch: SegmentSwitch;
  /** VLAN id, 1 to 4094. Ignored if `privateVlan` is set. */
  readonly vlan: number;
  /** The port group's private VLAN. @default - an ordinary VLAN */
  readonly privateVlan?: PrivateVlan | undefined;
  /**
   * The link aggregation group that carries it: the only active uplink, or its machines have none. @default - the switch's
   * uplinks
   */
  readonly aggregationGroup?: string | undefined;
  /** Ids of its tags. @default - none */
  readonly tags?: readonly string[];
}

/** A port group that grows with its machines and refuses promiscuous mode, forged transmits and MAC changes. */
export class NetworkSegment extends Construct {
  /** Managed object id of the port group, for machines' network interfaces. */
  public readonly networkId: string;

  public constructor(scope: Construct, id: string, props: NetworkSegmentProps) {
    super(scope, id);
    ValidationError.throwIfAny(failures(props), this);
    const portGroup = new DistributedPortGroup(this, "port-group", {
      name: props.name,
      description: props.description,
      distributedVirtualSwitchUuid: props.switch.uuid,
      ...tagging(props),
      ...REFUSED,
      ...(props.aggregationGroup !== undefined && { activeUplinks: [props.aggregationGroup], standbyUplinks: [] }),
      type: "earlyBinding",
      autoExpand: true,
      tags: [...(props.tags ?? [])],
      lifecycle: { ignoreChanges: LEFT_TO_OTHERS },
    });
    this.networkId = portGroup.id;
  }
}

function failures({ privateVlan, switch: { privateVlans } }: NetworkSegmentProps): string[] {
  if (privateVlan === undefined) return [];
  const { primary, secondary, type } = privateVlan;
  const known = privateVlans.some(
    (entry) => entry.primary === primary && entry.secondary === secondary && entry.type === type,
  );
  return known ? [] : [`the switch has no ${type} private VLAN ${String(primary)}/${String(secondary)}`];
}

function tagging(props: NetworkSegmentProps): { vlanId: number } | { portPrivateSecondaryVlanId: number } {
  return props.privateVlan === undefined
    ? { vlanId: props.vlan }
    : { portPrivateSecondaryVlanId: props.privateVlan.secondary };
}
