import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { shortened } from "../../environments/display";
import { waitForLock } from "../../runtime/lock";
import { REPOSITORY, shortest } from "../../runtime/paths";
import { Redactor, SHORTEST_SECRET } from "../../runtime/redactor";
import { passedOn, secretsIn, takenOut } from "../../terraform/environment";
import { shortLived } from "../../terraform/run";
import type { Planning } from "../../terraform/plan-stack";
import { INITIALIZED } from "../../terraform/stack";
import { PROVIDERS, terraformHome } from "../../terraform/home";

/** Variables of our own that say what is planned, with what and where: they are told, since a report does not show them. */
const FOLLOWED = ["CDKTF_OUTPUT", "POSTAZIONI_ENVIRONMENTS", "POSTAZIONI_OVERLAY", PROVIDERS, "TERRAFORM_BINARY_NAME"];
/** It takes the protection of people's machines and of stores away, and is cdktf's alone. */
const NOT_FOLLOWED = ["POSTAZIONI_TEARDOWN"];
/** Jobs of a checkout, in which a request may have written what looks as if it had been installed by an earlier run. */
const CI_JOB = ["GITHUB_ACTIONS", "GITLAB_CI"];

/**
 * Works with {@link stackPlanning} while no other command does in the same folder: what was synthesized last counts there, and a plan
 * that is checked must be the one that is applied.
 */
export async function withStackPlanning<T>(
  folder: string,
  signal: AbortSignal,
  work: (planning: Planning & { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const output = outputOf(folder);
  const release = await waitForLock(join(output, "work.lock"), signal, () => {
    console.error(`waiting for another command that works in ${shortest(output)}`);
  });
  try {
    return await work(stackPlanning(folder, signal));
  } finally {
    release();
  }
}

function outputOf(folder: string): string {
  const { CDKTF_OUTPUT = "cdktf.out" } = process.env;
  return join(dirname(resolve(REPOSITORY, CDKTF_OUTPUT)), folder);
}

/**
 * How stacks are planned with the logins of this process, and with nothing else of its environment. The stacks name local states relative
 * to where they are synthesized, so that is beside cdktf's own output.
 * @param folder name of the folder that they are synthesized into
 * @throws InputError where the mirror that providers are to come from is not there
 */
export function stackPlanning(folder: string, signal: AbortSignal): Planning & { readonly signal: AbortSignal } {
  const { TERRAFORM_BINARY_NAME: terraform = "terraform" } = process.env;
  const output = outputOf(folder);
  tellEnvironment();
  mkdirSync(output, { recursive: true });
  if (CI_JOB.some((name) => name in process.env)) forgetInitializations(output);
  const own = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
  const home = terraformHome(output, process.env[PROVIDERS]);
  const env = { ...passedOn(process.env), ...shortLived(), ...own, ...home };
  return { env, redactor: secretsRedactor(), signal, output, terraform, logs: join(output, "logs") };
}

/** Tells which secrets are so short that they stay where a program prints them. */
function secretsRedactor(): Redactor {
  const secrets = [...secretsIn(process.env)];
  const isShort = ([, { length }]: readonly [string, string]): boolean => length < SHORTEST_SECRET;
  tell(
    `shorter than ${String(SHORTEST_SECRET)} characters, so not taken out of what is shown`,
    secrets.filter(isShort).map(([name]) => name),
  );
  return new Redactor(secrets.filter((secret) => !isShort(secret)).map(([, value]) => value));
}

/** What was installed for a stack stays; that it was is forgotten, so that it is installed anew. */
function forgetInitializations(output: string): void {
  const stacks = join(output, "stacks");
  if (!existsSync(stacks)) return;
  for (const stack of readdirSync(stacks)) rmSync(join(stacks, stack, INITIALIZED), { force: true });
}

/** Names and never values, on standard error: what is printed is the report. */
function tellEnvironment(): void {
  const names = Object.keys(process.env);
  const taken = [...takenOut(process.env), ...names.filter((name) => NOT_FOLLOWED.includes(name))];
  tell(
    "from the environment",
    FOLLOWED.filter((name) => names.includes(name)),
  );
  tell(
    "not passed on",
    taken.filter((name) => !FOLLOWED.includes(name)),
  );
}

function tell(what: string, names: readonly string[]): void {
  if (names.length > 0) console.error(`${what}: ${names.map(shortened).join(", ")}`);
}
