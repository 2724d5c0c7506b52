/**
 * The PKI role that issues a desktop's certificate: one for each hundred seat numbers, `anagrafe_00` for `mi-ana-0017`.
 * A role lists its names, and OpenBao since 2.4.1 refuses a request with more than 1,000 JSON strings
 * (`max_request_json_strings`), HashiCorp's Vault since 1.20 a list of more than 10,000. No pool's name has an
 * underscore.
 * @param seat the seat's name, which ends in four digits
 */
export function certificateRole(pool: string, seat: string): string {
  return `${pool}_${seat.slice(-4, -2)}`;
}

/** The policy pattern that matches all PKI roles of a pool, and no other pool's. */
export function anyCertificateRole(pool: string): string {
  return `${pool}_*`;
}
