import { dirname, join, resolve } from "node:path";
import { REPOSITORY } from "../../lab/paths";
import { Redactor } from "../../lab/redactor";
import { shortLived } from "../../lab/terraform-run";
import type { Planning } from "./plan-stack";

/** What is never shown, should a tool print it. */
const SECRETS = [
  ...["VAULT_TOKEN", "BAO_TOKEN", "VSPHERE_PASSWORD", "TF_HTTP_PASSWORD", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["PGPASSWORD", "PG_CONN_STR", "CONSUL_HTTP_TOKEN"],
];
/** The redactor takes none that is shorter. */
const SHORTEST_SECRET = 8;

/**
 * How stacks are planned with the logins of this process. The stacks name local states relative to where they are synthesized, so
 * that is beside cdktf's own output.
 * @param folder name of the folder that they are synthesized into
 */
export function stackPlanning(folder: string, signal: AbortSignal): Planning & { readonly signal: AbortSignal } {
  const output = join(dirname(resolve(REPOSITORY, process.env.CDKTF_OUTPUT ?? "cdktf.out")), folder);
  const redactor = new Redactor(
    SECRETS.flatMap((name) => process.env[name] ?? []).filter(({ length }) => length >= SHORTEST_SECRET),
  );
  const env = { ...process.env, ...shortLived(), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  return { env, redactor, signal, output, terraform, logs: join(output, "logs") };
}
