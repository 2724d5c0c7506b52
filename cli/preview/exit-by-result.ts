import { EXIT } from "../exit-code";
import { guarded } from "../lab-guard";

/**
 * Runs a command whose exit code says what it found. 2 says that something would change or has drifted, so a wrong file or option,
 * for which other commands end with 2, ends with 1 here.
 */
export async function exitByResult<R extends string>(
  codes: Readonly<Record<R, number>>,
  command: (signal: AbortSignal) => Promise<R>,
): Promise<void> {
  let result: R | undefined;
  await guarded(async (signal) => {
    result = await command(signal);
  });
  if (result !== undefined) process.exitCode = codes[result];
  else if (process.exitCode === EXIT.badInput) process.exitCode = EXIT.failure;
}
