import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { PASSED_ON, passedOn, secretsIn, takenOut } from "../../terraform/environment";

/** What would make of a plan or an apply something else, or show a secret. */
const HOSTILE = [
  ...["TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_CLI_ARGS_apply", "TF_CLI_ARGS_init", "TF_CLI_ARGS_show"],
  ...[
    "TF_CLI_CONFIG_FILE",
    "TERRAFORM_CONFIG",
    "TF_REATTACH_PROVIDERS",
    "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE",
  ],
  ...[
    "TF_VAR_name",
    "TF_WORKSPACE",
    "TF_DATA_DIR",
    "TF_LOG",
    "TF_LOG_PATH",
    "TF_LOG_PROVIDER",
    "TF_IGNORE",
    "TF_INPUT",
  ],
  ...[
    "TF_HTTP_ADDRESS",
    "TF_HTTP_LOCK_ADDRESS",
    "TF_HTTP_SKIP_CERT_VERIFICATION",
    "PGHOST",
    "PGOPTIONS",
    "PG_CONN_STR",
  ],
  ...["PG_SCHEMA_NAME", "AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT", "AWS_PROFILE", "AWS_CONFIG_FILE", "CONSUL_HTTP_ADDR"],
  ...["VAULT_ADDR", "VAULT_AGENT_ADDR", "VAULT_NAMESPACE", "VAULT_SKIP_VERIFY", "VAULT_TLS_SERVER_NAME", "BAO_ADDR"],
  ...["TERRAFORM_VAULT_LOG_BODY", "TERRAFORM_VAULT_SKIP_CHILD_TOKEN", "TOFU_X_EXPERIMENTAL_RUNTIME"],
  ...["VSPHERE_SERVER", "VSPHERE_ALLOW_UNVERIFIED_SSL", "VSPHERE_CLIENT_DEBUG", "VSPHERE_VIM_SESSION_PATH"],
  ...["GOVMOMI_TUNNEL_PROXY_PORT", "LD_PRELOAD", "LD_LIBRARY_PATH", "GODEBUG"],
];
/** What Terraform does not know, or must not find by. */
const OTHERS = [
  "HOME",
  "XDG_CONFIG_HOME",
  "NODE_OPTIONS",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "GITLAB_TOKEN",
  "CI_JOB_TOKEN",
];

function environment(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
}

describe("of a process's environment Terraform gets", () => {
  test.each([...HOSTILE, ...OTHERS])("no %s", (name) => {
    expect(passedOn(environment([name, "PATH"]))).toEqual({ PATH: "value of PATH" });
  });

  test("its logins and all else that is listed, and nothing of it is said to be taken out", () => {
    const listed = environment(PASSED_ON.flatMap(({ names }) => names));
    expect(passedOn(listed)).toEqual(listed);
    expect(takenOut(listed)).toEqual([]);
    expect(new Set(Object.keys(listed)).size).toBe(PASSED_ON.flatMap(({ names }) => names).length);
  });
});

test("what would be obeyed and is taken out is named, without what it holds", () => {
  expect(takenOut(environment([...OTHERS, ...HOSTILE]))).toEqual([...HOSTILE].sort());
});

test("every password and token that Terraform gets is known as a secret", () => {
  const said = [...secretsIn(environment(PASSED_ON.flatMap(({ names }) => names))).values()];
  expect(said).toEqual(expect.arrayContaining(["VAULT_TOKEN", "PGPASSWORD"].map((name) => `value of ${name}`)));
  const hidden = PASSED_ON.flatMap(({ names, isSecret }) => (isSecret === true ? names : []));
  const sounding = PASSED_ON.flatMap(({ names }) => names).filter((name) =>
    /PASSWORD|SECRET|PRIVATE|(?<!FILE)TOKEN$/.test(name),
  );
  expect(sounding.filter((name) => !hidden.includes(name))).toEqual([]);
});

test("the guide lists what is passed on, with the same reasons", () => {
  const guide = readFileSync(join(REPOSITORY, "docs/guides/ci.md"), "utf8");
  for (const { names, why } of PASSED_ON) {
    expect(guide).toContain(`| ${names.map((name) => `\`${name}\``).join(", ")} | ${why} |`);
  }
});
