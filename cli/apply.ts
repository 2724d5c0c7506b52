import { Command, InvalidArgumentError } from "commander";
import { count } from "../environments/display";
import { stepsAmong } from "../preview/apply-order";
import type { Outcome } from "../terraform/apply-in-order";
import { ENDING, lockTimeoutOption } from "./apply/apply-options";
import { applySteps } from "./apply/apply-steps";
import { outcomeCode, outcomeReport } from "./apply/outcome-report";
import { approvalIn } from "./approval-file";
import { environmentsOption } from "./city-command";
import type { Ending } from "./ending";
import { fileToLogIn } from "./login-hosts";
import { withStackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesize";
import { cliProgress } from "./progress";
import { runCommand } from "./run-command";

const APPLY_HELP = `
Plans each stack again, with a lock on its current state, and compares the plan with the approval that 'npm run preview CITY
--approval FILE' wrote: every changed resource must be approved with the same action, and each attribute with the same value,
except for values that are unknown before the apply. A plan that would cost a machine the virtual TPM that somebody gave it since the
preview is refused too, and so is one that creates a machine under a name that vCenter has already, in no state: see 'npm run clones';
and one that would replace, restart or remove seats of a pool at another time than the windows of its maintenance.
If everything is approved, exactly this plan is applied. If not, the stack
is left alone and the differences are listed: preview and approve again. An approved change that is no longer needed is no
difference.

After a gateway's stack it has the gateway load its rules in place, confirms them over a new connection, has it restart where its
configuration changed, and goes on only once it carries, as 'npm run gateways' does.

Without a stack it applies every stack with approved changes, up to four at a time, each after its dependencies; of those that are named
too, one comes after another that it stands on. Over all of them no more machines are cloned at a time than
platform.vsphere.clonesAtATime says, or --clones, where other jobs apply other stacks at the same time. A running stack is finished; a
stack whose dependency was not applied is left alone. A lock that somebody else holds on a state is waited for. A second run continues
where the first one ended.

Logins come from the providers' own variables. In a CI job without VAULT_TOKEN the job's identity logs in to Vault for each stack,
in the role apply, for less than an hour. The program is TERRAFORM_BINARY_NAME, or terraform. Other variables that Terraform would
obey are removed and listed; docs/guides/ci.md has those that it gets.

Exit codes: 0 applied, 1 something failed, 3 a change is not approved, 2 bad input, 130 ended by Ctrl-C.`;

interface ApplyOptions {
  readonly approved: string;
  readonly clones?: number;
  readonly environments: string;
  readonly lockTimeout: string;
}

/** `apply [STACK...] --approved FILE`: applies the approved plans and nothing else. */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Apply the approved changes of a city's stacks, or of some of them, and nothing else")
    .argument(
      "[stack...]",
      "names of stacks, such as milan-network, whose other dependencies are applied; by default all",
    )
    .requiredOption("--approved <file>", "the approval that 'npm run preview' wrote with --approval")
    .option(
      "--clones <number>",
      "machines cloned at a time, at most what the file says, as it does by default",
      wholeNumber,
    )
    .addOption(environmentsOption())
    .addOption(lockTimeoutOption())
    .addHelpText("after", APPLY_HELP)
    .action((stacks: string[], options: ApplyOptions) =>
      runCommand(async (signal, forced) => {
        const outcomes = await apply(stacks, options, { signal, forced });
        for (const line of outcomeReport(outcomes)) console.error(line);
        signal.throwIfAborted();
        process.exitCode = outcomeCode(outcomes);
      }, ENDING),
    );
}

/** @throws InvalidArgumentError for anything but a number of at least 1 */
function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A number of at least 1 is allowed.");
}

function apply(
  named: readonly string[],
  { approved, environments, lockTimeout, clones }: ApplyOptions,
  { signal, forced }: Pick<Ending, "signal" | "forced">,
): Promise<Map<string, Outcome>> {
  const approval = approvalIn(approved);
  const file = fileToLogIn(environments, approval.city);
  const steps = stepsAmong(approval, named);
  return withStackPlanning("apply.out", signal, (planning) =>
    cliProgress().step(`Apply ${named.length === 1 ? named.join("") : count(steps.length, "stack")}`, async (say) => {
      say("synthesizing");
      await synthesizeInto(planning.output, file.deployed);
      const tell = (name: string, { result }: Outcome): void => {
        say(`${name}: ${result}`);
      };
      return applySteps(approval, steps, { file, planning: { ...planning, forced }, say, tell, lockTimeout, clones });
    }),
  );
}
