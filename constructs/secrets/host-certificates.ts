import { PkiSecretBackendRole } from "@cdktf/provider-vault/lib/pki-secret-backend-role";
import type { Construct } from "constructs";
import type { CertificateAuthority } from "./certificate-authority";
import { SECONDS_PER_DAY } from "./duration";

/** Which certificates machines of a kind may ask for. */
export interface HostCertificatesProps {
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /** Name of the authority's role. */
  readonly role: string;
  /** Their host names, at most some hundreds: OpenBao refuses a request with more than 1,000 strings. */
  readonly hosts: readonly string[];
  /** Longest life of a certificate, in days. */
  readonly days: number;
}

/**
 * Declares the authority's role for certificates of hosts: P-256 keys, no addresses, no host but the named ones. A pattern such as
 * `mi-ana-*` would leave further dots open, and Vault has none that does not.
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
    // Said although it is near Vault's default: provider 3.3.1 plans to remove a list that is not.
    keyUsage: ["DigitalSignature", "KeyAgreement"],
    maxTtl: String(days * SECONDS_PER_DAY),
    ttl: String(days * SECONDS_PER_DAY),
  });
}
