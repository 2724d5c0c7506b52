import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Construct } from "constructs";
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "./duration";

/** The longest that a city's file lets any certificate live. */
const LONGEST_DAYS = 90;
/** A revocation list lives a day and is made anew every hour: Vault may be away for the rest of the day. */
const LIST_HOURS = 24;
const LIST_EVERY_HOURS = 1;
const TIDY_EVERY_HOURS = 12;
/** Vault's own default: clocks may differ, and somebody may still ask about a certificate that just ended. */
const KEPT_AFTER_END_DAYS = 3;
const ISSUERS_KEPT_AFTER_END_DAYS = 365;

/** The rules of a city's certificate authority. */
export interface CertificateAuthorityProps {
  /** Mount path. */
  readonly path: string;
  /** DNS domain of the desktops, for texts. */
  readonly domain: string;
  /** What URLs of the city's Vault begin with, as everybody reaches it: certificates name their issuer and revocation list. */
  readonly api: string;
}

/**
 * The rules of a certificate authority: its mount, what certificates say of it, its revocation lists, and what it forgets. Its key
 * and certificate are no resources: `secrets authority request` and `install` put them in place, since whoever signs is offline.
 */
export class CertificateAuthority extends Construct {
  /** Mount path as text, for policies. */
  public readonly path: string;
  /** Reference to the mount, for roles: they are made after it. */
  public readonly backend: string;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    const mount = new Mount(this, "mount", {
      path: props.path,
      type: "pki",
      description: `Certificates of ${props.domain}`,
      // A stolen machine's certificate is found by its host's name, and taken back by its serial number.
      auditNonHmacRequestKeys: ["common_name"],
      auditNonHmacResponseKeys: ["serial_number"],
      maxLeaseTtlSeconds: LONGEST_DAYS * SECONDS_PER_DAY,
    });
    this.setting("urls", mount, urls(props));
    this.setting("crl", mount, REVOCATION_LISTS);
    this.setting("auto-tidy", mount, TIDYING);
    this.path = props.path;
    this.backend = mount.path;
  }

  /** Resources of provider 3.3.1 have neither templates in URLs, nor lists that are made anew, nor tidying. */
  private setting(name: string, mount: Mount, values: object): void {
    new GenericEndpoint(this, name, {
      path: `${mount.path}/config/${name}`,
      dataJson: JSON.stringify(values),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}

/** Each issuer has a list of its own: what an earlier certificate of the authority signed is looked up there. */
function urls({ api, path }: CertificateAuthorityProps): object {
  const issuer = `${api}/${path}/issuer/{{issuer_id}}`;
  return {
    enable_templating: true,
    issuing_certificates: [`${issuer}/der`],
    crl_distribution_points: [`${issuer}/crl/der`],
  };
}

const REVOCATION_LISTS = {
  expiry: `${String(LIST_HOURS)}h`,
  auto_rebuild: true,
  auto_rebuild_grace_period: `${String(LIST_HOURS - LIST_EVERY_HOURS)}h`,
};

/** What ended, and issuers that did a year ago; Vault never removes the default one. */
const TIDYING = {
  enabled: true,
  interval_duration: TIDY_EVERY_HOURS * SECONDS_PER_HOUR,
  safety_buffer: KEPT_AFTER_END_DAYS * SECONDS_PER_DAY,
  tidy_cert_store: true,
  tidy_revoked_certs: true,
  tidy_expired_issuers: true,
  issuer_safety_buffer: ISSUERS_KEPT_AFTER_END_DAYS * SECONDS_PER_DAY,
};
