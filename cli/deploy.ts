import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { count } from "../environments/display";
import { previewReport } from "../preview/report";
import type { PreviewReport } from "../preview/report";
import { EXIT } from "../runtime/exit-code";
import { shortest } from "../runtime/paths";
import { SIDE_BY_SIDE } from "../terraform/apply-in-order";
import { synthesizedStacks } from "../terraform/manifest";
import type { StackResult } from "../terraform/plan-stack";
import { ENDING, lockTimeoutOption } from "./apply/apply-options";
import { outcomeCode, outcomeReport } from "./apply/outcome-report";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { confirm } from "./deploy/confirmation";
import { RecordFile } from "./deploy/deployment-record";
import { digestsOf, outstanding } from "./deploy/outstanding";
import { destroyedCount, disturbedLines, planReport, secretsLines } from "./deploy/plan-report";
import { applied, planned } from "./deploy/run-deployment";
import type { Deployment } from "./deploy/run-deployment";
import { selected } from "./deploy/selection";
import type { Ending } from "./ending";
import { fileToLogIn } from "./login-hosts";
import { peopleAtWork } from "./preview/sessions-now";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";
import { cliProgress } from "./progress";
import { askingHere } from "./questions";
import { runCommand } from "./run-command";

/** A gate is closed, or something would not be what was confirmed. */
const REFUSED = 3;
const MOST_AT_A_TIME = 16;

const DEPLOY_HELP = `
Plans the city's stacks as 'npm run preview' does, shows what would change, and after a confirmation applies exactly that, each stack
after those that it stands on, with Terraform itself. Each stack is planned again just before, with a lock on its state: where it would
not be what was shown, it is left alone. A stack that fails leaves those that stand on it as they are; others go on.
What destroys resources is confirmed by their number. The gates of the city's file hold as in a preview: only a waiver there opens one.
So does pools.maintenance: at another time than its windows nothing is deployed that would replace, restart or remove its seats.

Ctrl-C: no further stack begins, and Terraform is waited for until it has written its states and given back their locks. Ctrl-C again
waits for nothing. SIGTERM and a terminal that is closed are the same as the first Ctrl-C.

--resume goes on with a deployment that failed or was ended: stacks that were done, and whose state nobody changed since, are not
planned again. Where the file declares something else by now, it is refused: deploy without --resume, which loses nothing.

No more machines are cloned at a time than platform.vsphere.clonesAtATime says, over all stacks. Gateways are brought up as by
'npm run gateways'. Logins come from the providers' own variables, and the program is TERRAFORM_BINARY_NAME, or terraform.
CI deploys what was approved: 'npm run apply'.

Exit codes: 0 done, or nothing to do; 1 something failed, or it was not confirmed; 2 bad input; 3 a gate is closed, or a plan was not what
was shown; 129, 130 or 143 ended by a closed terminal, Ctrl-C or SIGTERM.`;

interface DeployOptions extends CityOptions {
  readonly stacks?: readonly string[];
  readonly parallelism: number;
  readonly lockTimeout: string;
  readonly yes: boolean;
  readonly destroys?: number;
  readonly dryRun: boolean;
  readonly resume: boolean;
}

/** `deploy CITY`: deploys a city's stacks in their order. */
export function deployCommand(): Command {
  return cityCommand("deploy", "Deploy a city's stacks in their order, with Terraform itself", DEPLOY_HELP)
    .option("--stacks <names...>", "only these stacks, with the others' current states; * stands for anything")
    .option("--dry-run", "show what would change, and deploy nothing", false)
    .option("--yes", "deploy without a question what destroys nothing", false)
    .option("--destroys <number>", "deploy without a question what destroys exactly so many resources", wholeNumber)
    .option("--resume", "go on with the deployment that failed or was ended here", false)
    .option(
      "--parallelism <number>",
      `stacks at a time, at most ${String(MOST_AT_A_TIME)}`,
      parallelStacks,
      SIDE_BY_SIDE,
    )
    .addOption(lockTimeoutOption())
    .action((id: string, options: DeployOptions) =>
      runCommand(async (signal, forced) => {
        process.exitCode = await deploy(id, options, { signal, forced });
      }, ENDING),
    );
}

