import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Construct } from "constructs";
import { CertificateAuthority } from "./certificate-authority";
import { CiIdentity } from "./ci-identity";
import type { CiPlatform } from "./ci-identity";
import { PasswordRules } from "./password-rules";
import { PoolIdentity } from "./pool-identity";
import { vaultPaths } from "../../access/vault-paths";
import type { VaultPaths } from "../../access/vault-paths";

/** A city's rules and roles in Vault. */
export interface CitySecretsProps {
  /** City id; every path and name in Vault begins with it. */
  readonly city: string;
  /** The city's name, for texts. */
  readonly cityName: string;
  /** DNS domain of the desktops. */
  readonly domain: string;
  /** Public URL of the Vault server. */
  readonly address: string;
  /** Characters of a generated password. */
  readonly passwordLength: number;
  /** Longest life of a desktop's certificate, in days. */
  readonly certificateDays: number;
  /** Life of a desktop's token, in minutes. */
  readonly loginMinutes: number;
  /** The pools: each has its own role and policy. The prefix begins its machines' names, such as `mi-ana-`. */
  readonly pools: readonly { readonly name: string; readonly seatPrefix: string }[];
  /** How CI's jobs log in. */
  readonly ci: {
    readonly platform: CiPlatform;
    readonly issuer: string;
    readonly audience: string;
    readonly repository: string;
    readonly branch: string;
  };
}

/**
 * A city's stores, certificate authority, password rules and identities in Vault. No secret value passes through it:
 * values are born in Vault or written there by their owners.
 */
export class CitySecrets extends Construct {
  public constructor(scope: Construct, id: string, props: CitySecretsProps) {
    super(scope, id);
    const paths = vaultPaths(props.city);
    new Mount(this, "key-value", {
      path: paths.keyValue,
      type: "kv",
      options: { version: "2" },
      description: `Secrets of ${props.cityName}`,
    });
    const authority = this.authority(paths, props);
    new PasswordRules(this, "passwords", { name: `${props.city}-accounts`, length: props.passwordLength });
    new CiIdentity(this, "ci", { city: props.city, path: paths.ci, ...props.ci });
    this.identities(authority, paths, props);
  }

  private authority({ pki }: VaultPaths, props: CitySecretsProps): CertificateAuthority {
    return new CertificateAuthority(this, "pki", {
      path: pki,
      commonName: `${props.city} desktops`,
      domain: props.domain,
      address: props.address,
    });
  }

  private identities(authority: CertificateAuthority, paths: VaultPaths, props: CitySecretsProps): void {
    const logins = new AuthBackend(this, "approle", { path: paths.appRole, type: "approle" });
    const pools = new Construct(this, "pools");
    for (const { name, seatPrefix } of props.pools) {
      new PoolIdentity(pools, name, {
        pool: name,
        policyName: `${props.city}-pool-${name}`,
        backend: logins.path,
        keyValue: paths.keyValue,
        authority,
        hosts: `${seatPrefix}*.${props.domain}`,
        certificateDays: props.certificateDays,
        loginMinutes: props.loginMinutes,
      });
    }
  }
}
