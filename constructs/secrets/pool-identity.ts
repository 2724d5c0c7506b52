import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import { PkiSecretBackendRole } from "@cdktf/provider-vault/lib/pki-secret-backend-role";
import type { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { SECRET_ID_SECONDS } from "../../access/secret-id";
import type { CertificateAuthority } from "./certificate-authority";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_DAY, SECONDS_PER_MINUTE } from "./duration";

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
  /** Host names of the pool's desktops, with `*` for their numbers, such as `mi-ana-*.vdi.comune.milano.example`. */
  readonly hosts: string;
  /** Longest life of a desktop's certificate, in days. */
  readonly certificateDays: number;
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
    const policy = declaredPolicy(this, "policy", props.policy);
    this.login(policy, props);
    this.certificates(props);
  }

  private login(policy: Policy, { backend, pool, loginMinutes }: PoolIdentityProps): void {
    new ApproleAuthBackendRole(this, "role", {
      backend,
      roleName: pool,
      bindSecretId: true,
      secretIdNumUses: 1,
      secretIdTtl: SECRET_ID_SECONDS,
      tokenTtl: loginMinutes * SECONDS_PER_MINUTE,
      tokenMaxTtl: loginMinutes * SECONDS_PER_MINUTE,
      tokenNoDefaultPolicy: true,
      tokenPolicies: [policy.name],
    });
  }

  private certificates({ authority, pool, hosts, certificateDays }: PoolIdentityProps): void {
    new PkiSecretBackendRole(this, "certificates", {
      backend: authority.backend,
      name: pool,
      allowedDomains: [hosts],
      allowGlobDomains: true,
      allowSubdomains: false,
      allowBareDomains: false,
      allowIpSans: false,
      allowLocalhost: false,
      keyType: "ec",
      keyBits: 256,
      // Said although it is near Vault's default: provider 3.3.1 plans to remove a list that is not.
      keyUsage: ["DigitalSignature", "KeyAgreement"],
      maxTtl: String(certificateDays * SECONDS_PER_DAY),
      ttl: String(certificateDays * SECONDS_PER_DAY),
    });
  }
}
