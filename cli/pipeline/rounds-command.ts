import { Command } from "commander";
import { LabInputError } from "../../lab/errors";
import { applyOrder, applyRounds } from "../../preview/apply-order";
import { approvalIn } from "../approval-file";
import { guarded } from "../lab-guard";

/** As many as .github/workflows/apply-city.yml has: foundation and secrets, network, desktops and a gateway, the other gateway. */
const ROUNDS = 4;
/** GitHub's "Usage limits": a matrix makes at most 256 jobs. */
const MOST_JOBS = 256;

const ROUNDS_HELP = `
Prints what a job of GitHub Actions appends to its outputs: round_1 to round_${String(ROUNDS)}, each a JSON array of the stacks that are applied side
by side after those of the rounds before, and changes=true, or false where nothing was to be approved. Stacks of which nothing
changes are in none.

Exit codes: 0 done, 2 bad input, or more stacks in a round than a matrix takes.`;

/** `pipeline rounds`: the stacks of an approval in their order, for GitHub Actions. */
export function roundsCommand(): Command {
  return new Command("rounds")
    .description("the stacks that an approval changes, in rounds, as outputs of a job of GitHub Actions")
    .requiredOption("--approved <file>", "what 'npm run preview' wrote with --approval")
    .addHelpText("after", ROUNDS_HELP)
    .action(({ approved }: { readonly approved: string }) =>
      guarded(() => {
        for (const line of jobOutputs(applyRounds(applyOrder(approvalIn(approved))))) console.log(line);
      }),
    );
}

function jobOutputs(rounds: readonly (readonly string[])[]): string[] {
  if (rounds.length > ROUNDS)
    throw new LabInputError(`there are ${String(rounds.length)} rounds, and jobs for ${String(ROUNDS)}`);
  if (rounds.some(({ length }) => length > MOST_JOBS)) {
    throw new LabInputError(
      `a round has more than ${String(MOST_JOBS)} stacks, which is the most that a matrix of GitHub Actions takes: deploy the city's pools in several changes`,
    );
  }
  const outputs = Array.from(
    { length: ROUNDS },
    (_, index) => `round_${String(index + 1)}=${JSON.stringify(rounds[index] ?? [])}`,
  );
  return [...outputs, `changes=${String(rounds.length > 0)}`];
}
