import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Construct } from "constructs";
import type { AccessPlan } from "../../access/access-plan";
import { REASON } from "../../access/identities/break-glass-rules";
import { ACCESS_MACHINES, GATEWAYS } from "../../access/identities/gateway-rules";
import { identities } from "../../access/identities/identities";
import type { Policy } from "../../access/policy";
import { CertificateAuthority } from "./certificate-authority";
import type { CiRepository } from "./ci-claims";
import { CiIdentity } from "./ci-identity";
import type { CiIdentityProps } from "./ci-identity";
import { GatewayIdentity } from "./gateway-identity";
import type { GatewayIdentityProps } from "./gateway-identity";
import { PasswordRules } from "./password-rules";
import { PeopleIdentity } from "./people-identity";
import type { Directory } from "./people-identity";
import { PoolIdentity } from "./pool-identity";
import type { PoolIdentityProps } from "./pool-identity";
import { NoLockout } from "./no-lockout";
import { inOrder, resourcesBelow } from "./order";
import { protectSecrets } from "./protection";
import { RequestQuotas } from "./request-quotas";
import type { RequestQuotasProps } from "./request-quotas";
import { SshAuthority } from "./ssh-authority";
import type { SshAuthorityRole } from "./ssh-authority";
import { StateKey } from "./state-key";
import { VersionRules } from "./version-rules";
import type { VersionRulesProps } from "./version-rules";
import { apiUrl, passwordPolicy, STATE_KEY, vaultPaths } from "../../access/vault-paths";
import type { VaultPaths, VaultPlace } from "../../access/vault-paths";

/** How long an access machine may be off and still renews its certificate by itself: the certificate's own time. */
const RENEWAL_DAYS = 7;

/** The login of a city's people in Vault. */
export interface CityPeople {
  /** The directory with the people and groups. */
  readonly directory: Directory;
  /** Lifetime of a token, in minutes. */
  readonly loginMinutes: number;
  /** Common names of the directory's groups, by team. */
  readonly groups: ReadonlyMap<string, string>;
  /** Group that may read every secret in an emergency, and its token's lifetime. @default - none */
  readonly breakGlass?: { readonly group: string; readonly minutes: number } | undefined;
}

/** The login of a city's CI jobs in Vault. */
export type CityJobs = CiRepository & Pick<CiIdentityProps, "issuer" | "audience">;

/** A city's configuration of Vault. */
export interface CitySecretsProps {
  /** City id; first segment of every path and prefix of every name in Vault. */
  readonly city: string;
  /** The city's name, for descriptions. */
  readonly cityName: string;
  /** DNS domain of the desktops. */
  readonly domain: string;
  /** Vault's public URL, and the city's namespace in it. */
  readonly vault: VaultPlace;
  /** Rules for older versions of secrets. */
  readonly versions: Omit<VersionRulesProps, "store">;
  /**
   * Maximum requests a second from one client address: at each mount of desktops, logins of people, logins of CI jobs.
   */
  readonly requestsPerSecond: Readonly<Record<"desktops" | "people" | "ci", number>>;
  /** Length of a generated password, in characters. */
  readonly passwordLength: number;
  /** Maximum lifetime of a desktop's certificate, in days. */
  readonly certificateDays: number;
  /** Lifetime of a desktop's token, in minutes. */
  readonly loginMinutes: number;
  /**
   * The pools of the access plan, with their desktops' possible host names and the address ranges from which these
   * reach Vault.
   */
  readonly pools: readonly (Pick<PoolIdentityProps, "hosts" | "ranges"> & { readonly name: string })[];
  /** Host names of the gateways, and the address ranges from which they reach Vault. @default - no gateways */
  readonly gateways?: Pick<GatewayIdentityProps, "hosts" | "ranges"> | undefined;
  /** The same of the access machines. @default - no access machines */
  readonly accessMachines?: Pick<GatewayIdentityProps, "hosts" | "ranges"> | undefined;
  /** The city's access plan. */
  readonly access: AccessPlan;
  /** The login of people, with the groups of all teams of the plan. @default - people do not log in */
  readonly people?: CityPeople | undefined;
  /** Whether Vault manages passwords of directory accounts. */
  readonly hasAccounts: boolean;
  /** Roles that sign SSH keys. @default - none, without an SSH authority */
  readonly sshRoles?: readonly SshAuthorityRole[] | undefined;
  /** Rotation period of the key that encrypts CI's states, in days. @default - no such key */
  readonly stateKeyDays?: number | undefined;
  /** The stack is to be destroyed: what holds secrets is not protected. @default false */
  readonly teardown?: boolean | undefined;
  /** The login of CI jobs. @default - CI does not log in */
  readonly ci?: CityJobs | undefined;
}

/**
 * A city's stores, certificate authority, password rules and identities in Vault. No secret value passes through it:
 * Vault generates values, or their owners write them.
 */
export class CitySecrets extends Construct {
  public constructor(scope: Construct, id: string, props: CitySecretsProps) {
    super(scope, id);
    const paths = vaultPaths(props.city);
    const store = new Mount(this, "key-value", {
      path: paths.keyValue,
      type: "kv",
      options: { version: "2" },
      description: `Secrets of ${props.cityName}`,
      auditNonHmacRequestKeys: [REASON],
    });
    const versions = new VersionRules(this, "versions", { store: store.path, ...props.versions });
    const authority = this.authority(paths, props);
    new PasswordRules(this, "passwords", { name: passwordPolicy(props.city), length: props.passwordLength });
    const mounts = { kv: store.path, pki: authority.backend, ...this.engines(paths, props) };
    const policies = policiesOf(props.access);
    const jobs = props.ci && this.jobs(paths, props.city, props.ci, policies);
    const machines = this.machines(authority, paths, props, policies);
    const people = props.people === undefined ? {} : this.people(paths, props.people, policies);
    this.quotas(props, { mounts, approle: machines, ci: jobs?.path, people });
    const resources = resourcesBelow(this);
    // CI's role `apply` may do only what its policy allows, so that policy is changed first and removed last. A new
    // store takes some time, in which Vault refuses its settings: so these come after everything else.
    inOrder(resources, jobs?.applyPolicy, versions.settings);
    if (props.teardown !== true) protectSecrets(resources);
  }

