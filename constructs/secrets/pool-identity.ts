import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import type { CertificateAuthority } from "./certificate-authority";
import { hostCertificates } from "./host-certificates";
import { machineLogin } from "./machine-login";

/** A pool's identity in Vault. */
export interface PoolIdentityProps {
  /** Name of the pool and of its role. */
  readonly pool: string;
  /** The pool's policy. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /**
   * Possible host names of the pool's desktops, such as `mi-ana-0001.vdi.comune.milano.example`, by the authority's
   * role.
   */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** Maximum lifetime of a desktop's certificate, in days. */
  readonly certificateDays: number;
  /** Address ranges from which the desktops reach Vault, in CIDR notation, a single address without its length. */
  readonly ranges: readonly string[];
  /** Lifetime of a desktop's token, in minutes; it cannot be renewed beyond that. */
  readonly loginMinutes: number;
}

/**
 * The AppRole of a pool's desktops and its policy: the pool's own secrets, a certificate for a host name of the pool,
 * and nothing else. The authority cannot tell the pool's desktops apart.
 */
export class PoolIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: PoolIdentityProps) {
    super(scope, id);
    const { pool, policy, backend, authority, hosts, certificateDays, ranges, loginMinutes } = props;
    machineLogin(this, { role: pool, policy, backend, ranges, loginMinutes });
    const certificates = new Construct(this, "certificates");
    for (const [role, names] of hosts) {
      hostCertificates(certificates, role, { authority, role, hosts: names, days: certificateDays });
    }
  }
}
