import { PkiSecretBackendRole } from "@cdktf/provider-vault/lib/pki-secret-backend-role";
import type { Construct } from "constructs";
import type { CertificateAuthority } from "./certificate-authority";
import { SECONDS_PER_DAY } from "./duration";

/** The certificates that machines of one kind may request. */
export interface HostCertificatesProps {
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /** Name of the authority's role. */
  readonly role: string;
  /** Their host names, at most some hundreds: OpenBao refuses a request with more than 1,000 strings. */
  readonly hosts: readonly string[];
  /** Maximum lifetime of a certificate, in days. */
  readonly days: number;
}

/**
 * Declares the authority's role for host certificates: P-256 keys, no IP addresses, only the listed host names. A
 * pattern such as `mi-ana-*` would also allow further dots, and Vault has no pattern that does not.
 */
export function hostCertificates(scope: Construct, id: string, props: HostCertificatesProps): void {
  const { authority, role, hosts, days } = props;
  new PkiSecretBackendRole(scope, id, {
    backend: authority.backend,
    name: role,
    allowedDomains: [...hosts],
    allowGlobDomains: false,
    allowSubdomains: false,
    allowBareDomains: true,
    allowIpSans: false,
    allowLocalhost: false,
    keyType: "ec",
    keyBits: 256,
    // Set although it is nearly Vault's default: provider 3.3.1 would plan to remove an unset list.
    keyUsage: ["DigitalSignature", "KeyAgreement"],
    maxTtl: String(days * SECONDS_PER_DAY),
    ttl: String(days * SECONDS_PER_DAY),
  });
}
