import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Construct } from "constructs";

const HOURS_PER_DAY = 24;

/** Rules for older versions of a store's secrets. */
export interface VersionRulesProps {
  /** Reference to the path of the key-value mount, version 2. */
  readonly store: string;
  /** Number of versions kept for each secret. */
  readonly keep: number;
  /** After how many days a version is deleted, the current one too. @default - never */
  readonly deleteAfterDays?: number | undefined;
  /** Whether a write must name the version that it replaces. */
  readonly casRequired: boolean;
}

/**
 * The version settings of a key-value store, as `vault_generic_endpoint`: `vault_kv_secret_backend_v2` is not in
 * provider 3.3.1. They are created and removed with the mount. Neither provider waits until a new store is ready: the
 * caller sets the order.
 */
export class VersionRules extends Construct {
  /** The resource that writes the settings. */
  public readonly settings: GenericEndpoint;

  public constructor(scope: Construct, id: string, props: VersionRulesProps) {
    super(scope, id);
    this.settings = new GenericEndpoint(this, "config", {
      path: `${props.store}/config`,
      dataJson: JSON.stringify({
        max_versions: props.keep,
        cas_required: props.casRequired,
        delete_version_after: goDuration(props.deleteAfterDays ?? 0),
      }),
      ignoreAbsentFields: true,
      disableDelete: true,
    });
  }
}

/** In Vault's own format: another one would be a change in every plan. */
function goDuration(days: number): string {
  return days === 0 ? "0s" : `${String(days * HOURS_PER_DAY)}h0m0s`;
}
