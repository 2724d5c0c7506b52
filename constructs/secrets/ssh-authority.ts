import { Mount } from "@cdktf/provider-vault/lib/mount";
import { SshSecretBackendCa } from "@cdktf/provider-vault/lib/ssh-secret-backend-ca";
import { SshSecretBackendRole } from "@cdktf/provider-vault/lib/ssh-secret-backend-role";
import { Construct } from "constructs";
import { SECONDS_PER_MINUTE } from "./duration";

/** Permits a terminal and nothing else: no forwarding of agents, ports or X11. */
const EXTENSION = "permit-pty";
/** A certificate that is bound to its holder's address is worth less to a thief. */
const CRITICAL_OPTION = "source-address";

/** A role that signs keys. */
export interface SshAuthorityRole {
  /** Its name, unique in the authority. */
  readonly name: string;
  /** The allowed principals; the first is the default. At least one. */
  readonly principals: readonly string[];
  /** Lifetime of a certificate, in minutes; a request may ask for less. */
  readonly minutes: number;
}

/** An authority for people's SSH keys. */
export interface SshAuthorityProps {
  /** Mount path. */
  readonly path: string;
  /** Its roles. */
  readonly roles: readonly SshAuthorityRole[];
}

/**
 * An SSH certificate authority whose key is generated in Vault and never leaves it; machines read the public key
 * without a login, at `<path>/public_key`. It signs users' keys only. A certificate's key id contains the requester's
 * name, which sshd logs, and Vault's audit log has the certificate and its serial number in plain text.
 */
export class SshAuthority extends Construct {
  /** Reference to the path of the mount. */
  public readonly mount: string;

  public constructor(scope: Construct, id: string, props: SshAuthorityProps) {
    super(scope, id);
    const mount = new Mount(this, "mount", {
      path: props.path,
      type: "ssh",
      description: "Certificates of people's SSH keys",
      auditNonHmacRequestKeys: ["public_key", "valid_principals"],
      auditNonHmacResponseKeys: ["serial_number", "signed_key"],
    });
    this.mount = mount.path;
    // Vault tells nothing of how a key came to be, so an imported one would be made anew (sshSecretBackendCARead, 5.6.0).
    const lifecycle = { ignoreChanges: "all" } as const;
    new SshSecretBackendCa(this, "key", { backend: mount.path, generateSigningKey: true, lifecycle });
    const roles = new Construct(this, "roles");
    for (const role of props.roles) this.role(new Construct(roles, role.name), mount, role);
  }

  private role(scope: Construct, mount: Mount, { name, principals, minutes }: SshAuthorityRole): void {
    const [usual] = principals;
    new SshSecretBackendRole(scope, "role", {
      backend: mount.path,
      name,
      keyType: "ca",
      // Not ssh-rsa with SHA-1, which OpenSSH 8.8 and later refuse. The authority's key is RSA: provider 3.3.1 has no
      // other.
      algorithmSigner: "rsa-sha2-512",
      allowUserCertificates: true,
      allowHostCertificates: false,
      allowUserKeyIds: false,
      keyIdFormat: "{{token_display_name}}:{{role_name}}",
      allowedUsers: principals.join(","),
      ...(usual !== undefined && { defaultUser: usual }),
      allowedExtensions: EXTENSION,
      defaultExtensions: { [EXTENSION]: "" },
      allowedCriticalOptions: CRITICAL_OPTION,
      ttl: String(minutes * SECONDS_PER_MINUTE),
      maxTtl: String(minutes * SECONDS_PER_MINUTE),
    });
  }
}
