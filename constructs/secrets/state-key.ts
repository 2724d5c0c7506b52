import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { TransitSecretBackendKey } from "@cdktf/provider-vault/lib/transit-secret-backend-key";
import { Construct } from "constructs";
import { SECONDS_PER_DAY } from "./duration";

/** A key that encrypts states. */
export interface StateKeyProps {
  /** Mount path of the transit engine. */
  readonly path: string;
  /** Name of the key in it. */
  readonly key: string;
  /** Rotation period, in days; older versions still decrypt. */
  readonly rotateEveryDays: number;
}

/**
 * A key that encrypts states and never leaves Vault: not exportable, no plain-text backup, not deletable, since without
 * it every encrypted state is lost. Vault refuses its deletion, and so the removal of the stack, until its owner allows
 * it.
 */
export class StateKey extends Construct {
  /** Reference to the path of the mount. */
  public readonly mount: string;

  public constructor(scope: Construct, id: string, props: StateKeyProps) {
    super(scope, id);
    const mount = new Mount(this, "mount", {
      path: props.path,
      type: "transit",
      description: "The key of the city's states",
    });
    this.mount = mount.path;
    const key = new TransitSecretBackendKey(this, "key", {
      backend: mount.path,
      name: props.key,
      type: "aes256-gcm96",
      exportable: false,
      allowPlaintextBackup: false,
      deletionAllowed: false,
    });
    this.rotation(key, props);
  }

  /** Provider 3.3.1's resource of the key has no rotation, and Vault does not return this path. */
  private rotation(key: TransitSecretBackendKey, { rotateEveryDays }: StateKeyProps): void {
    new GenericEndpoint(this, "rotation", {
      path: `${key.id}/config`,
      dataJson: JSON.stringify({ auto_rotate_period: rotateEveryDays * SECONDS_PER_DAY }),
      disableRead: true,
      disableDelete: true,
    });
  }
}
