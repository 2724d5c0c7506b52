import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../runtime/errors";
import type { Say } from "../runtime/progress";
import type { TerraformMessage } from "./message";
import { configurationDigest } from "../preview/approval";
import type { ApprovedStack } from "../preview/approval";
import { requireOwnState } from "../preview/state-owner";
import { PlanError } from "../preview/terraform-plan";
import type { TerraformPlan } from "../preview/terraform-plan";
import { unapproved } from "../preview/unapproved";
import type { Unapproved } from "../preview/unapproved";
import { initializeWithState } from "./first-state";
import { planPart } from "./partial-plan";
import type { Planning } from "./plan-stack";
import { inOneSession } from "./one-session";
import { synthesizedStacks } from "./manifest";
import { holderIn } from "./state-error";
import { CONFIG, keepAttributes, planInto, savedPlan, terraform } from "./stack";
import type { StackTerraform } from "./stack";

/** Outcome for one stack. */
export type Applied =
  | {
      readonly result: "applied";
      /** Terraform's summary: how many resources were added, changed, destroyed. */
      readonly summary: string;
    }
  | {
      readonly result: "refused";
      readonly reason: string;
      /** Planned changes that were not approved; empty where the stack was not planned. */
      readonly differences: readonly Unapproved[];
    }
  | {
      /** It was not begun, or is not done: the next deployment goes on with it. */
      readonly result: "left";
      readonly reason: string;
      /** Whether a part may have been applied. @default false */
      readonly isPart?: true;
    };

/**
 * What of a plan may be applied now. `waiting`: addresses of machines that are left out for now; `wait`: nothing yet; `left`: the rest
 * is left to another deployment, and why.
 */
export type Turn = "wait" | { readonly waiting: ReadonlySet<string> } | { readonly left: string };

/** What is asked of a plan beside its approval. @returns why it is refused; undefined where it may be applied */
export type Veto = (stack: string, plan: TerraformPlan) => Promise<string | undefined>;

/** How a stack is applied. */
export interface ApplyWatch {
  readonly say: Say;
  /** Asked just before the apply: what no plan shows may have changed since the preview. */
  readonly veto: Veto;
  /** Asked just before the apply too. @default - all of it may be applied */
  readonly turnOf?: ((stack: string, plan: TerraformPlan) => Promise<Turn>) | undefined;
  /** Resources that are changed at a time. @default - Terraform's 10 */
  readonly atATime?: number | undefined;
  /** How long a lock that somebody else holds is waited for, as Terraform takes it: `5m`. @default LOCK_TIMEOUT */
  readonly lockTimeout?: string | undefined;
}

/** A job that is just ending may still hold the state's lock. */
export const LOCK_TIMEOUT = "5m";

const SAVED = "approved.tfplan";
/** Terraform waits for running operations, such as a clone, before it writes the state and ends. */
const GRACE_MS = 30 * 60_000;
const SUMMARY = /^Apply complete! (Resources: .*)\.$/;

/** At most a part of a stack was applied: it is its turn again later. */
export interface PartApplied {
  readonly result: "part";
}

/**
 * Plans a synthesized stack against the current states, and applies that plan if everything in it was approved, or that part of it
 * whose turn it is.
 * @param approved the stack's approval; undefined where there is none
 * @throws CommandError with Terraform's errors
 */
export async function applyStack(
  stack: string,
  approved: ApprovedStack | undefined,
  planning: Planning,
  watch: ApplyWatch,
): Promise<Applied | PartApplied> {
  if (approved === undefined) return refused("the approval does not have it");
  const names = synthesizedStacks(planning.output).map(({ name }) => name);
  if (!names.includes(stack)) return refused(`no file declares it; there are ${names.join(", ")}`);
  const cwd = join(planning.output, "stacks", stack);
  if (configurationDigest(readFileSync(join(cwd, CONFIG), "utf8")) !== approved.configuration) {
    return refused("its file declares something else than what was approved");
  }
  return inOneSession({ ...planning, stack }, (own) => planAndApply(cwd, approved, own, watch));
}

