import type { PrivateVlan } from "./private-vlan";

/** A switch that segments are made on, whoever made it. */
export interface SegmentSwitch {
  /** UUID of the switch, for port groups. */
  readonly uuid: string;
  /** Its private VLANs, with the promiscuous entry of every primary VLAN. */
  readonly privateVlans: readonly PrivateVlan[];
}
