/**
 * The authority's role by which a pool's desktop asks for its certificate: one for each hundred seat numbers, `anagrafe_00` of
 * `mi-ana-0017`. A role lists its names, and OpenBao since 2.4.1 refuses a request with more than 1,000 strings of JSON
 * (`max_request_json_strings`), HashiCorp's Vault since 1.20 a list of more than 10,000. No pool's name has an underscore.
 * @param seat the seat's name, with its four digits at the end
 */
export function certificateRole(pool: string, seat: string): string {
  return `${pool}_${seat.slice(-4, -2)}`;
}

/** The pattern of all of a pool's, and of no other pool's, as a policy has it. */
export function anyCertificateRole(pool: string): string {
  return `${pool}_*`;
}
