import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Construct } from "constructs";
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "./duration";

/** The longest lifetime of a certificate that a city's file allows. */
const LONGEST_DAYS = 90;
/** A revocation list is valid for a day and renewed every hour: Vault may be down for the rest of the day. */
const LIST_HOURS = 24;
const LIST_EVERY_HOURS = 1;
const TIDY_EVERY_HOURS = 12;
/** Vault's default: clocks may differ, and a certificate that just expired may still be checked. */
const KEPT_AFTER_END_DAYS = 3;
const ISSUERS_KEPT_AFTER_END_DAYS = 365;

/** A city's certificate authority. */
export interface CertificateAuthorityProps {
  /** Mount path. */
  readonly path: string;
  /** DNS domain of the desktops, for descriptions. */
  readonly domain: string;
  /**
   * Base URL of the city's Vault as clients reach it: certificates contain the URLs of their issuer and revocation
   * list.
   */
  readonly api: string;
}

/**
 * The settings of a certificate authority: its mount, the URLs in certificates, its revocation lists, and the removal
 * of old certificates. Its key and certificate are no resources: `secrets authority request` and `install` create them,
 * since the root that signs is offline.
 */
export class CertificateAuthority extends Construct {
  /** Mount path as text, for policies. */
  public readonly path: string;
  /** Reference to the mount; roles that use it are created after it. */
  public readonly backend: string;

  public constructor(scope: Construct, id: string, props: CertificateAuthorityProps) {
    super(scope, id);
    const mount = new Mount(this, "mount", {
      path: props.path,
      type: "pki",
      description: `Certificates of ${props.domain}`,
      // A stolen machine's certificate is found in the audit log by its host name, and revoked by its serial number.
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

  /** The resources of provider 3.3.1 have neither URL templates, nor automatic revocation lists, nor tidying. */
  private setting(name: string, mount: Mount, values: object): void {
    new GenericEndpoint(this, name, {
      path: `${mount.path}/config/${name}`,
      dataJson: JSON.stringify(values),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}

/** Each issuer has its own list: certificates that an earlier one signed are looked up there. */
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

/** Removes expired certificates, and issuers a year after they expired; Vault never removes the default issuer. */
const TIDYING = {
  enabled: true,
  interval_duration: TIDY_EVERY_HOURS * SECONDS_PER_HOUR,
  safety_buffer: KEPT_AFTER_END_DAYS * SECONDS_PER_DAY,
  tidy_cert_store: true,
  tidy_revoked_certs: true,
  tidy_expired_issuers: true,
  issuer_safety_buffer: ISSUERS_KEPT_AFTER_END_DAYS * SECONDS_PER_DAY,
};
