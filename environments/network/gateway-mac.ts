import { createHash } from "node:crypto";
import type { Member } from "../../segmentation/gateway";
import type { City } from "../model/city";

/** VMware, "vSphere MAC Addresses": static ones are 00:50:56:00:00:00 to 00:50:56:3F:FF:FF, so 22 bits are free. */
const MAC_PREFIX = "00:50:56";
const VLAN_BITS = 12;
const BLOCK_BITS = 22 - VLAN_BITS - 1;

/** How many blocks of gateways' addresses there are. */
export const MAC_BLOCKS = 1 << BLOCK_BITS;

/** The block that a city's gateways have their addresses from, 0 to 511: the file's, or one that follows from the city's id. */
export function macBlock({ city, network }: City): number {
  const digest = createHash("sha256").update(city.id).digest().readUInt32BE(0);
  return network.gateway?.macBlock ?? digest >>> (32 - BLOCK_BITS);
}

/** The static MAC address of a gateway in a VLAN. It follows from these alone, so that it never changes. */
export function macAddress(block: number, vlan: number, member: Member): string {
  const number = (block << (VLAN_BITS + 1)) | (vlan << 1) | member;
  const bytes = number.toString(16).padStart(6, "0");
  return `${MAC_PREFIX}:${bytes.slice(0, 2)}:${bytes.slice(2, 4)}:${bytes.slice(4)}`;
}