  /** In a namespace only the server's administrator can limit requests: quotas are set in the root namespace. */
  private quotas({ city, access, requestsPerSecond: perSecond }: CitySecretsProps, places: QuotaPlaces): void {
    if (access.quotas) new RequestQuotas(this, "quotas", { city, perSecond, ...places });
  }

  private authority({ pki }: VaultPaths, props: CitySecretsProps): CertificateAuthority {
    return new CertificateAuthority(this, "pki", {
      path: pki,
      domain: props.domain,
      api: apiUrl(props.vault),
    });
  }

  /** Without its login to the directory, a secret that does not pass through Terraform: `secrets init` writes it. */
  private directoryEngine({ directory }: VaultPaths): string {
    return new Mount(this, "directory", {
      auditNonHmacRequestKeys: [REASON],
      path: directory,
      type: "ldap",
      description: "Passwords of the directory's accounts",
    }).path;
  }

  /** Mounts of the optional engines, by purpose. */
  private engines(
    paths: VaultPaths,
    { hasAccounts, sshRoles, stateKeyDays }: CitySecretsProps,
  ): Record<string, string> {
    return {
      ...(hasAccounts && { directory: this.directoryEngine(paths) }),
      ...(sshRoles !== undefined && { ssh: new SshAuthority(this, "ssh", { path: paths.ssh, roles: sshRoles }).mount }),
      ...(stateKeyDays !== undefined && { transit: this.stateKey(paths, stateKeyDays) }),
    };
  }

  private jobs(paths: VaultPaths, city: string, ci: CityJobs, policyOf: PolicyOf): CiIdentity {
    const { issuer, audience } = ci;
    return new CiIdentity(this, "ci", {
      ...{ city, path: paths.ci, issuer, audience, repository: ci, policies: ciPolicies(policyOf) },
    });
  }

  private stateKey({ transit }: VaultPaths, rotateEveryDays: number): string {
    return new StateKey(this, "state-key", { path: transit, key: STATE_KEY, rotateEveryDays }).mount;
  }

  private machines(
    authority: CertificateAuthority,
    paths: VaultPaths,
    props: CitySecretsProps,
    policyOf: PolicyOf,
  ): string {
    const logins = new AuthBackend(this, "approle", { path: paths.appRole, type: "approle" });
    new NoLockout(this, "no-lockout", { method: logins.path });
    const machines = { backend: logins.path, authority, loginMinutes: props.loginMinutes };
    this.pools(props, policyOf, machines);
    const access = props.accessMachines && { ...props.accessMachines, renewalDays: RENEWAL_DAYS };
    const pairs = [[GATEWAYS, props.gateways] as const, [ACCESS_MACHINES, access] as const];
    for (const [role, pair] of pairs)
      if (pair !== undefined) new GatewayIdentity(this, role, { role, policy: policyOf(role), ...pair, ...machines });
    return logins.path;
  }

  private pools(
    props: CitySecretsProps,
    policyOf: PolicyOf,
    machines: Pick<PoolIdentityProps, "backend" | "authority" | "loginMinutes">,
  ): void {
    const pools = new Construct(this, "pools");
    for (const { name, hosts, ranges } of props.pools) {
      new PoolIdentity(pools, name, {
        pool: name,
        policy: policyOf(`pool:${name}`),
        hosts,
        ranges,
        certificateDays: props.certificateDays,
        ...machines,
      });
    }
  }

  /** Paths of the methods, by purpose. */
  private people(paths: VaultPaths, people: CityPeople, policyOf: PolicyOf): Record<string, string> {
    const { directory, loginMinutes, groups, breakGlass } = people;
    const teams = [...groups].map(([name, group]) => ({ name, group, policy: policyOf(`team:${name}`) }));
    const usual = new PeopleIdentity(this, "people", { path: paths.people, directory, loginMinutes, groups: teams });
    if (breakGlass === undefined) return { people: usual.path };
    const { group, minutes } = breakGlass;
    const emergency = new PeopleIdentity(this, "break-glass", {
      path: paths.breakGlass,
      directory,
      loginMinutes: minutes,
      groups: [{ name: "break-glass", group, policy: policyOf("break-glass") }],
    });
    return { people: usual.path, "break-glass": emergency.path };
  }
}

type QuotaPlaces = Omit<RequestQuotasProps, "city" | "perSecond">;

/** The policy of an identity. */
type PolicyOf = (identity: string) => Policy;

function ciPolicies(policyOf: PolicyOf): CiIdentityProps["policies"] {
  return {
    plan: policyOf("ci:plan"),
    apply: policyOf("ci:apply"),
    "first-secrets": policyOf("ci:first-secrets"),
    secrets: policyOf("ci:secrets"),
  };
}

function policiesOf(plan: AccessPlan): PolicyOf {
  const policies = new Map(identities(plan).map(({ id, policy }) => [id, policy]));
  return (identity) => {
    const policy = policies.get(identity);
    if (policy === undefined) throw new Error(`the plan has no identity ${identity}`);
    return policy;
  };
}
