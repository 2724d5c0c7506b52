import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { shortened } from "../../environments/display";
import { waitForLock } from "../../runtime/lock";
import { PROJECT, shortest } from "../../runtime/paths";
import { Redactor, SHORTEST_SECRET } from "../../runtime/redactor";
import { passedOn, secretsIn, takenOut } from "../../terraform/environment";
import { shortLived } from "../../terraform/run";
import type { Planning } from "../../terraform/plan-stack";
import { INITIALIZED } from "../../terraform/stack";
import { PROVIDERS, terraformHome } from "../../terraform/home";
import { variable } from "../../runtime/variable";

/**
 * Variables of this toolkit that choose what is planned, with which files and providers: they are printed, as the
 * report does not show them.
 */
const FOLLOWED = ["CDKTF_OUTPUT", "POSTAZIONI_ENVIRONMENTS", "POSTAZIONI_OVERLAY", PROVIDERS, "TERRAFORM_BINARY_NAME"];
/** It removes the protection of people's machines and of stores; only cdktf honours it. */
const NOT_FOLLOWED = ["POSTAZIONI_TEARDOWN"];
/** Jobs run in a checkout, where a request may have committed files that look like an earlier installation. */
const CI_JOB = ["GITHUB_ACTIONS", "GITLAB_CI"];

/**
 * Runs work with a {@link stackPlanning}, under a lock: another command in the same folder would replace the
 * synthesized stacks, and a plan must be applied as it was checked.
 */
export async function withStackPlanning<T>(
  folder: string,
  signal: AbortSignal,
  work: (planning: Planning & { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const output = outputOf(folder);
  const release = await waitForLock(join(output, "work.lock"), signal, (pid) => {
    const holder = pid === undefined ? "" : ` (process ${String(pid)})`;
    console.error(`waiting for another command that works in ${shortest(output)}${holder}`);
  });
  try {
    return await work(stackPlanning(folder, signal));
  } finally {
    release();
  }
}

function outputOf(folder: string): string {
  return join(dirname(resolve(PROJECT, variable("CDKTF_OUTPUT") ?? "cdktf.out")), folder);
}

/**
 * How stacks are planned: with this process's logins and nothing else of its environment. The stacks name local states
 * relative to their own folder, so that folder lies beside cdktf's output.
 * @param folder name of the folder that the stacks are synthesized into
 * @throws InputError where the providers' mirror does not exist
 */
export function stackPlanning(folder: string, signal: AbortSignal): Planning & { readonly signal: AbortSignal } {
  const terraform = variable("TERRAFORM_BINARY_NAME") ?? "terraform";
  const output = outputOf(folder);
  tellEnvironment();
  mkdirSync(output, { recursive: true });
  if (CI_JOB.some((name) => name in process.env)) forgetInitializations(output);
  const own = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
  const home = terraformHome(output, variable(PROVIDERS), variable("TF_PLUGIN_CACHE_DIR"));
  const env = { ...passedOn(process.env), ...shortLived(), ...own, ...home };
  return { env, redactor: secretsRedactor(), signal, output, terraform, logs: join(output, "logs") };
}

/** Warns of secrets that are too short to be redacted in a program's output. */
function secretsRedactor(): Redactor {
  const secrets = [...secretsIn(process.env)];
  const isShort = ([, { length }]: readonly [string, string]): boolean => length < SHORTEST_SECRET;
  tell(
    `shorter than ${String(SHORTEST_SECRET)} characters, so not taken out of what is shown`,
    secrets.filter(isShort).map(([name]) => name),
  );
  return new Redactor(secrets.filter((secret) => !isShort(secret)).map(([, value]) => value));
}

/** Keeps the installed providers, but makes the next run initialize each stack again. */
function forgetInitializations(output: string): void {
  const stacks = join(output, "stacks");
  if (!existsSync(stacks)) return;
  for (const stack of readdirSync(stacks)) rmSync(join(stacks, stack, INITIALIZED), { force: true });
}

/** Prints names, never values, to standard error: standard output is the report. */
function tellEnvironment(): void {
  const names = Object.keys(process.env);
  const taken = [...takenOut(process.env), ...names.filter((name) => NOT_FOLLOWED.includes(name))];
  tell(
    "from the environment",
    FOLLOWED.filter((name) => variable(name) !== undefined),
  );
  tell(
    "not passed on",
    taken.filter((name) => !FOLLOWED.includes(name)),
  );
}

function tell(what: string, names: readonly string[]): void {
  if (names.length > 0) console.error(`${what}: ${names.map(shortened).join(", ")}`);
}
