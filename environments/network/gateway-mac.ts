import { createHash } from "node:crypto";
import type { Member } from "../../segmentation/gateway";
import type { City } from "../model/city";
import type { GatewayPair } from "./gateway-pairs";

/** VMware, "vSphere MAC Addresses": static addresses are 00:50:56:00:00:00 to 00:50:56:3F:FF:FF, so 22 bits are free. */
const MAC_PREFIX = "00:50:56";
const VLAN_BITS = 12;
const BLOCK_BITS = 22 - VLAN_BITS - 1;

/** Number of blocks of MAC addresses for gateways. */
export const MAC_BLOCKS = 1 << BLOCK_BITS;

/** The block of MAC addresses of a pair, 0 to 511: its `macBlock`, or a hash of the city's id and a further pair's name. */
export function pairBlock({ city }: City, { macBlock, further }: GatewayPair): number {
  const id = further === undefined ? city.id : `${city.id}/${further.name}`;
  const digest = createHash("sha256").update(id).digest().readUInt32BE(0);
  return macBlock ?? digest >>> (32 - BLOCK_BITS);
}

/** The static MAC address of a gateway in a VLAN. It depends on nothing but its arguments, so it never changes. */
export function macAddress(block: number, vlan: number, member: Member): string {
  const number = (block << (VLAN_BITS + 1)) | (vlan << 1) | member;
  const bytes = number.toString(16).padStart(6, "0");
  return `${MAC_PREFIX}:${bytes.slice(0, 2)}:${bytes.slice(2, 4)}:${bytes.slice(4)}`;
}
