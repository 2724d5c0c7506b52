import { QuotaRateLimit } from "@cdktf/provider-vault/lib/quota-rate-limit";
import { Construct } from "constructs";
import { quotaName } from "../../access/vault-paths";

/** Rate limits of a city's mounts and login methods in Vault. */
export interface RequestQuotasProps {
  /** City id. */
  readonly city: string;
  /**
   * Maximum requests a second from one client address: at each mount of desktops, logins of people, logins of CI jobs.
   */
  readonly perSecond: Readonly<Record<"desktops" | "people" | "ci", number>>;
  /** References to the mounts' paths, by purpose. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Reference to the path of the AppRole method. */
  readonly approle: string;
  /** Reference to the path of CI's JWT method. @default - CI does not log in */
  readonly ci?: string | undefined;
  /** References to the paths of people's methods, by purpose. */
  readonly people: Readonly<Record<string, string>>;
}

/**
 * A quota for each mount and login method of a city; Vault answers 429 to a client above it. For people and CI only
 * logins are counted: Terraform's requests already have a token. Vault counts each address separately.
 */
export class RequestQuotas extends Construct {
  public constructor(scope: Construct, id: string, props: RequestQuotasProps) {
    super(scope, id);
    const { desktops, people, ci } = props.perSecond;
    for (const [name, mount] of Object.entries(props.mounts)) this.quota(props, name, `${mount}/`, desktops);
    this.quota(props, "approle", `auth/${props.approle}/`, desktops);
    if (props.ci !== undefined) this.quota(props, "ci", `auth/${props.ci}/login`, ci);
    for (const [name, method] of Object.entries(props.people)) {
      this.quota(props, name, `auth/${method}/login/*`, people);
    }
  }

  /** @param path as Vault returns it: a mount with a trailing slash */
  private quota({ city }: RequestQuotasProps, name: string, path: string, rate: number): void {
    new QuotaRateLimit(this, name, { name: quotaName(city, name), path, rate });
  }
}
