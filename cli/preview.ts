import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { environmentFiles, placesOf } from "../environments/load";
import { REPOSITORY, shortest } from "../lab/paths";
import { Redactor } from "../lab/redactor";
import { markdown } from "../preview/markdown";
import { previewReport } from "../preview/report";
import type { PreviewReport } from "../preview/report";
import { cityCommand, deployedEnvironments } from "./city-command";
import type { CityOptions } from "./city-command";
import { EXIT } from "./exit-code";
import { guarded } from "./lab-guard";
import { cliProgress } from "./lab-progress";
import { deployedCity, namedCity } from "./named-city";
import { cityAt } from "./preview/base";
import { planCity } from "./preview/plan-city";
import type { StackResult } from "./preview/plan-stack";
import { synthesize, synthesizedStacks } from "./preview/synthesis";
import { formatOption } from "./report/report-options";
import { writeReport } from "./write-report";

const FORMATS = ["markdown", "json"] as const;
/** What is never shown, should a tool print it. */
const SECRETS = [
  ...["VAULT_TOKEN", "BAO_TOKEN", "VSPHERE_PASSWORD", "TF_HTTP_PASSWORD", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["PGPASSWORD", "PG_CONN_STR", "CONSUL_HTTP_TOKEN"],
];
/** The redactor takes none that is shorter. */
const SHORTEST_SECRET = 8;
const EXIT_CODES: Readonly<Record<PreviewReport["result"], number>> = {
  unchanged: EXIT.ok,
  changes: 2,
  stopped: 3,
  failed: EXIT.failure,
};

const PREVIEW_HELP = `
Has Terraform plan every stack of the city, each with what the stacks that it stands on will hand over, so that a city that was
never deployed, or only in part, has a preview too. Nothing is deployed, locked or written to a state. Logins are read from the
variables that the providers read; those with which CI plans are enough. Terraform is TERRAFORM_BINARY_NAME, or terraform.

With --base, also what the change of the file does to who reaches whom, who may read what in Vault, and what machines take; and
whose seat is taken away, which only the file knows that still has him.

Gates and waivers stand in review of the city's file. A closed gate stops nothing by itself: whoever deploys asks the exit code.

Exit codes: 0 nothing would change, 2 something would, 3 a gate is closed, 1 something could not be planned or is wrong, 130 ended by Ctrl-C.`;

interface PreviewOptions extends CityOptions {
  readonly base?: string;
  readonly people: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `preview CITY`: what a deployment would do, in the city's terms. */
export function previewCommand(): Command {
  return cityCommand("preview", "what a deployment of a city would do", PREVIEW_HELP, deployedEnvironments())
    .option("--base <commit>", "compare the city's file with that of a commit, such as origin/main")
    .option("--people", "tell the staff numbers of those who have the seats", false)
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it there instead of printing it")
    .action(async (id: string, options: PreviewOptions) => {
      let result: PreviewReport["result"] | undefined;
      await guarded(async (signal) => {
        result = await preview(id, options, signal);
      });
      // 2 says that something would change: a wrong file or option must not look like it.
      if (result !== undefined) process.exitCode = EXIT_CODES[result];
      else if (process.exitCode === EXIT.badInput) process.exitCode = EXIT.failure;
    });
}

async function preview(id: string, options: PreviewOptions, signal: AbortSignal): Promise<PreviewReport["result"]> {
  const { environments, base, people, format, out } = options;
  const wanted = deployedCity(environments, id);
  const placeOf = placesOf(environmentFiles(environments), namedCity(environments, id));
  const before = base === undefined ? undefined : cityAt(base, environments, id);
  if (base !== undefined && before === undefined)
    console.error(`${base} has no city ${id}: there is nothing to compare with`);
  const results = await plans(id, environments, signal);
  const report = previewReport({ wanted, base: before, people, placeOf }, results);
  const shown = format === "json" ? `${JSON.stringify(report, null, 2)}\n` : markdown(report, wanted.city.name);
  writeReport(shown, out);
  for (const result of results) if ("failure" in result) tellLog(result);
  return report.result;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}

/** The stacks name local states relative to where they are synthesized, so this lies beside cdktf's own output. */
async function plans(id: string, environments: string, signal: AbortSignal): Promise<StackResult[]> {
  const output = join(dirname(resolve(REPOSITORY, process.env.CDKTF_OUTPUT ?? "cdktf.out")), "preview.out");
  const redactor = new Redactor(
    SECRETS.flatMap((name) => process.env[name] ?? []).filter(({ length }) => length >= SHORTEST_SECRET),
  );
  const files = { POSTAZIONI_ENVIRONMENTS: resolve(environments) };
  const env = { ...process.env, ...files, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const child = { env, redactor, signal };
  return cliProgress().step(`Preview of ${id}`, async (say) => {
    say("synthesizing");
    await synthesize(output, child);
    const stacks = synthesizedStacks(output, id);
    return planCity(stacks, { ...child, output, terraform, logs: join(output, "logs") }, say);
  });
}
