import { Mount } from "@cdktf/provider-vault/lib/mount";
import { SshSecretBackendCa } from "@cdktf/provider-vault/lib/ssh-secret-backend-ca";
import { TransitSecretBackendKey } from "@cdktf/provider-vault/lib/transit-secret-backend-key";
import type { TerraformResource } from "cdktf";

/** What holds secrets or keys: with it they are gone, and no state has them. */
const HOLDS_SECRETS = [Mount, SshSecretBackendCa, TransitSecretBackendKey];

/**
 * Has Terraform refuse every plan that would destroy what holds secrets, as when its place changes. What has left the file is not
 * protected by it: there CI's policy stops the removal.
 */
export function protectSecrets(resources: readonly TerraformResource[]): void {
  for (const resource of resources) {
    if (HOLDS_SECRETS.some((kind) => resource instanceof kind)) resource.lifecycle = { preventDestroy: true };
  }
}
