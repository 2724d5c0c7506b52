import type { DeployedFile } from "../../environments/deployed";
import type { DeployedCity } from "../../environments/model/city";
import type { Approval, ApprovedStack } from "../../preview/approval";
import type { ApplyStep } from "../../preview/apply-order";
import { approvedClones } from "../../preview/approved-clones";
import { maintenanceRefusal } from "../../preview/disturbed-seats";
import type { Say } from "../../runtime/progress";
import { applyInOrder } from "../../terraform/apply-in-order";
import type { Outcome } from "../../terraform/apply-in-order";
import { applyStack } from "../../terraform/apply-stack";
import type { Applied, ApplyWatch, PartApplied, Veto } from "../../terraform/apply-stack";
import { CloneBudget } from "../../terraform/clone-budget";
import type { Planning } from "../../terraform/plan-stack";
import { bringUp } from "../gateways/bring-up";
import type { BringUp } from "../gateways/bring-up";
import { cityGateways, gatewayLogin, gatewayStacks } from "../gateways/city-gateways";
import type { PairedGateway } from "../gateways/city-gateways";
import { labOverlay } from "../named-city";
import { isWithIdentity } from "../pipeline/job-identity";
import { jobLogin } from "../pipeline/job-login";
import { lostTpms } from "../preview/lost-tpms";
import { strayRefusal } from "../preview/without-strays";
import { Draining } from "./draining";
import { drainWorld } from "./drain-world";
import { rolloutRefusals } from "./rollout-refusals";

/** How the stacks of a city are applied. */
export interface ApplyWork {
  readonly file: DeployedFile;
  readonly planning: Planning & { readonly signal: AbortSignal };
  readonly say: Say;
  /** Machines cloned at a time, where the file allows as many. @default - what the file says */
  readonly clones?: number | undefined;
  /** Stacks at a time. @default - as many as one vCenter takes */
  readonly sideBySide?: number | undefined;
  /** How long a state's lock is waited for, as Terraform takes it: `5m`. @default - 5 minutes */
  readonly lockTimeout?: string | undefined;
  /** Gets each outcome as it comes. @default - nobody does */
  readonly tell?: (stack: string, outcome: Outcome) => void;
  /** Called once a stack is applied. @default - nothing */
  readonly after?: (stack: string) => Promise<void>;
}

/**
 * Plans stacks again and applies what was approved, in their order: within the budget of clones, and each gateway brought
 * up before what comes after it. The stacks are synthesized already.
 */
export async function applySteps(
  approval: Approval,
  steps: readonly ApplyStep[],
  work: ApplyWork,
): Promise<Map<string, Outcome>> {
  const { file, planning, say, tell, sideBySide, lockTimeout } = work;
  const { clonesAtATime } = file.deployed.platform.vsphere;
  const { signal } = planning;
  const gateways = gatewaysAmong(steps, file);
  const veto = vetoOf(file.deployed, await rolloutRefusals(file.deployed, approval), signal);
  const budget = new CloneBudget(Math.min(work.clones ?? clonesAtATime, clonesAtATime));
  const draining = new Draining(file.deployed, drainWorld(file.deployed, areAnswered(), signal));
  const turnOf: ApplyWatch["turnOf"] = (stack, plan) => draining.turnOf(stack, plan);
  const one = async (name: string): Promise<Applied> => {
    const ownSay = saying(say, name);
    const approved = approval.stacks[name];
    const pass = (): Promise<Applied | PartApplied> =>
      withinBudget(budget, approved, { signal, say: ownSay }, async (atATime) =>
        applyStack(name, approved, await loggedIn(planning, file), { say: ownSay, veto, turnOf, atATime, lockTimeout }),
      );
    const applied = await inTurns(pass, { stack: name, draining, say: ownSay });
    const carried = await withGateway(applied, gateways.get(name), { signal, say: ownSay });
    if (carried.result === "applied") await work.after?.(name);
    return carried;
  };
  return applyInOrder(steps, one, signal, tell, sideBySide);
}

/** What no plan shows, or may have changed since the preview. @param stopped stacks that take a rollout further that should stop */
function vetoOf(city: DeployedCity, stopped: ReadonlyMap<string, string>, signal: AbortSignal): Veto {
  return async (stack, plan) =>
    stopped.get(stack) ??
    maintenanceRefusal(city, { stack, plan }, new Date()) ??
    (await lostTpms(city, stack, plan, signal)) ??
    strayRefusal(city, stack, plan);
}

function saying(say: Say, stack: string): Say {
  return (line) => {
    say(`${stack}: ${line}`);
  };
}

/** Applies a stack part by part, as its seats become free. While it waits others may clone. */
async function inTurns(
  pass: () => Promise<Applied | PartApplied>,
  { stack, draining, say }: { readonly stack: string; readonly draining: Draining; readonly say: Say },
): Promise<Applied> {
  try {
    for (;;) {
      const applied = await pass();
      if (applied.result !== "part") return applied;
      await draining.wait(stack, say);
    }
  } finally {
    await draining.release(stack);
  }
}

/** Applies a stack once its clones may run, and logs in after that: a job's login is for less than an hour. */
function withinBudget(
  budget: CloneBudget,
  approved: ApprovedStack | undefined,
  { signal, say }: Pick<BringUp, "signal" | "say">,
  work: (atATime: number | undefined) => Promise<Applied | PartApplied>,
): Promise<Applied | PartApplied> {
  const clones = approvedClones(approved);
  if (clones > 0) say("waiting until it may clone");
  return budget.within(clones, signal, work);
}

/** Whether machines run guests: in the lab nobody waits for those that do not exist. */
function areAnswered(): boolean {
  const overlay = labOverlay();
  return overlay === undefined || overlay.guests === true;
}

/** The gateways whose stacks are applied, by stack. */
function gatewaysAmong(steps: readonly ApplyStep[], { deployed }: DeployedFile): Map<string, PairedGateway> {
  const names = gatewayStacks(deployed);
  if (!areAnswered()) return new Map();
  if (!steps.some(({ stack }) => names.includes(stack))) return new Map();
  return new Map(cityGateways(deployed, gatewayLogin(deployed)).map((paired) => [paired.gateway.name, paired]));
}

/** Has the gateway of an applied stack carry what was applied. @throws CommandError where it does not */
async function withGateway(
  applied: Applied,
  paired: PairedGateway | undefined,
  work: Pick<BringUp, "signal" | "say">,
): Promise<Applied> {
  if (paired === undefined || applied.result !== "applied") return applied;
  return { ...applied, summary: `${applied.summary}; ${await bringUp({ ...paired, ...work })}` };
}

/**
 * Uses a login of its own where the job's identity gives one. Terraform does not get the identity: none of its
 * variables is passed on.
 */
async function loggedIn<P extends Planning>(planning: P, { deployed, placeOf }: DeployedFile): Promise<P> {
  if (!isWithIdentity(process.env) || (process.env.VAULT_TOKEN ?? "") !== "") return planning;
  const token = await jobLogin(deployed, placeOf, "apply");
  planning.redactor.add(token);
  return { ...planning, env: { ...planning.env, VAULT_TOKEN: token } };
}
