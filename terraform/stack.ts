import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import { errorsOf, INIT, runTerraform } from "./run";
import type { TerraformChild } from "./run";
import type { TerraformMessage } from "./message";
import { PlanError, readPlan } from "../preview/terraform-plan";
import type { TerraformPlan } from "../preview/terraform-plan";

/** Terraform in the folder of a synthesized stack. */
export type StackTerraform = TerraformChild & { readonly cwd: string };

/** The synthesized stack, in its folder. */
export const CONFIG = "cdk.tf.json";
/** What names the providers and their checksums, in the stack's folder; Terraform holds what it starts to it, each time. */
const LOCK_FILE = ".terraform.lock.hcl";
/** What the stack was initialized for, in its folder. */
export const INITIALIZED = "initialized.json";
const MOST_ERRORS = 5;

/** What Terraform reads in a folder beside the stack, and what names another state. */
const READ = /^(?!cdk\.tf\.json$).*\.(?:tf|tofu|tfvars)(?:\.json)?$/;
const WORKSPACE = join(".terraform", "environment");

/**
 * Once for the providers, where they come from and the state that the stack names; an initialization that failed leaves nothing to go on
 * with. What lies in the folder and is none of the stack's goes: it would be read with it.
 * @param lock text of the lock file that the providers are held to @default - none: the providers are those that are found
 * @throws CommandError with Terraform's own errors, as where a provider's checksum is another
 */
export async function initialize(stack: StackTerraform, lock?: string): Promise<void> {
  const inFolder = (name: string): string => join(stack.cwd, name);
  for (const left of [...readdirSync(stack.cwd).filter((name) => READ.test(name)), WORKSPACE]) remove(inFolder(left));
  const [text, file] = [initialized(stack, lock), inFolder(INITIALIZED)];
  const isInitialized = existsSync(file) && readFileSync(file, "utf8") === text;
  if (!isInitialized) for (const left of [".terraform", LOCK_FILE, INITIALIZED]) remove(inFolder(left));
  if (lock !== undefined) writeFileSync(inFolder(LOCK_FILE), lock);
  if (isInitialized) return;
  await terraform(lock === undefined ? INIT : [...INIT, "-lockfile=readonly"], stack);
  writeFileSync(file, text);
}

/** Text of the lock file of a stack that was initialized, by its folder; empty where it has no providers. */
export function lockOf(folder: string): string {
  const file = join(folder, LOCK_FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function initialized({ cwd, env }: StackTerraform, lock: string | undefined): string {
  const { terraform: wanted } = JSON.parse(readFileSync(join(cwd, CONFIG), "utf8")) as { readonly terraform?: object };
  const { TF_CLI_CONFIG_FILE: cli = "" } = env;
  return JSON.stringify([wanted, existsSync(cli) ? readFileSync(cli, "utf8") : null, lock ?? null]);
}

function remove(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

/** Runs Terraform. @returns what it says. @throws CommandError with Terraform's own errors */
export async function terraform(args: readonly string[], stack: StackTerraform): Promise<readonly TerraformMessage[]> {
  const ended = await runTerraform(args, stack);
  if (ended.code === 0) return ended.messages;
  throw new CommandError(`terraform ${args[0] ?? ""}: ${errorsOf(ended).slice(0, MOST_ERRORS).join("; ")}`);
}

/**
 * Plans into a file that only its owner reads.
 * @param args what is planned, and how
 * @returns what Terraform says
 * @throws CommandError with Terraform's own errors
 * @throws PlanError where it is of a part alone
 */
export async function planInto(
  file: string,
  args: readonly string[],
  stack: StackTerraform,
): Promise<readonly TerraformMessage[]> {
  makePlanFile(join(stack.cwd, file));
  const messages = await terraform(["plan", "-input=false", ...args, `-out=${file}`], stack);
  if (messages.some(({ partial }) => partial)) throw new PlanError("the plan is a part of what would be done: -target");
  return messages;
}

/** A file for a plan, which holds what a state holds; Terraform keeps the mode of one that is there. */
function makePlanFile(file: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: 0o600 });
}

/**
 * The plan in a file. What Terraform prints has secrets in plain text, so no log and no error has any of it.
 * @param file its name in the stack's folder
 * @throws CommandError and PlanError
 */
export async function savedPlan(file: string, stack: StackTerraform): Promise<TerraformPlan> {
  const { code, stdout, tail } = await run({ ...stack, logFile: undefined, args: ["show", "-json", file] });
  if (code === 0) return readPlan(stdout);
  const printed = new Set(stdout.split("\n"));
  const messages = tail.filter((line) => !printed.has(line)).map((text) => ({ text }));
  throw new CommandError(`terraform show: ${errorsOf({ code, messages }).join("; ")}`);
}
