import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { CommandError } from "../runtime/errors";
import { REPOSITORY } from "../runtime/paths";
import type { SideBySide } from "../terraform/clone-budget";
import { dependencies } from "../terraform/manifest";
import type { LabPaths } from "./paths";
import { run, runOrThrow } from "../runtime/process";
import type { ChildOptions } from "../runtime/process";
import { signalProcess } from "../runtime/process-tree";
import type { Ask } from "../runtime/process-tree";
import type { Say } from "../runtime/progress";
import type { Redactor } from "../runtime/redactor";
import { variable } from "../runtime/variable";

/** The context of every cdktf call. */
export interface CdktfContext {
  readonly paths: LabPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
  readonly signal: AbortSignal | undefined;
  readonly say: Say;
  /** Stacks at a time, and operations of each. */
  readonly sideBySide: SideBySide;
}

/** A state also lists what was only looked up, with mode `data`. */
const resourcesSchema = z.object({ resources: z.array(z.object({ mode: z.string() })) });

/** A line of cdktf's output: the stack's name, or blanks for the same stack as the line before. */
const STACK_LINE = /^(\S+)? {2,}(\S.*)$/;
/** Terraform's messages on running operations, as opposed to planned ones. */
const TELLING = /^(?:Initializing|\S+: (?:Creating|Modifying|Destroying|Creation|Still)|(?:Apply|Destroy) complete!)/;
/** Linux truncates a program's name to this length. */
const COMMAND_LENGTH = 15;
const DONE = /^(?:Apply|Destroy) complete!/;

/** Synthesizes and deploys every stack that matches a pattern: a stack's name, or `<city>-*`. */
export async function cdktfDeploy(context: CdktfContext, patterns: readonly string[]): Promise<void> {
  await deployOrDestroy(context, "deploy", patterns);
}

/** Destroys every stack that matches a pattern, with people's machines. */
export async function cdktfDestroy(context: CdktfContext, patterns: readonly string[]): Promise<void> {
  const env = { ...context.env, POSTAZIONI_TEARDOWN: "true" };
  await deployOrDestroy({ ...context, env }, "destroy", patterns);
}

/** Synthesizes every city's stacks; cdktf removes those that no file declares any more. */
export async function cdktfSynth(context: CdktfContext): Promise<void> {
  await runOrThrow("cdktf synth", cdktf(context, "synth", []));
}

/** Names of the stacks of the last synthesis, sorted. */
export function stackNames(paths: LabPaths): string[] {
  return Object.keys(dependencies(paths.output)).sort();
}

/** Deployed stacks that are not in the last synthesis: their pool or city left the files. */
export function orphanedStacks(paths: LabPaths): string[] {
  const declared = new Set(stackNames(paths));
  // A failed synthesis leaves no stacks, and says nothing about what the files declare.
  return declared.size === 0 ? [] : deployedStacks(paths).filter((stack) => !declared.has(stack));
}

/** Stacks with existing resources, sorted. */
export function deployedStacks(paths: LabPaths): string[] {
  return stacksWith(paths, ["managed"]);
}

/**
 * Stacks that were deployed and not destroyed, sorted. One that waits for an emergency, or whose seats are all retired,
 * has only data sources in its state; a destroyed one has an empty state.
 */
export function appliedStacks(paths: LabPaths): string[] {
  return stacksWith(paths, ["managed", "data"]);
}

/** Stacks whose state has entries of these modes, sorted. */
function stacksWith(paths: LabPaths, modes: readonly string[]): string[] {
  if (!existsSync(paths.state)) return [];
  const states = readdirSync(paths.state).filter((name) => name.endsWith(".tfstate"));
  return states
    .filter((name) => modesIn(join(paths.state, name)).some((mode) => modes.includes(mode)))
    .map((name) => name.slice(0, -".tfstate".length))
    .sort();
}

/**
 * Patterns go to cdktf in one call, which follows the order of their dependencies. Stacks given by name are deployed
 * one after the other, each against the others' current states: cdktf 0.21 ignores the order once missing dependencies
 * are allowed. Only the first call synthesizes: the files are the same for all.
 */
async function deployOrDestroy(
  context: CdktfContext,
  command: "deploy" | "destroy",
  patterns: readonly string[],
): Promise<void> {
  if (patterns.some((pattern) => pattern.includes("*"))) return runCdktf(context, command, patterns);
  for (const [index, stack] of patterns.entries()) {
    const synthesized = index > 0 ? ["--skip-synth"] : [];
    await runCdktf(context, command, [stack, "--ignore-missing-stack-dependencies", ...synthesized]);
  }
}

