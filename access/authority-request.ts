/** What Vault is asked for a certificate authority's key and signing request, as its API has it. */
export interface AuthorityRequest {
  readonly common_name: string;
  readonly key_type: "ec";
  /** Bits of the key. Text, since a policy's parameter is never met by a number (OpenBao 2.6.1). */
  readonly key_bits: "384";
}

/** What Vault is asked for a city's authority: a key on P-384, which it makes and never gives away. */
export function authorityRequest(city: string): AuthorityRequest {
  return { common_name: `${city} authority`, key_type: "ec", key_bits: "384" };
}
