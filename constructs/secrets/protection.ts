import { Mount } from "@cdktf/provider-vault/lib/mount";
import { SshSecretBackendCa } from "@cdktf/provider-vault/lib/ssh-secret-backend-ca";
import { TransitSecretBackendKey } from "@cdktf/provider-vault/lib/transit-secret-backend-key";
import type { TerraformResource } from "cdktf";

/** Resources that hold secrets or keys: destroying one destroys those, and no state has a copy. */
const HOLDS_SECRETS = [Mount, SshSecretBackendCa, TransitSecretBackendKey];

/**
 * Makes Terraform refuse every plan that would destroy resources with secrets, for example because their path changes.
 * A resource that left the file is not protected by this; CI's policy forbids its removal.
 */
export function protectSecrets(resources: readonly TerraformResource[]): void {
  for (const resource of resources) {
    if (HOLDS_SECRETS.some((kind) => resource instanceof kind)) {
      resource.lifecycle = { ...resource.lifecycle, preventDestroy: true };
    }
  }
}
