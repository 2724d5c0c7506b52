import { EXIT } from "../runtime/exit-code";
import { runCommand } from "./run-command";

/**
 * Runs a command that has its own exit codes. Its 2 means that there are changes or drift; so a wrong file or option,
 * for which other commands exit with 2, exits with 1 here.
 */
export async function exitByCode(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  let code: number | undefined;
  await runCommand(async (signal) => {
    code = await command(signal);
  });
  if (code !== undefined) process.exitCode = code;
  else if (process.exitCode === EXIT.badInput) process.exitCode = EXIT.failure;
}
