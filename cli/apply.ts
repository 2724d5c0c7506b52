import { Command } from "commander";
import { count } from "../environments/display";
import type { DeployedFile } from "../environments/deployed";
import { applyOrder } from "../preview/apply-order";
import type { ApprovedStack } from "../preview/approval";
import type { ApplyStep } from "../preview/apply-order";
import { approvedClones } from "../preview/approved-clones";
import { applyInOrder } from "../terraform/apply-in-order";
import type { Outcome } from "../terraform/apply-in-order";
import { CloneBudget } from "../terraform/clone-budget";
import { applyStack } from "../terraform/apply-stack";
import type { Applied, Veto } from "../terraform/apply-stack";
import { outcomeCode, outcomeReport } from "./apply/outcome-report";
import { approvalIn } from "./approval-file";
import { environmentsOption } from "./city-command";
import { bringUp } from "./gateways/bring-up";
import type { BringUp } from "./gateways/bring-up";
import { cityGateways, gatewayLogin, gatewayStacks } from "./gateways/city-gateways";
import type { PairedGateway } from "./gateways/city-gateways";
import { labOverlay } from "./named-city";
import { runCommand } from "./run-command";
import { cliProgress } from "./progress";
import { fileToLogIn } from "./login-hosts";
import { isWithIdentity } from "./pipeline/job-identity";
import { jobLogin } from "./pipeline/job-login";
import type { Say } from "../runtime/progress";
import type { Planning } from "../terraform/plan-stack";
import { strayRefusal } from "./preview/without-strays";
import { lostTpms } from "./preview/lost-tpms";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";

const APPLY_HELP = `
Plans each stack again, with a lock on its current state, and compares the plan with the approval that 'npm run preview CITY
--approval FILE' wrote: every changed resource must be approved with the same action, and each attribute with the same value,
except for values that are unknown before the apply. A plan that would cost a machine the virtual TPM that somebody gave it since the
preview is refused too, and so is one that creates a machine under a name that vCenter has already, in no state: see 'npm run clones'.
If everything is approved, exactly this plan is applied. If not, the stack
is left alone and the differences are listed: preview and approve again. An approved change that is no longer needed is no
difference.

After a gateway's stack it has the gateway load its rules in place, confirms them over a new connection, has it restart where its
configuration changed, and goes on only once it carries, as 'npm run gateways' does.

Without a stack it applies every stack with approved changes, up to four at a time, each after its dependencies. Over all of them no
more machines are cloned at a time than platform.vsphere.clonesAtATime says. A running stack is finished; a stack whose dependency
was not applied is left alone. A second run continues where the first one ended.

Logins come from the providers' own variables. In a CI job without VAULT_TOKEN the job's identity logs in to Vault for each stack,
in the role apply, for less than an hour. The program is TERRAFORM_BINARY_NAME, or terraform. Other variables that Terraform would
obey are removed and listed; docs/guides/ci.md has those that it gets.

Exit codes: 0 applied, 1 something failed, 3 a change is not approved, 2 bad input, 130 ended by Ctrl-C.`;

interface ApplyOptions {
  readonly approved: string;
  readonly environments: string;
}

/** `apply [STACK] --approved FILE`: applies the approved plans and nothing else. */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Apply the approved changes of a city's stacks, or of one of them, and nothing else")
    .argument("[stack]", "a stack's name, such as milan-network, whose dependencies are applied; by default all")
    .requiredOption("--approved <file>", "the approval that 'npm run preview' wrote with --approval")
    .addOption(environmentsOption())
    .addHelpText("after", APPLY_HELP)
    .action((stack: string | undefined, options: ApplyOptions) =>
      runCommand(async (signal) => {
        const outcomes = await apply(stack, options, signal);
        for (const line of outcomeReport(outcomes)) console.error(line);
        signal.throwIfAborted();
        process.exitCode = outcomeCode(outcomes);
      }),
    );
}

function apply(
  stack: string | undefined,
  { approved, environments }: ApplyOptions,
  signal: AbortSignal,
): Promise<Map<string, Outcome>> {
  const approval = approvalIn(approved);
  const file = fileToLogIn(environments, approval.city);
  const steps = stack === undefined ? applyOrder(approval) : [{ stack, after: [] }];
  return withStackPlanning("apply.out", signal, (planning) =>
    cliProgress().step(`Apply ${stack ?? count(steps.length, "stack")}`, async (say) => {
      say("synthesizing");
      await synthesizeInto(planning.output, file.deployed);
      const gateways = gatewaysAmong(steps, file);
      const veto: Veto = async (name, plan) =>
        (await lostTpms(file.deployed, name, plan, signal)) ?? strayRefusal(file.deployed, name, plan);
      const budget = new CloneBudget(file.deployed.platform.vsphere.clonesAtATime);
      const one = async (name: string): Promise<Applied> => {
        const tell = saying(say, name);
        const approved = approval.stacks[name];
        const applied = await withinBudget(budget, approved, { signal, say: tell }, async (atATime) =>
          applyStack(name, approved, await loggedIn(planning, file), { say: tell, veto, atATime }),
        );
        return withGateway(applied, gateways.get(name), { signal, say: tell });
      };
      return applyInOrder(steps, one, signal, (name, { result }) => {
        say(`${name}: ${result}`);
      });
    }),
  );
}

function saying(say: Say, stack: string): Say {
  return (line) => {
    say(`${stack}: ${line}`);
  };
}

/** Applies a stack once its clones may run, and logs in after that: a job's login is for less than an hour. */
function withinBudget(
  budget: CloneBudget,
  approved: ApprovedStack | undefined,
  { signal, say }: Pick<BringUp, "signal" | "say">,
  work: (atATime: number | undefined) => Promise<Applied>,
): Promise<Applied> {
  const clones = approvedClones(approved);
  if (clones > 0) say("waiting until it may clone");
  return budget.within(clones, signal, work);
}

/** The gateways whose stacks are applied, by stack. In the lab nobody waits for guests that do not exist. */
function gatewaysAmong(steps: readonly ApplyStep[], { deployed }: DeployedFile): Map<string, PairedGateway> {
  const names = gatewayStacks(deployed);
  const overlay = labOverlay();
  if (overlay !== undefined && overlay.guests !== true) return new Map();
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
