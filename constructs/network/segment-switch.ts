import type { PrivateVlan } from "./private-vlan";

/** A switch for segments, created here or looked up. */
export interface SegmentSwitch {
  /** UUID of the switch, for port groups. */
  readonly uuid: string;
  /** Its private VLANs, with the promiscuous entry of every primary VLAN. */
  readonly privateVlans: readonly PrivateVlan[];
}
