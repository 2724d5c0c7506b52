import { certificateRole } from "../../access/certificate-roles";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { hostNameOf } from "../seats/joined-domain";
import { seatsWithRoom } from "../seats/seats";

/** The host names that a pool's desktops may have certificates for, by role: one for each seat number up to the last of its last stack. */
export function certificateHosts(city: City, pool: Pool): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const seat of seatsWithRoom(city, pool)) {
    const role = certificateRole(pool.name, seat);
    const hosts = found.get(role) ?? [];
    hosts.push(hostNameOf(city, seat));
    found.set(role, hosts);
  }
  return found;
}
