import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Construct } from "constructs";

const HOURS_PER_DAY = 24;

/** What becomes of older versions of a store's secrets. */
export interface VersionRulesProps {
  /** Reference to the path of the key-value mount, version 2. */
  readonly store: string;
  /** Versions of a secret that are kept. */
  readonly keep: number;
  /** After how many days a version is deleted, the current one too. @default - never */
  readonly deleteAfterDays?: number | undefined;
  /** Whether whoever writes must say which version he replaces. */
  readonly casRequired: boolean;
}

/**
 * The rule of a key-value store about versions, as `vault_generic_endpoint`: `vault_kv_secret_backend_v2` is not in provider
 * 3.3.1. It comes and goes with its mount. Neither provider waits here until a new store is ready: whoever declares it says after what.
 */
export class VersionRules extends Construct {
  /** What is written to the store. */
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

/** As Vault gives it back: another spelling would be another value on every plan. */
function goDuration(days: number): string {
  return days === 0 ? "0s" : `${String(days * HOURS_PER_DAY)}h0m0s`;
}
