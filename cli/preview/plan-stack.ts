import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LabError, LabInterrupted } from "../../lab/errors";
import { run } from "../../lab/process";
import type { ChildOptions } from "../../lab/process";
import type { ConfiguredPlan } from "../../preview/approval";
import { PlanError, readPlan } from "../../preview/terraform-plan";
import { withUpstream } from "../../preview/upstream";
import type { Outputs, StackConfig } from "../../preview/upstream";
import type { StackNode } from "./synthesized-stacks";

/** How a stack is planned. */
export interface Planning extends Pick<ChildOptions, "env" | "redactor" | "signal"> {
  /** Folder of the synthesized stacks. */
  readonly output: string;
  /** Folder for Terraform's own output. */
  readonly logs: string;
  /** Terraform's program, or OpenTofu's. */
  readonly terraform: string;
}

/** What came of planning a stack. */
export type StackResult =
  ConfiguredPlan | { readonly stack: string; readonly failure: string; readonly logFile?: string };

const SAVED = "preview.tfplan";
/** Nothing is written, so nothing is locked. */
const PLAN = ["plan", "-input=false", "-lock=false", "-no-color", `-out=${SAVED}`];
const INIT = ["init", "-input=false", "-no-color"];
const SHOW = ["show", "-json", SAVED];
const MOST_ERRORS = 5;
/** The synthesized stack, in its folder. */
export const CONFIG = "cdk.tf.json";
/** What the stack was initialized for. */
const INITIALIZED = "initialized.json";
/** As Terraform begins an error without colours. */
const ERROR = /^(?:│ )?Error: /;
const END = /^(?:Error: |with |on \S+ line |╵|╷)/;
const MOST_CHARACTERS = 400;

/**
 * Plans a synthesized stack with Terraform itself.
 * @param upstream planned outputs of the stacks that it stands on
 */
export async function planStack(
  { name: stack, dependencies }: StackNode,
  upstream: ReadonlyMap<string, Outputs>,
  planning: Planning,
): Promise<StackResult> {
  const cwd = join(planning.output, "stacks", stack);
  const logFile = join(planning.logs, `${stack}.log`);
  try {
    const configuration = readFileSync(join(cwd, CONFIG), "utf8");
    useUpstream(join(cwd, CONFIG), configuration, upstream);
    const child = { command: planning.terraform, cwd, logFile, ...planning };
    await initialize(cwd, child);
    makePlanFile(join(cwd, SAVED));
    await terraform(PLAN, child);
    return {
      stack,
      dependencies,
      configuration,
      plan: readPlan(await terraform(SHOW, { ...child, logFile: undefined })),
    };
  } catch (error) {
    // The other stacks are planned all the same; whoever was interrupted asks the signal.
    const known = error instanceof LabError || error instanceof LabInterrupted || error instanceof PlanError;
    if (!known) throw error;
    return { stack, failure: error.message, logFile };
  } finally {
    rmSync(join(cwd, SAVED), { force: true });
  }
}

/** Once for the providers and the state that the stack names; an initialization that failed leaves nothing to go on with. */
export async function initialize(cwd: string, child: Omit<ChildOptions, "args">): Promise<void> {
  const { terraform: wanted } = JSON.parse(readFileSync(join(cwd, CONFIG), "utf8")) as { readonly terraform?: object };
  const [text, file] = [JSON.stringify(wanted), join(cwd, INITIALIZED)];
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  for (const left of [".terraform", ".terraform.lock.hcl", INITIALIZED])
    rmSync(join(cwd, left), { recursive: true, force: true });
  await terraform(INIT, child);
  writeFileSync(file, text);
}

/** A file for a plan, which holds what a state holds; Terraform keeps the mode of one that is there. */
export function makePlanFile(file: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: 0o600 });
}

function useUpstream(file: string, configuration: string, upstream: ReadonlyMap<string, Outputs>): void {
  writeFileSync(file, JSON.stringify(withUpstream(JSON.parse(configuration) as StackConfig, upstream)));
}

/** Runs Terraform. @returns what it prints. @throws LabError with Terraform's own errors */
export async function terraform(args: readonly string[], child: Omit<ChildOptions, "args">): Promise<string> {
  const lines: string[] = [];
  const { code, stdout } = await run({ ...child, args, onLine: (line) => lines.push(line) });
  if (code === 0) return stdout;
  throw new LabError(`terraform ${args[0] ?? ""}: ${errorsIn(lines).join("; ") || `exit code ${String(code)}`}`);
}

/** Each error once, in a line: stacks often have the same one of many resources. */
function errorsIn(lines: readonly string[]): string[] {
  const errors = lines.flatMap((line, index) => (ERROR.test(line) ? [errorAt(lines, index)] : []));
  return [...new Set(errors)].slice(0, MOST_ERRORS);
}

/** What stands below its first line tells why; where in the configuration it happened does not help. */
function errorAt(lines: readonly string[], index: number): string {
  const box = lines.slice(index).map((line) => line.replace(/^│ ?/, "").trim());
  const end = box.findIndex((line, at) => at > 0 && END.test(line));
  const text = box.slice(0, end === -1 ? undefined : end).filter((line) => line !== "");
  return shortened(text.join(" ").replace("Error: ", ""));
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
