import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadCities, environmentFiles } from "../environments/load";
import { connectLab, labStatus, stopLab } from "../lab/control";
import { afterCleanUp, CommandError } from "../runtime/errors";
import { startLab } from "../lab/lab";
import type { LabOptions } from "../lab/lab";
import { tryLock } from "../runtime/lock";
import { LAB_DIRECTORY, labPaths } from "../lab/paths";
import type { LabSession } from "../lab/session";
import { startSupervisor } from "../lab/supervisor";
import { installTools } from "../lab/tools/install";
import { chooseProviders, registryOf } from "../lab/tools/provider-choice";
import { providerSource } from "../lab/tools/provider-source";
import { findTerraform } from "../lab/tools/terraform";
import { cliProgress } from "./progress";
import { cityReport, planReport, stackLines } from "./lab-report";
import { variable } from "../runtime/variable";

/** The options of `lab` and `lab up`, as commander parses them. */
export interface UpOptions {
  readonly environments: string;
  readonly providers: string;
  readonly terraform?: string;
  readonly seats: number;
  readonly vaultPort: number;
}

/** The lab's folder in place of .lab: tests have their own beside a developer's. The tools are shared. */
const DIRECTORY = variable("POSTAZIONI_LAB");
const { socket, lock } = labPaths(DIRECTORY);

/** Deploys every city, plans again, shows the result, and stops the lab. */
export async function runWhole(options: UpOptions, signal: AbortSignal): Promise<void> {
  const progress = cliProgress();
  const lab = await startLab(labOptions(await withProviders(options), signal), progress);
  const stop = (): Promise<void> => progress.step("Stop", () => lab.stop());
  try {
    await lab.deploy(lab.cities, { progress, signal });
    await requireNoChange(lab, lab.cities, signal);
    await report(lab);
  } catch (error) {
    throw await afterCleanUp(error, stop);
  }
  await stop();
}

/** Starts a lab that stays up. The tools are installed here, so that their progress is visible. */
export async function up(asked: UpOptions, signal: AbortSignal): Promise<void> {
  const progress = cliProgress();
  loadCities(environmentFiles(asked.environments));
  refuseWhileUp(lock);
  const options = await withProviders(asked);
  const { terraform, providers } = options;
  await installTools({ providers: providerSource(providers), terraform, signal }, progress);
  await progress.step("Start the lab", (say) => startSupervisor(labOptions(options, signal), say));
  const lab = await connectLab(socket);
  console.log(`The lab is up with ${lab.cities.join(", ")}. Deploy: npm run lab -- deploy ${lab.cities[0] ?? "CITY"}`);
}

/** Deploys a city's stacks or one stack. */
export async function deploy(selector: string, signal: AbortSignal): Promise<void> {
  const lab = await connectLab(socket);
  await lab.deploy(selector, { progress: cliProgress(), signal });
}

/** Destroys a city's stacks or one stack. */
export async function destroy(selector: string, signal: AbortSignal): Promise<void> {
  const lab = await connectLab(socket);
  await lab.destroy(selector, { progress: cliProgress(), signal });
}

/** Synthesizes and plans a city's stacks or one stack; a plan with changes is not a failure. */
export async function plan(selector: string, signal: AbortSignal): Promise<void> {
  const progress = cliProgress();
  const lab = await connectLab(socket);
  await lab.synth({ progress, signal });
  const plans = await lab.plan(selector, { progress, signal });
  console.log(planReport(plans));
  if (plans.some(({ result }) => result === "failed")) throw new CommandError("a plan failed");
}

/** Shows the servers, the deployed stacks and what exists in the servers. */
export async function status(): Promise<void> {
  const lab = await connectLab(socket);
  const { started, programs, providers } = lab.data;
  console.log(`up since ${started}; ${programs.terraform} ${programs.terraformVersion}; providers: ${providers}`);
  for (const { name, pid, running } of await labStatus(socket)) {
    console.log(`${name}: ${running ? "running" : "ended"} (process ${String(pid)})`);
  }
  for (const line of stackLines(lab)) console.log(line);
  await report(lab);
}

/** Prints the environment variables that point a tool at the lab, credentials included, for a shell to evaluate. */
export async function printEnvironment(city: string | undefined): Promise<void> {
  const lab = await connectLab(socket);
  for (const [name, value] of Object.entries(lab.environment(city))) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`);
  }
}

/** Stops the lab that is up. */
export async function down(): Promise<void> {
  await cliProgress().step("Stop", () => stopLab(socket));
}

/** Removes everything that the lab wrote, its tools too. */
export function clean(): Promise<void> {
  for (const held of locksBelow(LAB_DIRECTORY)) refuseWhileUp(held);
  rmSync(LAB_DIRECTORY, { recursive: true, force: true });
  return Promise.resolve();
}

async function requireNoChange(lab: LabSession, cities: readonly string[], signal: AbortSignal): Promise<void> {
  const plans = await lab.plan(cities, { progress: cliProgress(), signal });
  const changed = plans.filter(({ result }) => result !== "unchanged");
  if (changed.length > 0) throw new CommandError(`the second plan is not empty:\n${planReport(changed)}`);
  console.log(`The second plan of ${String(plans.length)} stacks has no change.`);
}

async function report(lab: LabSession): Promise<void> {
  for (const city of lab.cities) console.log(await cityReport(lab, city));
}

/** Paths of the locks of every lab below that folder: the default one, and those of tests and benchmarks. */
function locksBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const others = readdirSync(folder).map((name) => labPaths(join(folder, name)).lock);
  return [labPaths(folder).lock, ...others];
}

function refuseWhileUp(file: string): void {
  if (!existsSync(file)) return;
  const release = tryLock(file);
  if (release === undefined)
    throw new CommandError("a lab is already up: use it, or end it with 'npm run lab -- down'");
  release();
}

/** The options of a lab, with the source of the providers chosen, which is told. */
export async function withProviders<T extends Pick<UpOptions, "providers" | "terraform">>(options: T): Promise<T> {
  const registry = registryOf(findTerraform(options.terraform));
  const { option, text } = await chooseProviders(options.providers, registry);
  console.error(text);
  return { ...options, providers: option };
}

function labOptions(options: UpOptions, signal: AbortSignal): LabOptions {
  const { environments, providers, terraform, seats, vaultPort } = options;
  return { environments, directory: DIRECTORY, providers, terraform, seatsPerPool: seats, vaultPort, signal };
}
