import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { afterCleanUp, InputError } from "../runtime/errors";
import { startLab } from "../lab/lab";
import { LAB_DIRECTORY, labPaths } from "../lab/paths";
import type { SavedVcenter } from "../lab/saved-vcenter";
import { replaceCityFiles } from "../rehearsal/city-files";
import { deployedNames } from "../rehearsal/deployed-names";
import { markdown } from "../rehearsal/markdown";
import { cityIn, rehearse } from "../rehearsal/rehearse";
import { rehearsalReport } from "../rehearsal/report";
import type { RehearsalReport } from "../rehearsal/report";
import type { Step } from "../rehearsal/step";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { EXIT } from "../runtime/exit-code";
import { withToolOptions } from "./lab";
import { withProviders } from "./lab-actions";
import { synthesizeLab } from "./lab-synthesis";
import { runCommand } from "./run-command";
import { cliProgress } from "./progress";
import { deployedFile, namedCity } from "./named-city";
import { preflight } from "../preflight/preflight";
import { findingLine } from "../preflight/text";
import { savedInventory } from "../vcenter/saved-inventory";
import { asOfCommit, checkOut } from "./preview/base";
import { give, json } from "./report-files";
import { formatOption } from "./report/report-options";
import { variable } from "../runtime/variable";
import { inTemporaryFolder } from "../runtime/temporary-folder";

const FORMATS = ["markdown", "json"] as const;
/** A separate lab, so that a running one stays untouched. */
const DIRECTORY = join(variable("POSTAZIONI_LAB") ?? LAB_DIRECTORY, "rehearsal");

const REHEARSE_HELP = `
Deploys the base, from a commit, and then the change, from the current files, in a lab of its own; plans again, which must find no
change; and reverts: it deploys the base over the change and plans again. Without --base nothing is deployed before, and the revert
destroys everything. It connects to no server of the city, and reads no login.

With --saved the vCenter has the content of a real one: names in use, sizes of hosts, free space of datastores, roles and
permissions. It begins with a preflight (npm run preflight -- --help): where the file presupposes what is not there, nothing is
rehearsed. What the base created is removed from it first, since the rehearsal deploys it. With --login the deployment has that
user's saved permissions; groups and global permissions are not in a saved inventory, and do not count.

The report says what was not looked at: guests, the network behind the switch, licences and versions, tags, storage policies and
content libraries of the real vCenter, and permissions by group.

Exit codes: 0 all of it passed, 1 something failed, 2 bad input, 130 ended by Ctrl-C.`;

