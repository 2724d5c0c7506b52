import { availableParallelism } from "node:os";
import type { DeployedFile } from "../../environments/deployed";
import { approvalOf } from "../../preview/approval";
import type { Approval } from "../../preview/approval";
import { applyOrder } from "../../preview/apply-order";
import { approvedClones } from "../../preview/approved-clones";
import type { Say } from "../../runtime/progress";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { Outcome } from "../../terraform/apply-in-order";
import type { StackNode } from "../../terraform/manifest";
import { planCity } from "../../terraform/plan-city";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { stateId } from "../../terraform/state-id";
import { applySteps } from "../apply/apply-steps";
import { synthesizeInto } from "../preview/synthesize";
import { withoutLostTpms } from "../preview/lost-tpms";
import { withoutStrays } from "../preview/without-strays";
import { DeployProgress } from "./deploy-progress";
import type { DeploymentRecord, RecordedStack, RecordFile } from "./deployment-record";

/** A deployment of stacks of a city. */
export interface Deployment {
  readonly file: DeployedFile;
  readonly planning: Planning & { readonly signal: AbortSignal };
  readonly record: RecordFile;
  /** The SHA-256 of each synthesized stack, by stack. */
  readonly digests: ReadonlyMap<string, string>;
  /** What an earlier deployment did that this one resumes. @default - none */
  readonly done?: DeploymentRecord["stacks"] | undefined;
  /** Stacks at a time. */
  readonly parallelism: number;
  readonly lockTimeout: string;
}

/** Plans stacks as a preview does; those that would make a machine of a name that is taken, or lose a TPM, are failures. */
export async function planned(
  { file: { deployed }, planning }: Pick<Deployment, "file" | "planning">,
  stacks: readonly StackNode[],
  say: Say,
): Promise<StackResult[]> {
  const plans = await planCity(stacks, planning, say);
  return withoutStrays(deployed, await withoutLostTpms(deployed, plans, planning.signal));
}

/**
 * Applies what was planned, and records after each stack how far it came. Once all is done there is no record.
 * @returns the outcome of each stack with changes
 */
export async function applied(
  deployment: Deployment,
  results: readonly StackResult[],
  say: Say,
): Promise<Map<string, Outcome>> {
  const { file, planning, record } = deployment;
  const plans = results.flatMap((result) => ("plan" in result ? [result] : []));
  const approval = approvalOf(file.deployed.city.id, plans);
  const steps = applyOrder(approval);
  say("noting the states");
  const noting = await Noting.begin(deployment, approval, new Set(steps.map(({ stack }) => stack)));
  // Plans put other stacks' planned outputs into the synthesized ones.
  await synthesizeInto(planning.output, file.deployed);
  const machines = steps.reduce((sum, { stack }) => sum + approvedClones(approval.stacks[stack]), 0);
  const progress = new DeployProgress({ stacks: steps.length, machines }, say);
  const outcomes = await applySteps(approval, steps, {
    ...{ file, planning, sideBySide: deployment.parallelism, lockTimeout: deployment.lockTimeout },
    say: (line) => {
      progress.line(line);
    },
    tell: (stack, { result }) => {
      progress.ended(stack, result);
    },
    after: (stack) => noting.done(stack),
  });
  if (steps.every(({ stack }) => outcomes.get(stack)?.result === "applied")) record.remove();
  return outcomes;
}

/** Notes how far a deployment came. */
class Noting {
  private readonly started = new Date().toISOString();

  private constructor(
    private readonly deployment: Deployment,
    private readonly stacks: DeploymentRecord["stacks"],
  ) {}

  /** Before the first apply: stacks that do not change are done as they are. */
  public static async begin(
    deployment: Deployment,
    approval: Approval,
    changing: ReadonlySet<string>,
  ): Promise<Noting> {
    const noting = new Noting(deployment, { ...deployment.done });
    for (const stack of Object.keys(approval.stacks)) noting.stacks[stack] = noting.open(stack);
    const idle = Object.keys(approval.stacks).filter((stack) => !changing.has(stack));
    await mapConcurrently(idle, availableParallelism(), deployment.planning.signal, (stack) => noting.note(stack));
    noting.write();
    return noting;
  }

  /** After a stack was applied. */
  public async done(stack: string): Promise<void> {
    await this.note(stack);
    this.write();
  }

  private async note(stack: string): Promise<void> {
    const state = await stateId(stack, this.deployment.planning);
    this.stacks[stack] = { ...this.open(stack), done: { state } };
  }

  private open(stack: string): RecordedStack {
    return { configuration: this.deployment.digests.get(stack) ?? "" };
  }

  private write(): void {
    this.deployment.record.write(this.started, this.stacks);
  }
}
