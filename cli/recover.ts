import type { Command } from "commander";
import { count, escaped } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import { EXIT } from "../runtime/exit-code";
import { synthesizedStacks } from "../terraform/manifest";
import { planCity } from "../terraform/plan-city";
import type { Planning, StackResult } from "../terraform/plan-stack";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { adoptStrays } from "./clones/adopt";
import { removeStrays } from "./clones/remove";
import { straysText } from "./clones/strays-text";
import { fileToLogIn } from "./login-hosts";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";
import { straysOf } from "./preview/without-strays";
import { cliProgress } from "./progress";
import { heldLocks } from "./recover/locks";
import type { Held } from "./recover/locks";
import { forgetGone, goneText, objectsGone } from "./recover/objects-gone";
import { adoptObjects, objectsLeft, objectsText } from "./recover/objects-left";
import { statesLeft } from "./recover/states-left";
import { runCommand } from "./run-command";

const RECOVER_HELP = `
Lists what a deployment that died left behind, and changes nothing:

  locks      of states, each with who took it, when and for what, and whether its holder still works
  states     that Terraform could not store: errored.tfstate in the folders of stacks beside this project
  gone       folders, switches, port groups, custom attributes and permissions that a state has and vCenter has not, and what a cluster
             has for a machine that is gone: Terraform plans nothing of such a stack
  objects    folders, tags, roles, resource pools, switches, port groups, groups, rules and overrides of clusters, mounts, login
             methods and AppRole's roles of Vault that the deployment would make, and that stand in no state
  machines   of seats, gateways and access machines that are in no state, as 'npm run clones' lists them

  --repair   lifts locks of holders that ended on this machine; then stores the states, which it never does over a newer
             one; then takes out of the states what is gone, for the next deployment to make anew; then adopts the objects;
             then removes the unfinished clones and adopts the whole machines, with what their cluster has for them. It does
             nothing while somebody works.
  --lock ID  lifts that lock too, whose holder is elsewhere: look there first that it has ended

Run it again without options until it lists nothing; then preview and deploy. The logins are those of the deployment; where the
states are in PostgreSQL, psql asks it who holds a lock. docs/guides/operations.md goes through it.

Exit codes: 0 nothing is left, 1 something is left or could not be done, 2 bad input.`;

interface RecoverOptions extends CityOptions {
  readonly repair?: true;
  readonly lock?: string;
}

/** Everything that the steps work with. */
interface Recovery {
  readonly city: DeployedCity;
  readonly options: RecoverOptions;
  readonly planning: Planning & { readonly signal: AbortSignal };
}

/** `recover CITY`: what a deployment that died left behind. */
export function recoverCommand(): Command {
  const description = "List and repair what a deployment that died left: locks, states, objects, machines";
  return cityCommand("recover", description, RECOVER_HELP)
    .option("--repair", "repair what can be repaired without a question")
    .option("--lock <id>", "lift this lock, of whose holder you know that it has ended")
    .action((id: string, options: RecoverOptions) => runCommand((signal) => recover(id, options, signal)));
}

async function recover(id: string, options: RecoverOptions, signal: AbortSignal): Promise<void> {
  const { deployed: city } = fileToLogIn(options.environments, id);
  await withStackPlanning("recover.out", signal, async (planning) => {
    const recovery = { city, options, planning };
    if (!(await locksAreFree(recovery))) return;
    if (!(await statesAreStored(recovery))) return;
    const areAdopted = await machines(recovery, await objectsAreAdopted(recovery));
    if (areAdopted) await objectsAreAdopted(recovery); // what a cluster has for these machines
  });
}

