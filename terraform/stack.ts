import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import { errorsOf, INIT, runTerraform } from "./run";
import type { TerraformChild } from "./run";
import type { TerraformMessage } from "./message";
import { explained } from "./state-error";
import { withAttributesKept } from "../preview/kept-attributes";
import { PlanError, readPlan } from "../preview/terraform-plan";
import type { PlanExtent, TerraformPlan } from "../preview/terraform-plan";
import type { StackConfig } from "../preview/upstream";

/** Terraform in the folder of a synthesized stack. */
export type StackTerraform = TerraformChild & { readonly cwd: string };

/** The synthesized stack, in its folder. */
export const CONFIG = "cdk.tf.json";
/**
 * The file in the stack's folder that pins the providers and their checksums; Terraform verifies each start against it.
 */
const LOCK_FILE = ".terraform.lock.hcl";
/** The file in the stack's folder that records what it was initialized for. */
export const INITIALIZED = "initialized.json";
const MOST_ERRORS = 5;

/** Other files in a folder that Terraform reads with the stack, or that name another state. */
const READ = /^(?!cdk\.tf\.json$).*\.(?:tf|tofu|tfvars)(?:\.json)?$/;
const WORKSPACE = join(".terraform", "environment");

/**
 * Lock files of this process by what they lock: without one Terraform fetches providers again that are in the shared folder. None is
 * read from a disk, where somebody might have put it beside a provider of his own.
 */
const locks = new Map<string, string>();

/**
 * Initializes a stack once for its providers, their source and its state; after a failure nothing is left. Foreign
 * files in the folder are removed: Terraform would read them with the stack.
 * @param lock text of the lock file that pins the providers @default - none: any providers that are found
 * @throws CommandError with Terraform's errors, for example for a wrong checksum
 */
export async function initialize(stack: StackTerraform, lock?: string): Promise<void> {
  const inFolder = (name: string): string => join(stack.cwd, name);
  for (const left of [...readdirSync(stack.cwd).filter((name) => READ.test(name)), WORKSPACE]) remove(inFolder(left));
  const [text, file] = [initialized(stack, lock), inFolder(INITIALIZED)];
  const isInitialized = existsSync(file) && isFor(readFileSync(file, "utf8"), stack, lock);
  if (!isInitialized) for (const left of [".terraform", LOCK_FILE, INITIALIZED]) remove(inFolder(left));
  if (lock !== undefined) writeFileSync(inFolder(LOCK_FILE), lock);
  if (isInitialized) return;
  const pinned = lock === undefined ? INIT : [...INIT, "-lockfile=readonly"];
  await inTurn(async () => {
    const known = lock ?? locks.get(providersOf(stack));
    if (known !== undefined) writeFileSync(inFolder(LOCK_FILE), known);
    await terraform(pinned, stack);
    if (existsSync(inFolder(LOCK_FILE))) locks.set(providersOf(stack), lockOf(stack.cwd));
  });
  writeFileSync(file, text);
}

let turn: Promise<unknown> = Promise.resolve();

/** Terraform does not promise that two may write one folder of providers at a time. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Text of the lock file of an initialized stack, by its folder; empty where it has no providers. */
export function lockOf(folder: string): string {
  const file = join(folder, LOCK_FILE);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Also where no lock file was asked for then, and this one came of it. */
function isFor(text: string, stack: StackTerraform, lock: string | undefined): boolean {
  if (text === initialized(stack, lock)) return true;
  return lock !== undefined && lock === lockOf(stack.cwd) && text === initialized(stack, undefined);
}

function initialized(stack: StackTerraform, lock: string | undefined): string {
  return JSON.stringify([settingsOf(stack), cliOf(stack), lock ?? null]);
}

/** What decides which providers stacks of one folder get, and from where. */
function providersOf(stack: StackTerraform): string {
  return JSON.stringify([dirname(stack.cwd), settingsOf(stack)?.required_providers, cliOf(stack)]);
}

interface Settings {
  readonly required_providers?: object;
}

function settingsOf({ cwd }: StackTerraform): Settings | undefined {
  return (JSON.parse(readFileSync(join(cwd, CONFIG), "utf8")) as { readonly terraform?: Settings }).terraform;
}

function cliOf({ env: { TF_CLI_CONFIG_FILE: file = "" } }: StackTerraform): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/**
 * Changes a stack so that its machines keep the custom attributes of others that its plan would clear.
 * @returns whether it changed, and has to be planned again
 */
export function keepAttributes(folder: string, plan: TerraformPlan): boolean {
  const file = join(folder, CONFIG);
  const kept = withAttributesKept(JSON.parse(readFileSync(file, "utf8")) as StackConfig, plan);
  if (kept === undefined) return false;
  writeFileSync(file, JSON.stringify(kept));
  return true;
}

function remove(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

/** Runs Terraform. @returns its messages. @throws CommandError with Terraform's errors */
export async function terraform(args: readonly string[], stack: StackTerraform): Promise<readonly TerraformMessage[]> {
  const ended = await runTerraform(args, stack);
  if (ended.code === 0) return ended.messages;
  const errors = errorsOf(ended).slice(0, MOST_ERRORS).join("; ");
  throw new CommandError(`terraform ${args[0] ?? ""}: ${explained(errors)}`, stack.logFile);
}

/**
 * Plans into a file that only its owner can read.
 * @param args options of the plan
 * @returns Terraform's messages
 * @throws CommandError with Terraform's errors
 * @throws PlanError for a partial plan where a part was not asked for
 */
export async function planInto(
  file: string,
  args: readonly string[],
  stack: StackTerraform,
  { isPart = false }: PlanExtent = {},
): Promise<readonly TerraformMessage[]> {
  makePlanFile(join(stack.cwd, file));
  const messages = await terraform(["plan", "-input=false", ...args, `-out=${file}`], stack);
  if (!isPart && messages.some(({ partial }) => partial))
    throw new PlanError("the plan is a part of what would be done: -target");
  return messages;
}

/**
 * Creates the plan's file with mode 0600, because a plan holds what a state holds; Terraform keeps the mode of an
 * existing file.
 */
function makePlanFile(file: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: 0o600 });
}

/**
 * Reads a saved plan. Terraform prints secrets in plain text there, so no log and no error has any of it.
 * @param file its name in the stack's folder
 * @throws CommandError and PlanError
 */
export async function savedPlan(file: string, stack: StackTerraform, extent: PlanExtent = {}): Promise<TerraformPlan> {
  const { code, stdout, tail } = await run({ ...stack, logFile: undefined, args: ["show", "-json", file] });
  if (code === 0) return readPlan(stdout, extent);
  const printed = new Set(stdout.split("\n"));
  const messages = tail.filter((line) => !printed.has(line)).map((text) => ({ text }));
  throw new CommandError(`terraform show: ${errorsOf({ code, messages }).join("; ")}`);
}
