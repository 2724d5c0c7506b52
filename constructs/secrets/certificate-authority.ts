import { Mount } from "@cdktf/provider-vault/lib/mount";
import { PkiSecretBackendConfigUrls } from "@cdktf/provider-vault/lib/pki-secret-backend-config-urls";
import { PkiSecretBackendRootCert } from "@cdktf/provider-vault/lib/pki-secret-backend-root-cert";
import { Construct } from "constructs";
import { SECONDS_PER_DAY } from "./duration";

const AUTHORITY_DAYS = 3650;

/** The certificate authority of a city's desktops. */
export interface CertificateAuthorityProps {
  /** Mount path. */
  readonly path: string;
  /** Common name of the authority's own certificate; another one makes another authority. */
  readonly commonName: string;
  /** DNS domain of the desktops, for texts. */
  readonly domain: string;
  /** Public URL of the Vault server, which certificates name for their issuer and revocation list. */
  readonly address: string;
}

/** A certificate authority whose key is born in Vault and never leaves it (`type = internal`). */
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
      maxLeaseTtlSeconds: AUTHORITY_DAYS * SECONDS_PER_DAY,
    });
    this.root(mount, props);
    this.urls(mount, props);
    this.path = props.path;
    this.backend = mount.path;
  }

  private root(mount: Mount, props: CertificateAuthorityProps): void {
    new PkiSecretBackendRootCert(this, "root", {
      backend: mount.path,
      type: "internal",
      commonName: props.commonName,
      ttl: String(AUTHORITY_DAYS * SECONDS_PER_DAY),
      keyType: "ec",
      keyBits: 384,
      excludeCnFromSans: true,
    });
  }

  private urls(mount: Mount, props: CertificateAuthorityProps): void {
    new PkiSecretBackendConfigUrls(this, "urls", {
      backend: mount.path,
      issuingCertificates: [`${props.address}/v1/${props.path}/ca`],
      crlDistributionPoints: [`${props.address}/v1/${props.path}/crl`],
    });
  }
}
