import { resolve } from "node:path";
import type { LabPaths } from "./paths";
import { isObeyed } from "../terraform/environment";

/** Variables that would lead a tool of the lab outside: to real servers, real states, other settings. */
const FOREIGN = /^(?:GOVC_|VCENTER_|CDKTF_|POSTAZIONI_)/;

/** What a lab's tools need to reach it. */
export interface Reach {
  readonly paths: LabPaths;
  readonly environments: string;
  readonly terraform: string;
  /** Folder of the providers' filesystem mirror. @default - Terraform's registry */
  readonly providers: string | undefined;
  readonly vault: { readonly address: string; readonly token: string };
  readonly vsphere: { readonly user: string; readonly password: string };
}

/**
 * The variables that point cdktf, Terraform, the providers, govc and bao at the lab. They contain credentials: they
 * belong in a child's environment and nowhere else.
 */
export function labVariables(reach: Reach): Record<string, string> {
  const { paths, vault, vsphere } = reach;
  return {
    POSTAZIONI_OVERLAY: paths.overlay,
    POSTAZIONI_ENVIRONMENTS: resolve(reach.environments),
    TERRAFORM_BINARY_NAME: reach.terraform,
    // For cdktf, and for Terraform by hand; commands that plan and apply use their own.
    TF_CLI_CONFIG_FILE: paths.cliConfig,
    ...(reach.providers !== undefined && { POSTAZIONI_PROVIDERS: reach.providers }),
    // cdktf reads options from variables too; the states lie beside its output.
    CDKTF_OUTPUT: paths.output,
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    VSPHERE_USER: vsphere.user,
    VSPHERE_PASSWORD: vsphere.password,
    VAULT_ADDR: vault.address,
    VAULT_TOKEN: vault.token,
    BAO_ADDR: vault.address,
    BAO_TOKEN: vault.token,
    GOVC_USERNAME: vsphere.user,
    GOVC_PASSWORD: vsphere.password,
    GOVC_INSECURE: "1",
    // For Node programs, which verify the vCenters; the provider and govc are told not to.
    NODE_EXTRA_CA_CERTS: paths.certificates,
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CDKTF_HOME: paths.home,
  };
}

/** The environment of a child of the lab: the user's own, without foreign variables, with files below the lab. */
export function childEnvironment(paths: LabPaths, variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name) && !isObeyed(name));
  return {
    ...Object.fromEntries(own),
    HOME: paths.home,
    TMPDIR: paths.tmp,
    CI: "1",
    NO_COLOR: "1",
    TF_IN_AUTOMATION: "1",
    npm_config_update_notifier: "false",
    ...variables,
  };
}
