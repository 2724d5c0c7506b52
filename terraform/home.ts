import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../runtime/errors";

/** The variable that names a filesystem mirror, from which providers are installed in place of Terraform's registry. */
export const PROVIDERS = "POSTAZIONI_PROVIDERS";

/** Folder of the providers of all stacks, beside them; Terraform links a stack to it. */
const PLUGINS = "plugins";

/**
 * A home folder and a CLI configuration for Terraform, below an existing folder. With the user's own, providers could
 * be replaced by other programs (`dev_overrides`, `~/.terraform.d/plugins`), states be read from elsewhere
 * (`~/.aws/config`), and another login be used (`~/.vault-token`). Each provider is there once for all stacks; Terraform believes
 * one there only where the lock file has its checksum.
 * @param mirror folder of a filesystem mirror; undefined for the registry
 * @param shared folder of providers that the user shares among more. @default - one below the folder
 * @returns the variables that point to them
 * @throws InputError where the mirror does not exist
 */
export function terraformHome(folder: string, mirror: string | undefined, shared?: string): Record<string, string> {
  if (mirror !== undefined && !existsSync(mirror)) throw new InputError(`${PROVIDERS}: there is no folder ${mirror}`);
  const [home, file] = [join(folder, "home"), join(folder, "terraform.rc")];
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const plugins = shared ?? join(folder, PLUGINS);
  mkdirSync(plugins, { recursive: true });
  writeFileSync(file, cliConfig(mirror === undefined ? undefined : resolve(mirror), resolve(plugins)));
  return { HOME: home, TF_CLI_CONFIG_FILE: file };
}

/**
 * A Terraform CLI configuration that installs providers only from a mirror's folder, or only from the registry.
 * @param plugins folder that has the providers of all stacks @default - each stack has its own
 */
export function cliConfig(mirror: string | undefined, plugins?: string): string {
  const method = mirror === undefined ? "direct {}" : `filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }`;
  const cache = plugins === undefined ? "" : `plugin_cache_dir = ${JSON.stringify(plugins)}\n`;
  return `disable_checkpoint = true\n${cache}provider_installation {\n  ${method}\n}\n`;
}
