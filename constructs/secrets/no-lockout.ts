import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Construct } from "constructs";

/** A login method that locks nobody out. */
export interface NoLockoutProps {
  /** Reference to the path of the method. */
  readonly method: string;
}

/**
 * Takes Vault's lockout away from an AppRole method. By default five wrong secret ids close a role for a quarter of an hour
 * (seen with OpenBao 2.6.1), and with it every desktop of the pool; a role's id is no secret to whoever has one of its
 * machines. A secret id is not guessed. Providers 3.3.1 and 5.6.0 can say it by `vault_generic_endpoint` alone; Vault gives it
 * back under other names, so that a change by hand is not seen.
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
