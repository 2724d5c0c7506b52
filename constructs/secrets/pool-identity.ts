import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import type { CertificateAuthority } from "./certificate-authority";
import { hostCertificates } from "./host-certificates";
import { machineLogin } from "./machine-login";

/** Who the desktops of a pool are to Vault. */
export interface PoolIdentityProps {
  /** Name of the pool, and of its role. */
  readonly pool: string;
  /** What they may do. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /** The city's certificate authority. */
  readonly authority: CertificateAuthority;
  /** Host names that the pool's desktops may have, such as `mi-ana-0001.vdi.comune.milano.example`, by the authority's role. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** Longest life of a desktop's certificate, in days. */
  readonly certificateDays: number;
  /** Ranges from which Vault sees the desktops, in CIDR notation, a single address without its length. */
  readonly ranges: readonly string[];
  /** Life of a desktop's token, in minutes; it cannot be renewed past it. */
  readonly loginMinutes: number;
}

/**
 * The AppRole of a pool's desktops and its policy: the pool's own secrets, a certificate for a host name of the pool, and
 * nothing else. The authority cannot tell which of the pool's desktops asks.
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
