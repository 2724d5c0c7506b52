/** Parameters of the request for a certificate authority's key and signing request, as in Vault's API. */
export interface AuthorityRequest {
  readonly common_name: string;
  readonly key_type: "ec";
  /** Bits of the key. Text, because a number in a policy's parameter never matches (OpenBao 2.6.1). */
  readonly key_bits: "384";
}

/** The request for a city's authority: a P-384 key that Vault creates and never exports. */
export function authorityRequest(city: string): AuthorityRequest {
  return { common_name: `${city} authority`, key_type: "ec", key_bits: "384" };
}
