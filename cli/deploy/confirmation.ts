import { count } from "../../environments/display";
import type { Ask } from "../../editing/add/given";
import { CommandError, InputError } from "../../runtime/errors";

/** What was confirmed on the command line. */
export interface Confirmed {
  /** Whether what destroys nothing is deployed without a question. */
  readonly yes: boolean;
  /** How many resources may be destroyed, exactly. @default - the person is asked */
  readonly destroys?: number;
}

/**
 * Has a deployment confirmed: on the command line, or by whoever sits at the terminal. What destroys resources needs their
 * number, so that nobody confirms by habit.
 * @param destroyed how many resources would be destroyed
 * @param asking asks the person; undefined where there is no terminal
 * @throws InputError where nobody can be asked, or another number was confirmed
 * @throws CommandError where the person does not confirm
 */
export async function confirm(
  destroyed: number,
  { yes, destroys }: Confirmed,
  asking: ((work: (ask: Ask) => Promise<string>) => Promise<string>) | undefined,
): Promise<void> {
  const what = destroyed === 0 ? "nothing is destroyed" : `${count(destroyed, "resource")} would be destroyed`;
  const option = destroyed === 0 ? "--yes" : `--destroys ${String(destroyed)}`;
  if (destroys !== undefined && destroys !== destroyed) {
    throw new InputError(`${what}, and not the ${String(destroys)} of --destroys: nothing was deployed`);
  }
  if (destroys === destroyed || (yes && destroyed === 0)) return;
  if (asking === undefined) throw new InputError(`${what}, and nobody is there to confirm it: ${option} does`);
  const [expected, question] =
    destroyed === 0
      ? ["yes", "Deploy this? Type yes: "]
      : [String(destroyed), `${what}. Type ${String(destroyed)} to deploy this: `];
  const answer = (await asking((ask) => ask(question))).trim();
  if (answer !== expected) throw new CommandError(`not confirmed: nothing was deployed`);
}
