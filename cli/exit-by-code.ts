import { EXIT } from "./exit-code";
import { runCommand } from "./run-command";

/**
 * Runs a command that ends with a code of its own. Its 2 says that something would change or has drifted, so a wrong file or option,
 * for which other commands end with 2, ends with 1 here.
 */
export async function exitByCode(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  let code: number | undefined;
  await runCommand(async (signal) => {
    code = await command(signal);
  });
  if (code !== undefined) process.exitCode = code;
  else if (process.exitCode === EXIT.badInput) process.exitCode = EXIT.failure;
}
