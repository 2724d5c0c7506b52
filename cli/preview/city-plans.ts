import { dirname, join, resolve } from "node:path";
import { REPOSITORY, shortest } from "../../lab/paths";
import { Redactor } from "../../lab/redactor";
import { cliProgress } from "../lab-progress";
import { planCity } from "./plan-city";
import type { StackResult } from "./plan-stack";
import { synthesize, synthesizedStacks } from "./synthesis";

/** What is never shown, should a tool print it. */
const SECRETS = [
  ...["VAULT_TOKEN", "BAO_TOKEN", "VSPHERE_PASSWORD", "TF_HTTP_PASSWORD", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["PGPASSWORD", "PG_CONN_STR", "CONSUL_HTTP_TOKEN"],
];
/** The redactor takes none that is shorter. */
const SHORTEST_SECRET = 8;

/**
 * Synthesizes and plans every stack of a city, and says of those that could not be planned where their log is. The stacks name local
 * states relative to where they are synthesized, so this lies beside cdktf's own output.
 * @param title what is done, as the progress calls it
 * @param environments folder of the cities' files
 */
export async function cityPlans(
  title: string,
  id: string,
  environments: string,
  signal: AbortSignal,
): Promise<StackResult[]> {
  const output = join(dirname(resolve(REPOSITORY, process.env.CDKTF_OUTPUT ?? "cdktf.out")), "preview.out");
  const redactor = new Redactor(
    SECRETS.flatMap((name) => process.env[name] ?? []).filter(({ length }) => length >= SHORTEST_SECRET),
  );
  const files = { POSTAZIONI_ENVIRONMENTS: resolve(environments) };
  const env = { ...process.env, ...files, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const child = { env, redactor, signal };
  const results = await cliProgress().step(`${title} of ${id}`, async (say) => {
    say("synthesizing");
    await synthesize(output, child);
    const stacks = synthesizedStacks(output, id);
    return planCity(stacks, { ...child, output, terraform, logs: join(output, "logs") }, say);
  });
  for (const result of results) if ("failure" in result) tellLog(result);
  return results;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}