async function deploy(
  id: string,
  options: DeployOptions,
  { signal, forced }: Pick<Ending, "signal" | "forced">,
): Promise<number> {
  const file = fileToLogIn(options.environments, id);
  return withStackPlanning("deploy.out", signal, async (own) => {
    const planning = { ...own, forced };
    await synthesizeInto(planning.output, file.deployed);
    const record = new RecordFile(planning.output, id);
    const all = synthesizedStacks(planning.output);
    const digests = digestsOf(planning.output, all);
    const before = options.resume ? record.read() : undefined;
    const names = before === undefined ? options.stacks : await outstanding(before, digests, planning);
    const { parallelism, lockTimeout } = options;
    const deployment = { file, planning, record, digests, parallelism, lockTimeout, done: before?.stacks };
    const stacks = selected(all, names);
    const results = await cliProgress().step(`Plan ${count(stacks.length, "stack")} of ${id}`, (say) =>
      planned(deployment, stacks, say),
    );
    return decided(deployment, results, options);
  });
}

/** Shows what was planned, and deploys it once it is confirmed. @returns the exit code */
async function decided(deployment: Deployment, results: StackResult[], options: DeployOptions): Promise<number> {
  const { deployed: wanted, placeOf } = deployment.file;
  const atWork = await peopleAtWork(wanted, results);
  const source = { wanted, base: undefined, placeOf, atWork, isDeployed: !options.dryRun };
  const report = previewReport(source, results);
  for (const line of planReport(report.stacks)) console.log(line);
  for (const line of disturbedLines(report.disturbed, wanted.calendar, atWork.now)) console.log(line);
  const refusal = results.length === 0 ? undefined : refusalOf(report, results);
  if (refusal !== undefined) return refusal;
  if (options.dryRun) return EXIT.ok;
  if (report.result === "unchanged" || results.length === 0) {
    deployment.record.remove();
    console.log("Nothing to deploy.");
    return EXIT.ok;
  }
  const { signal } = deployment.planning;
  const asking = process.stdin.isTTY ? askingHere : undefined;
  await confirm(destroyedCount(report.stacks), options, asking && ((work) => asking(work, signal)));
  return carriedOut(
    deployment,
    results,
    wanted.platform.vault === undefined ? [] : secretsLines(report.stacks, wanted.city.id),
  );
}

/** Tells what keeps the city from being deployed. @returns the exit code; undefined where nothing does */
function refusalOf({ gates, stacks, result }: PreviewReport, results: readonly StackResult[]): number | undefined {
  for (const { stack, failure } of stacks.filter(({ failure: why }) => why !== null)) {
    const logFile = results.flatMap((one) => (one.stack === stack && "failure" in one ? (one.logFile ?? []) : []))[0];
    console.error(`${stack}: ${failure ?? ""}${logFile === undefined ? "" : `; the whole log: ${shortest(logFile)}`}`);
  }
  for (const { gate, scope, text, file, line } of gates.closed) {
    console.error(`${shortest(file)}:${String(line)}: the gate ${gate} is closed for ${scope}: ${text}`);
  }
  if (result !== "failed" && result !== "stopped") return undefined;
  console.error("Nothing was deployed.");
  return result === "failed" ? EXIT.failure : REFUSED;
}

/** @param next what is to be done after it, also where only a part was applied */
async function carriedOut(
  deployment: Deployment,
  results: readonly StackResult[],
  next: readonly string[],
): Promise<number> {
  const { id } = deployment.file.deployed.city;
  const outcomes = await cliProgress().step(`Deploy ${id}`, (say) => applied(deployment, results, say));
  for (const line of outcomeReport(outcomes, "Deploy again, to see what would change now.")) console.log(line);
  const idle = results.length - outcomes.size;
  if (idle > 0) console.log(`${count(idle, "stack")}: nothing to do`);
  if ([...outcomes.values()].some((outcome) => outcome.result !== "applied"))
    console.log(`'npm run deploy -- ${id} --resume' goes on with what is left.`);
  for (const line of next) console.log(line);
  deployment.planning.signal.throwIfAborted();
  return outcomeCode(outcomes);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("A whole number is needed.");
  return Number(text);
}

function parallelStacks(text: string): number {
  const number = wholeNumber(text);
  if (number < 1 || number > MOST_AT_A_TIME)
    throw new InvalidArgumentError(`A number from 1 to ${String(MOST_AT_A_TIME)} is needed.`);
  return number;
}