async function locksAreFree({ city, options, planning }: Recovery): Promise<boolean> {
  const held = await cliProgress().step(`Look for locks of ${city.city.id}`, async (say) => {
    say("synthesizing");
    await synthesizeInto(planning.output, city);
    return heldLocks(synthesizedStacks(planning.output), city.platform.state, planning, say);
  });
  console.log(`${count(held.length, "lock")} held`);
  const isWorking = held.some(({ owner }) => owner.kind === "works");
  let kept = 0;
  for (const lock of held) {
    const isLifted = !isWorking && mayLift(lock, options);
    if (isLifted) await lock.lift();
    else kept += 1;
    console.log(
      escaped(`${lock.stack}: ${lock.about}: ${isLifted ? "lifted" : lock.owner.text}${how(lock, isLifted)}`),
    );
  }
  if (kept > 0) left("states, objects and machines are looked at once no lock is held");
  return kept === 0;
}

function mayLift({ id, owner }: Held, { repair, lock }: RecoverOptions): boolean {
  return (repair === true && owner.kind === "ended") || (lock !== undefined && lock === id);
}

/** How a lock is lifted that stays. */
function how({ id, owner }: Held, isLifted: boolean): string {
  if (isLifted || owner.kind === "works" || id === "") return "";
  return owner.kind === "ended" ? "; --repair lifts it" : `; once it has ended, --lock ${id} lifts it`;
}

async function statesAreStored({ planning, options }: Recovery): Promise<boolean> {
  const stacks = synthesizedStacks(planning.output).map(({ name }) => name);
  const found = await statesLeft(stacks, planning, options.repair === true);
  console.log(`${count(found.length, "state")} not stored`);
  for (const { text, isOpen } of found) {
    console.log(escaped(text));
    if (isOpen) process.exitCode = EXIT.failure;
  }
  const arePending = found.some(({ isPending }) => isPending);
  if (arePending) left("objects and machines are looked at once these states are stored: they may be in them");
  return !arePending;
}

/** What stands beside machines is adopted first, layer by layer: a machine's folder, a tag's category. @returns the last plans */
async function objectsAreAdopted(recovery: Recovery): Promise<StackResult[]> {
  const { city, options, planning } = recovery;
  for (;;) {
    const results = await planned(recovery);
    const found = await objectsLeft(city, results);
    const adoptions = options.repair === true ? await adoptObjects(found, planning) : [];
    for (const line of objectsText(found, adoptions)) console.log(line);
    const done = adoptions.filter(({ failure }) => failure === undefined);
    if (done.length < found.length) process.exitCode = EXIT.failure;
    if (done.length === 0) return results;
  }
}

/** @returns whether machines were adopted */
async function machines({ city, options, planning }: Recovery, results: readonly StackResult[]): Promise<boolean> {
  const found = await straysOf(city, results);
  const outcomes =
    options.repair === true
      ? [...(await removeStrays(city, found, planning.signal)), ...(await adoptStrays(city, found, planning))]
      : [];
  for (const line of straysText(found, outcomes)) console.log(line);
  const done = outcomes.filter(({ failure }) => failure === undefined);
  if (done.length < found.length) process.exitCode = EXIT.failure;
  return done.some((outcome) => outcome.done === "adopted");
}

/** Stacks are planned again once what their states have and vCenter has not is out of them. */
async function planned({ city, options, planning }: Recovery): Promise<StackResult[]> {
  for (;;) {
    const results = await cliProgress().step(`Plan ${city.city.id}`, (say) =>
      planCity(synthesizedStacks(planning.output), planning, say),
    );
    const gone = await objectsGone(city, results, planning);
    if (gone.length === 0) return looked(results);
    const forgotten = options.repair === true ? await forgetGone(gone, planning) : [];
    for (const line of goneText(gone, forgotten)) console.log(line);
    const done = forgotten.filter(({ failure }) => failure === undefined);
    if (done.length < gone.length) return looked(results);
  }
}

function looked(results: StackResult[]): StackResult[] {
  for (const result of results) if (!("plan" in result)) left(`${result.stack} is not looked at: ${result.failure}`);
  return results;
}

function left(what: string): void {
  console.error(what);
  process.exitCode = EXIT.failure;
}