interface RehearseOptions extends CityOptions {
  readonly base?: string;
  readonly saved?: string;
  readonly login?: string;
  readonly providers: string;
  readonly terraform?: string;
  readonly seats: number;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `rehearse CITY`: deploys a change in the lab as it would be deployed in the city, and reverts it. */
export function rehearseCommand(): Command {
  const about = "deploy a change of a city on its base in a lab, and revert it";
  const command = cityCommand("rehearse", about, REHEARSE_HELP).option(
    "--base <commit>",
    "commit with the city's file that is deployed before, such as origin/main",
  );
  return withToolOptions(command)
    .option("--saved <dir>", "initial content of the vCenter: a folder that 'govc object.save -d' wrote")
    .option("--login <user>", "deploy with this user's permissions in the inventory")
    .addOption(formatOption(FORMATS))
    .option("--out <file>", "write it to this file instead of standard output")
    .action((id: string, options: RehearseOptions) =>
      runCommand(async (signal) => {
        const { city } = namedCity(options.environments, id);
        if (options.login !== undefined && options.saved === undefined)
          throw new InputError("--login: only a saved inventory says what a login may; name one with --saved");
        if (options.saved !== undefined) holdAgainst(options.saved, id, options.environments);
        const report = await rehearsal(id, options, signal);
        const { format, out } = options;
        give(format === "json" ? json(report) : markdown(report, city.name), out);
        if (report.result === "failed") process.exitCode = EXIT.failure;
      }),
    );
}

/** @throws InputError that lists what a deployment would fail by; questions are only told */
function holdAgainst(saved: string, id: string, environments: string): void {
  const report = preflight(deployedFile(environments, id), {
    source: saved,
    inventory: savedInventory(resolve(saved)),
  });
  const lines = (weight: "wrong" | "question"): string =>
    report.findings.flatMap((finding) => (finding.weight === weight ? [findingLine(finding)] : [])).join("\n");
  if (report.result === "failed")
    throw new InputError(`${lines("wrong")}\nnothing was rehearsed: ${saved} is not as the file presupposes it`);
  if (report.findings.length > 0) console.error(lines("question"));
}

async function rehearsal(id: string, options: RehearseOptions, signal: AbortSignal): Promise<RehearsalReport> {
  return inTemporaryFolder("postazioni-rehearsal-", async (folder) => {
    const change = join(folder, "change");
    replaceCityFiles(options.environments, change);
    const base = options.base === undefined ? undefined : baseFiles(options.base, options.environments, folder, id);
    const steps = await rehearseIn(id, { base, change, workingCopy: join(folder, "working-copy") }, options, signal);
    const { seats: seatsPerPool, saved = null, login = null } = options;
    const commit = base === undefined ? null : (options.base ?? null);
    return rehearsalReport({ city: id, base: commit, saved, login, seatsPerPool }, steps);
  });
}

/** The files of the base; undefined where the base does not have the city. */
function baseFiles(commit: string, environments: string, folder: string, id: string): string | undefined {
  const files = join(folder, "base");
  mkdirSync(files);
  checkOut(commit, environments, files);
  if (asOfCommit(commit, () => cityIn(files, id)) !== undefined) return files;
  console.error(`${commit} has no city ${id}: nothing is deployed before`);
  return undefined;
}

/** Folders of the cities' files. */
interface Folders {
  readonly base: string | undefined;
  readonly change: string;
  /** What the lab deploys from. It lies outside the lab's folder, which another rehearsal may be using. */
  readonly workingCopy: string;
}

async function rehearseIn(
  city: string,
  { base, change, workingCopy: environments }: Folders,
  options: RehearseOptions,
  signal: AbortSignal,
): Promise<Step[]> {
  const progress = cliProgress();
  replaceCityFiles(base ?? change, environments);
  const { providers, terraform, seats, login } = await withProviders(options);
  const files = { environments, versions: [change], saved: savedVcenter(city, base, options) };
  const lab = await startLab(
    { directory: DIRECTORY, ...files, ...{ providers, terraform, seatsPerPool: seats, signal } },
    progress,
  );
  const stop = (): Promise<void> => progress.step("Stop", () => lab.stop());
  const session = login === undefined ? lab : lab.guarded();
  try {
    const watch = { progress, signal };
    const steps = await rehearse(session, { city, environments, base, change, watch, synthesize: synthesizeLab });
    await stop();
    clean(steps.every(({ result }) => result === "passed"));
    return steps;
  } catch (error) {
    throw await afterCleanUp(error, async () => {
      await stop();
      clean(false);
    });
  }
}

/** A saved vCenter in which the base was deployed is emptied of it: the rehearsal deploys it again. */
function savedVcenter(
  city: string,
  base: string | undefined,
  { saved, login }: RehearseOptions,
): SavedVcenter | undefined {
  if (saved === undefined) return undefined;
  const before = base === undefined ? undefined : cityIn(base, city);
  return { city, folder: resolve(saved), login, deployed: before && deployedNames(before) };
}

/** Removes everything but the logs of a failed rehearsal. */
function clean(passed: boolean): void {
  const { home, state, output, run } = labPaths(DIRECTORY);
  const folders = [home, state, output, ...(passed ? [run] : [])];
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
