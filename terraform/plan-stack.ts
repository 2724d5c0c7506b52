import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, Interrupted, messageOf } from "../runtime/errors";
import type { ChildOptions } from "../runtime/process";
import type { ConfiguredPlan } from "../preview/approval";
import { requireOwnState } from "../preview/state-owner";
import { PlanError, UNCHANGED } from "../preview/terraform-plan";
import type { TerraformPlan } from "../preview/terraform-plan";
import { withUpstream } from "../preview/upstream";
import type { Outputs, StackConfig } from "../preview/upstream";
import { inOneSession } from "./one-session";
import { CONFIG, initialize, keepAttributes, lockOf, planInto, savedPlan } from "./stack";
import type { StackTerraform } from "./stack";
import type { StackNode } from "./manifest";

/** How stacks are planned. */
export interface Planning extends Pick<ChildOptions, "env" | "redactor" | "signal" | "forced"> {
  /** Folder of the synthesized stacks. */
  readonly output: string;
  /** Folder for Terraform's logs. */
  readonly logs: string;
  /** Path of the Terraform or OpenTofu program. */
  readonly terraform: string;
  /** Reads a plan without changes too, which tells what others changed. @default false */
  readonly inFull?: boolean;
}

/** Result of planning a stack. */
export type StackResult =
  ConfiguredPlan | { readonly stack: string; readonly failure: string; readonly logFile?: string };

/** A stack to plan. */
export interface StackToPlan extends StackNode {
  /** Whether another stack depends on it and needs its outputs. */
  readonly handsOver: boolean;
}

const SAVED = "preview.tfplan";
/** A plan writes no state, so it takes no lock. */
const WITHOUT_LOCK = ["-lock=false"];

/**
 * Plans a synthesized stack with Terraform.
 * @param upstream planned outputs of its dependencies
 */
export async function planStack(
  { name: stack, dependencies, handsOver }: StackToPlan,
  upstream: ReadonlyMap<string, Outputs>,
  planning: Planning,
): Promise<StackResult> {
  const cwd = join(planning.output, "stacks", stack);
  const logFile = join(planning.logs, `${stack}.log`);
  try {
    const configuration = readFileSync(join(cwd, CONFIG), "utf8");
    useUpstream(join(cwd, CONFIG), configuration, upstream);
    const isRead = handsOver || planning.inFull === true;
    const plan = await inOneSession(planning, (own) =>
      planned({ command: own.terraform, cwd, logFile, ...own }, isRead),
    );
    requireOwnState(stack, plan);
    return { stack, dependencies, configuration, plan, lock: lockOf(cwd) };
  } catch (error) {
    // The other stacks are planned all the same; a caller that was interrupted checks the signal.
    const known = error instanceof CommandError || error instanceof Interrupted || error instanceof PlanError;
    if (!known) throw new Error(`${stack} was not planned: ${messageOf(error)}`, { cause: error });
    return { stack, failure: error.message, logFile };
  } finally {
    rmSync(join(cwd, SAVED), { force: true });
  }
}

/**
 * Terraform starts every provider again to print a plan, so that is done only for a plan with changes, or where it is
 * read: other stacks take its outputs, or it is asked what others changed.
 */
async function planned(stack: StackTerraform, isRead: boolean): Promise<TerraformPlan> {
  await initialize(stack);
  const plan = await planOnce(stack, isRead);
  return keepAttributes(stack.cwd, plan) ? planOnce(stack, isRead) : plan;
}

async function planOnce(stack: StackTerraform, isRead: boolean): Promise<TerraformPlan> {
  const messages = await planInto(SAVED, WITHOUT_LOCK, stack);
  const isUnchanged = messages.some(({ planned }) => planned) && !messages.some(({ differs }) => differs);
  return isUnchanged && !isRead ? UNCHANGED : savedPlan(SAVED, stack);
}

function useUpstream(file: string, configuration: string, upstream: ReadonlyMap<string, Outputs>): void {
  writeFileSync(file, JSON.stringify(withUpstream(JSON.parse(configuration) as StackConfig, upstream)));
}
