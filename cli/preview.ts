import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { environmentFiles, placesOf } from "../environments/load";
import { LabInputError, messageOf } from "../lab/errors";
import { shortest } from "../lab/paths";
import { approvalOf } from "../preview/approval";
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
import { stackPlanning } from "./preview/stack-planning";
import { synthesize, synthesizedStacks } from "./preview/synthesis";
import { formatOption } from "./report/report-options";

const FORMATS = ["markdown", "json"] as const;
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

--approval writes, for 'npm run apply', what whoever approves the preview lets happen: names and digests, no values. There is none
where a gate is closed or a stack could not be planned.

Gates and waivers stand in review of the city's file. A closed gate stops nothing by itself: whoever deploys asks the exit code.

Exit codes: 0 nothing would change, 2 something would, 3 a gate is closed, 1 something could not be planned or is wrong, 130 ended by Ctrl-C.`;

interface PreviewOptions extends CityOptions {
  readonly base?: string;
  readonly people: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
  readonly json?: string;
  readonly approval?: string;
}

/** `preview CITY`: what a deployment would do, in the city's terms. */
export function previewCommand(): Command {
  return cityCommand("preview", "what a deployment of a city would do", PREVIEW_HELP, deployedEnvironments())
    .option("--base <commit>", "compare the city's file with that of a commit, such as origin/main")
    .option("--people", "tell the staff numbers of those who have the seats", false)
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it there instead of printing it")
    .option("--json <file>", "write it there as JSON besides")
    .option("--approval <file>", "write there what is approved with it, for 'npm run apply'")
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
  const { environments, base, people, format, out, json, approval } = options;
  // What an earlier preview wrote must not pass for this one's.
  if (approval !== undefined) rmSync(approval, { force: true });
  const wanted = deployedCity(environments, id);
  const placeOf = placesOf(environmentFiles(environments), namedCity(environments, id));
  const before = base === undefined ? undefined : cityAt(base, environments, id);
  if (base !== undefined && before === undefined)
    console.error(`${base} has no city ${id}: there is nothing to compare with`);
  const results = await plans(id, environments, signal);
  const report = previewReport({ wanted, base: before, people, placeOf }, results);
  const asJson = `${JSON.stringify(report, null, 2)}\n`;
  const shown = format === "json" ? asJson : markdown(report, wanted.city.name);
  if (out === undefined) process.stdout.write(shown);
  else write("--out", out, shown);
  if (json !== undefined) write("--json", json, asJson);
  if (approval !== undefined) writeApproval(approval, report, results);
  for (const result of results) if ("failure" in result) tellLog(result);
  return report.result;
}

function tellLog({ stack, logFile }: { readonly stack: string; readonly logFile?: string }): void {
  if (logFile !== undefined) console.error(`${stack} could not be planned; the whole log: ${shortest(logFile)}`);
}

async function plans(id: string, environments: string, signal: AbortSignal): Promise<StackResult[]> {
  const planning = stackPlanning("preview.out", environments, signal);
  return cliProgress().step(`Preview of ${id}`, async (say) => {
    say("synthesizing");
    await synthesize(planning.output, planning);
    return planCity(synthesizedStacks(planning.output, id), planning, say);
  });
}

/** Of a preview that nobody can approve, as a gate is closed or a stack could not be planned, there is none. */
function writeApproval(file: string, { city, result }: PreviewReport, results: readonly StackResult[]): void {
  if (result === "failed" || result === "stopped") {
    console.error(
      `${file} is not written: ${result === "failed" ? "a stack could not be planned" : "a gate is closed"}`,
    );
    return;
  }
  const planned = results.flatMap((stack) => ("plan" in stack ? [stack] : []));
  write("--approval", file, `${JSON.stringify(approvalOf(city, planned))}\n`);
}

function write(option: string, file: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new LabInputError(`${option}: ${messageOf(error)}`);
  }
}
