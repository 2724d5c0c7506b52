import { Command } from "commander";
import { count } from "../environments/display";
import type { DeployedFile } from "../environments/deployed";
import { applyOrder } from "../preview/apply-order";
import { applyInOrder } from "../terraform/apply-in-order";
import type { Outcome } from "../terraform/apply-in-order";
import { applyStack } from "../terraform/apply-stack";
import type { Applied } from "../terraform/apply-stack";
import { outcomeCode, outcomeReport } from "./apply/outcome-report";
import { approvalIn } from "./approval-file";
import { environmentsOption } from "./city-command";
import { runCommand } from "./run-command";
import { cliProgress } from "./progress";
import { fileToLogIn } from "./login-hosts";
import { isWithIdentity } from "./pipeline/job-identity";
import { jobLogin } from "./pipeline/job-login";
import type { Planning } from "../terraform/plan-stack";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";

const APPLY_HELP = `
Plans each stack anew, against the states as they are and with its lock, and holds the plan against what 'npm run preview CITY
--approval FILE' wrote: every resource that it changes must have been approved with the same action, and each attribute with the
same value, but for those that only the apply could know. If it holds, that very plan is applied. If not, nothing is, and what
differs is named: preview and approve anew. What was approved and is not needed any more is no difference.

Without a stack every stack is applied of which something was approved, up to four side by side, each after those that it stands on.
What has begun is brought to its end; what stands on a stack that was not applied is left as it is. Done again, it goes on where it ended.

Logins are read from the variables that the providers read. In a CI job without VAULT_TOKEN the job's identity logs in to Vault for each
stack, in the role apply: a login ends within the hour. Terraform is TERRAFORM_BINARY_NAME, or terraform. What else of the environment
it would obey is taken out and named; docs/guides/ci.md lists what it gets.

Exit codes: 0 applied, 1 something failed, 3 something would happen that was not approved, 2 bad input, 130 ended by Ctrl-C.`;

interface ApplyOptions {
  readonly approved: string;
  readonly environments: string;
}

/** `apply [STACK] --approved FILE`: applies the approved plans and nothing else. */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Apply to a city's stacks, or to one of them, what was approved of its preview, and nothing else")
    .argument("[stack]", "a stack's name, such as milan-network, after those that it stands on; by default all")
    .requiredOption("--approved <file>", "what 'npm run preview' wrote with --approval")
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
    cliProgress().step(`Apply ${stack ?? count(steps.length, "stack")}`, (say) => {
      say("synthesizing");
      synthesizeInto(planning.output, file.deployed);
      const one = async (name: string): Promise<Applied> =>
        applyStack(name, approval.stacks[name], await loggedIn(planning, file), (line) => {
          say(`${name}: ${line}`);
        });
      return applyInOrder(steps, one, signal, (name, { result }) => {
        say(`${name}: ${result}`);
      });
    }),
  );
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
