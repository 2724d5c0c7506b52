/** A variable that Terraform gets, and why it cannot change what is planned or applied. */
interface PassedOn {
  readonly names: readonly string[];
  readonly why: string;
  /** Whether its value is never shown. @default false */
  readonly isSecret?: true;
}

/**
 * Every environment variable that is passed on to Terraform, OpenTofu, their backends and the two providers. They would
 * obey others too: arguments of a plan (TF_CLI_ARGS_plan), another program in a provider's place
 * (TF_REATTACH_PROVIDERS, dev_overrides of a CLI configuration), another server (VAULT_AGENT_ADDR, which overrides the
 * configured address), another state (TF_WORKSPACE, PG_SCHEMA_NAME), no verification (VAULT_SKIP_VERIFY), logs with
 * secrets (TF_LOG, VSPHERE_CLIENT_DEBUG). docs/guides/ci.md has this list.
 */
export const PASSED_ON: readonly PassedOn[] = [
  {
    names: ["PATH", "TMPDIR", "USER", "GOGC", "GOMEMLIMIT", "GOMAXPROCS"],
    why: "paths of programs and temporary files, the user in a lock, and limits of memory and processors",
  },
  {
    names: ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"],
    why: "the proxy to the servers, which prove themselves by their certificates",
  },
  {
    names: [
      ...["SSL_CERT_FILE", "SSL_CERT_DIR", "VAULT_CACERT", "VAULT_CAPATH", "PGSSLROOTCERT", "AWS_CA_BUNDLE"],
      ...["CONSUL_CACERT", "TF_HTTP_CLIENT_CA_CERTIFICATE_PEM"],
    ],
    why: "trusted certificate authorities; a server's name is checked too",
  },
  {
    names: [
      ...["VSPHERE_USER", "TF_HTTP_USERNAME", "PGUSER", "AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME"],
      ...["AWS_WEB_IDENTITY_TOKEN_FILE", "PGSSLCERT", "PGSSLKEY", "VAULT_CLIENT_CERT", "VAULT_CLIENT_KEY"],
      ...["CONSUL_CLIENT_CERT", "CONSUL_CLIENT_KEY", "TF_HTTP_CLIENT_CERTIFICATE_PEM"],
    ],
    why: "users, roles and client certificates",
  },
  {
    names: [
      ...["VAULT_TOKEN", "BAO_TOKEN", "VSPHERE_PASSWORD", "TF_HTTP_PASSWORD", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM"],
      ...["PGPASSWORD", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "CONSUL_HTTP_TOKEN"],
    ],
    why: "passwords, tokens and keys, which are never shown",
    isSecret: true,
  },
  { names: ["TF_ENCRYPTION"], why: "how OpenTofu encrypts and decrypts states (`secrets.stateKey`); it holds no key" },
  {
    names: ["TF_PLUGIN_CACHE_DIR"],
    why: "cached providers: Terraform uses one only if the lock file has its checksum",
  },
  {
    names: [
      ...["TF_REGISTRY_DISCOVERY_RETRY", "TF_REGISTRY_CLIENT_TIMEOUT", "TF_PROVIDER_DOWNLOAD_RETRY"],
      ...["TF_HTTP_RETRY_MAX", "TF_HTTP_RETRY_WAIT_MIN", "TF_HTTP_RETRY_WAIT_MAX"],
    ],
    why: "retries and time limits for a slow registry or state",
  },
];

/** Variables that Terraform, OpenTofu, a backend, a provider or the dynamic loader obeys. */
const OBEYED = /^(?:TF_|TERRAFORM_|TOFU_|OPENTOFU_|VAULT_|BAO_|VSPHERE_|GOVMOMI_|PG|AWS_|CONSUL_|LD_|GODEBUG$)/;
const NAMES = new Set(PASSED_ON.flatMap(({ names }) => names));
const SECRETS = PASSED_ON.filter(({ isSecret }) => isSecret === true).flatMap(({ names }) => names);

/** Whether a program that plans or deploys obeys a variable. */
export function isObeyed(name: string): boolean {
  return OBEYED.test(name);
}

/** The part of an environment that Terraform gets. */
export function passedOn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => NAMES.has(name)));
}

/** Names of the variables of an environment that would be obeyed but are not passed on, sorted. */
export function takenOut(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => isObeyed(name) && !NAMES.has(name))
    .sort();
}

/** The non-empty secrets of an environment that Terraform gets, by variable. */
export function secretsIn(env: NodeJS.ProcessEnv): Map<string, string> {
  return new Map(SECRETS.map((name): [string, string] => [name, env[name] ?? ""]).filter(([, value]) => value !== ""));
}