function refused(reason: string, differences: readonly Unapproved[] = []): Applied {
  return { result: "refused", reason, differences };
}

async function planAndApply(
  cwd: string,
  approved: ApprovedStack,
  { stack, ...planning }: Planning & { readonly stack: string },
  { say, veto, turnOf, atATime, lockTimeout = LOCK_TIMEOUT }: ApplyWatch,
): Promise<Applied | PartApplied> {
  mkdirSync(planning.logs, { recursive: true });
  const terraformFor = (what: string): StackTerraform => {
    const logFile = join(planning.logs, `${stack}-${what}.log`);
    return { ...planning, command: planning.terraform, cwd, logFile, graceMs: GRACE_MS };
  };
  try {
    say("planning");
    await initializeWithState(terraformFor("init"), approved.lock);
    const plan = await wholePlan(stack, terraformFor("plan"), { say, lockTimeout });
    const refusal = await refusalOf(stack, plan, approved, veto);
    if (refusal !== undefined) return refusal;
    const turn = (await turnOf?.(stack, plan)) ?? { waiting: new Set() };
    if (turn === "wait") return { result: "part" };
    if ("left" in turn) return { result: "left", reason: turn.left, isPart: true };
    const isPart = turn.waiting.size > 0;
    const part = { plan, approved, ...turn, lock: lockedFor(lockTimeout) };
    if (isPart) await planPart(SAVED, part, terraformFor("plan"));
    say(isPart ? "applying what is free" : "applying");
    const ended = await terraform(applying(lockTimeout, atATime), { ...terraformFor("apply"), say });
    return isPart ? { result: "part" } : { result: "applied", summary: summaryOf(ended) };
  } finally {
    rmSync(join(cwd, SAVED), { force: true });
  }
}

/** Why a plan is not applied; undefined where it may be. */
async function refusalOf(
  stack: string,
  plan: TerraformPlan,
  approved: ApprovedStack,
  veto: Veto,
): Promise<Applied | undefined> {
  const differences = unapproved(approved, plan);
  if (differences.length > 0) return refused("it would not be what was approved", differences);
  const reason = await veto(stack, plan);
  return reason === undefined ? undefined : refused(reason);
}

function applying(lockTimeout: string, atATime: number | undefined): string[] {
  const bound = atATime === undefined ? [] : [`-parallelism=${String(atATime)}`];
  return ["apply", "-input=false", lockedFor(lockTimeout), ...bound, SAVED];
}

function lockedFor(time: string): string {
  return `-lock-timeout=${time}`;
}

/** The complete current plan of the stack. @throws CommandError where Terraform may not plan everything */
async function wholePlan(stack: string, terraform: StackTerraform, waiting: Waiting): Promise<TerraformPlan> {
  try {
    const planned = async (): Promise<TerraformPlan> => {
      await planWithLock(terraform, waiting);
      return savedPlan(SAVED, terraform);
    };
    const plan = await planned();
    requireOwnState(stack, plan);
    return keepAttributes(terraform.cwd, plan) ? await planned() : plan;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new CommandError(`nothing was applied to ${stack}: ${error.message}`, terraform.logFile);
  }
}

type Waiting = Pick<ApplyWatch, "say"> & { readonly lockTimeout: string };

/** Terraform waits for a lock without a word on who holds it: so it is asked once without waiting. */
async function planWithLock(terraform: StackTerraform, { say, lockTimeout }: Waiting): Promise<void> {
  try {
    await planInto(SAVED, [lockedFor("0s")], terraform);
  } catch (error) {
    const holder = error instanceof CommandError ? holderIn(error.message) : undefined;
    if (holder === undefined) throw error;
    say(`waiting up to ${lockTimeout} for its lock, which is held by ${holder}`);
    await planInto(SAVED, [lockedFor(lockTimeout)], terraform);
  }
}

function summaryOf(messages: readonly TerraformMessage[]): string {
  return messages.flatMap(({ text }) => SUMMARY.exec(text)?.[1] ?? []).at(-1) ?? "done";
}
