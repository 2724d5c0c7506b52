import { Command } from "commander";
import { count } from "../environments/display";
import type { Unapproved } from "../preview/unapproved";
import { applyStack } from "./apply/apply-stack";
import type { Applied } from "./apply/apply-stack";
import { approvalIn } from "./approval-file";
import { environmentsOption } from "./city-command";
import { guarded } from "./lab-guard";
import { cliProgress } from "./lab-progress";
import { cityToLogIn } from "./login-hosts";
import { stackPlanning } from "./preview/stack-planning";
import { synthesizeInto } from "./preview/synthesized-stacks";

/** Something would happen that was not approved: nothing was applied. */
const REFUSED = 3;
const MOST_SHOWN = 50;

const APPLY_HELP = `
Plans the stack anew, against the states as they are and with its lock, and holds the plan against what 'npm run preview CITY
--approval FILE' wrote: every resource that it changes must have been approved with the same action, and each attribute with the
same value, but for those that only the apply could know. If it holds, that very plan is applied. If not, nothing is, and what
differs is named: preview and approve anew. What was approved and is not needed any more is no difference.

Logins are read from the variables that the providers read. Terraform is TERRAFORM_BINARY_NAME, or terraform. What else of the environment
it would obey is taken out and named; docs/guides/ci.md lists what it gets.

Exit codes: 0 applied, 3 something would happen that was not approved, 1 something failed, 2 bad input, 130 ended by Ctrl-C.`;

interface ApplyOptions {
  readonly approved: string;
  readonly environments: string;
}

/** `apply STACK --approved FILE`: what was approved, and nothing else. */
export function applyCommand(): Command {
  return new Command("apply")
    .description("Apply to a stack what was approved of its preview, and nothing else")
    .argument("<stack>", "a stack's name, such as milan-network; after those that it stands on")
    .requiredOption("--approved <file>", "what 'npm run preview' wrote with --approval")
    .addOption(environmentsOption())
    .addHelpText("after", APPLY_HELP)
    .action((stack: string, options: ApplyOptions) =>
      guarded(async (signal) => {
        const applied = await apply(stack, options, signal);
        for (const line of report(stack, applied)) console.error(line);
        if (applied.result === "refused") process.exitCode = REFUSED;
      }),
    );
}

function apply(stack: string, { approved, environments }: ApplyOptions, signal: AbortSignal): Promise<Applied> {
  const approval = approvalIn(approved);
  const city = cityToLogIn(environments, approval.city);
  const planning = stackPlanning("apply.out", signal);
  return cliProgress().step(`Apply ${stack}`, (say) => {
    say("synthesizing");
    synthesizeInto(planning.output, city);
    return applyStack(stack, approval.stacks[stack], planning, say);
  });
}

function report(stack: string, applied: Applied): string[] {
  if (applied.result === "applied") return [`${stack}: ${applied.summary}`];
  const { reason, differences } = applied;
  return [
    `${stack}: nothing was applied: ${reason}`,
    ...differences.slice(0, MOST_SHOWN).map((difference) => `  ${described(difference)}`),
    ...(differences.length > MOST_SHOWN ? [`  and ${count(differences.length - MOST_SHOWN, "more")}`] : []),
    "Preview the city anew, and have that approved.",
  ];
}

function described({ address: itself, deposed, action, approved, attributes }: Unapproved): string {
  const address = deposed === undefined ? itself : `${itself} (left over, ${deposed})`;
  if (attributes.length > 0) return `${address}: ${action}, other than approved in ${attributes.join(", ")}`;
  return `${address}: ${action}, ${approved === undefined ? "not approved" : `approved to ${approved}`}`;
}