async function runCdktf(context: CdktfContext, command: string, stacks: readonly string[]): Promise<void> {
  const { stacks: atATime, operations } = context.sideBySide;
  const bounds = ["--parallelism", atATime, "--terraform-parallelism", operations].map(String);
  const options = cdktf(context, command, [...stacks, "--auto-approve", "--skip-provider-lock", ...bounds]);
  context.say("synthesizing");
  const follow = follower(context.say);
  const errors = errorCollector();
  const onLine = (line: string): void => {
    follow(line);
    errors.take(line);
  };
  const result = await run({ ...options, onLine });
  if (result.code === 0) return;
  const what = `cdktf ${command} ${stacks.join(" ")} failed with exit code ${String(result.code)}`;
  throw new CommandError(what, options.logFile, errors.lines.length > 0 ? errors.lines : result.tail);
}

/**
 * Signals the Terraform processes below cdktf, and cdktf itself only when there is none. On a signal cdktf 0.21 does
 * not wait for them: they lose their terminal during an apply, and what they just created is in no state.
 */
export function askTerraform(program: string): Ask {
  const asked = new Set<number>();
  return (running) => {
    const terraforms = running.filter(({ name }) => name === program.slice(0, COMMAND_LENGTH));
    const targets = terraforms.length > 0 ? terraforms : running.slice(0, 1);
    for (const target of targets.filter(({ pid }) => !asked.has(pid))) {
      asked.add(target.pid);
      signalProcess(target, "SIGINT");
    }
  };
}

/** Parses cdktf's output; reports how many stacks are done, and the current operation of each. */
export function follower(say: Say): (line: string) => void {
  const done = new Set<string>();
  let current = "";
  return (line) => {
    const [, stack = current, text = ""] = STACK_LINE.exec(line) ?? [];
    current = stack;
    if (!TELLING.test(text)) return;
    if (DONE.test(text)) done.add(current);
    say(`${String(done.size)} done; ${current}: ${text}`);
  };
}

/** Without npx, which would stand between a signal and cdktf. */
function cdktf(context: CdktfContext, command: string, args: readonly string[]): ChildOptions {
  return {
    command: process.execPath,
    args: [cdktfProgram(), command, ...args, "--output", context.paths.output],
    cwd: REPOSITORY,
    env: context.env,
    logFile: join(context.paths.logs, `cdktf-${command}.log`),
    redactor: context.redactor,
    signal: context.signal,
    ask: askTerraform(basename(variable("TERRAFORM_BINARY_NAME", context.env) ?? "terraform")),
    onLine: context.say,
  };
}

/**
 * The installed CLI: CDK Terrain's after a move (docs/guides/leaving-cdktf.md), otherwise cdktf's. Both take the same
 * commands and options.
 * @throws CommandError when neither is installed
 */
export function cdktfProgram(from: string = REPOSITORY): string {
  const { resolve } = createRequire(join(from, "package.json"));
  for (const name of ["cdktn", "cdktf"]) {
    try {
      return join(dirname(resolve(`${name}-cli/package.json`)), "bundle", "bin", `${name}.js`);
    } catch {
      // The next one.
    }
  }
  throw new CommandError(
    "neither the package cdktf-cli nor cdktn-cli is installed beside postazioni, and the lab deploys with one: run npm install --save-dev --save-exact cdktf-cli@0.21.0",
  );
}

/**
 * Collects Terraform's errors, each a box of lines that begin with a bar. cdktf adds a stack trace and warnings around
 * them, so the end of its output seldom shows the cause.
 */
export function errorCollector(): { readonly lines: string[]; take(line: string): void } {
  const lines: string[] = [];
  let box: string[] = [];
  const take = (line: string): void => {
    const text = STACK_LINE.exec(line)?.[2] ?? line;
    if (text.startsWith("╷")) box = [];
    else if (text.startsWith("│")) box.push(line.trimEnd());
    else if (text.startsWith("╵") && box.some((entry) => entry.includes("│ Error: "))) lines.push(...box);
  };
  return { lines, take };
}

function modesIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  // Terraform that is killed before it wrote anything leaves an empty file.
  if (text === "") return [];
  const parsed = resourcesSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.resources.map(({ mode }) => mode) : [];
}

/** Removes an earlier lab's states: its vCenters and its Vault are gone. */
export function forgetDeployments(paths: LabPaths): void {
  rmSync(paths.state, { recursive: true, force: true });
  rmSync(paths.output, { recursive: true, force: true });
}
