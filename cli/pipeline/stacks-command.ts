import { Command } from "commander";
import { applyOrder } from "../../preview/apply-order";
import { approvalIn } from "../approval-file";
import { runCommand } from "../run-command";

const STACKS_HELP = `
Prints the stacks with approved changes, a line each, after their dependencies; nothing where there is nothing to apply.
'npm run apply' without a stack applies them in that order.

Exit codes: 0 done, 2 bad input.`;

/** `pipeline stacks`: the stacks that an approval changes; without any, a GitHub Actions job asks for no approval. */
export function stacksCommand(): Command {
  return new Command("stacks")
    .description("the stacks that an approval changes, in an order in which they can be applied")
    .requiredOption("--approved <file>", "the approval that 'npm run preview' wrote with --approval")
    .addHelpText("after", STACKS_HELP)
    .action(({ approved }: { readonly approved: string }) =>
      runCommand(() => {
        for (const { stack } of applyOrder(approvalIn(approved))) console.log(stack);
      }),
    );
}
