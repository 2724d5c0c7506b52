import { QuotaRateLimit } from "@cdktf/provider-vault/lib/quota-rate-limit";
import { Construct } from "constructs";
import { quotaName } from "../../access/vault-paths";

/** How much one client may ask of a city's places in Vault. */
export interface RequestQuotasProps {
  /** City id. */
  readonly city: string;
  /** Requests of one client's address a second: at each place of desktops, logins of people, logins of CI's jobs. */
  readonly perSecond: Readonly<Record<"desktops" | "people" | "ci", number>>;
  /** References to the paths of the mounts, by what they are called. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Reference to the path of the AppRole method. */
  readonly approle: string;
  /** Reference to the path of CI's method. */
  readonly ci: string;
  /** References to the paths of people's methods, by what they are called. */
  readonly people: Readonly<Record<string, string>>;
}

/**
 * A quota for each mount and login method of a city; what one client asks above it is refused with 429. Of the methods of people
 * and CI only logins are counted: what Terraform asks of them has a login already. Vault counts each address by itself.
 */
export class RequestQuotas extends Construct {
  public constructor(scope: Construct, id: string, props: RequestQuotasProps) {
    super(scope, id);
    const { desktops, people, ci } = props.perSecond;
    for (const [name, mount] of Object.entries(props.mounts)) this.quota(props, name, `${mount}/`, desktops);
    this.quota(props, "approle", `auth/${props.approle}/`, desktops);
    this.quota(props, "ci", `auth/${props.ci}/login`, ci);
    for (const [name, method] of Object.entries(props.people)) {
      this.quota(props, name, `auth/${method}/login/*`, people);
    }
  }

  /** @param path as Vault gives it back: a mount with its closing slash */
  private quota({ city }: RequestQuotasProps, name: string, path: string, rate: number): void {
    new QuotaRateLimit(this, name, { name: quotaName(city, name), path, rate });
  }
}
