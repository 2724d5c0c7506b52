import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Construct } from "constructs";

/** A login method without lockout. */
export interface NoLockoutProps {
  /** Reference to the method's path. */
  readonly method: string;
}

/**
 * Disables Vault's user lockout for an AppRole method. By default five wrong secret ids lock a role for a quarter of an
 * hour (seen with OpenBao 2.6.1), and with it every desktop of the pool; anybody on one of its machines can know the
 * role id. A secret id cannot be guessed. In providers 3.3.1 and 5.6.0 only `vault_generic_endpoint` can set it; Vault
 * returns it under other names, so that a change by hand is not detected.
 */
export class NoLockout extends Construct {
  public constructor(scope: Construct, id: string, { method }: NoLockoutProps) {
    super(scope, id);
    new GenericEndpoint(this, "tune", {
      path: `sys/mounts/auth/${method}/tune`,
      dataJson: JSON.stringify({ user_lockout_config: { lockout_disable: true } }),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}
