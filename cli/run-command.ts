import { prettifyError, ZodError } from "zod";
import { EnvironmentError } from "../environments/violation";
import { CommandError, InputError, Interrupted } from "../runtime/errors";
import { commandName, failureText, stopOnFailure } from "../runtime/failure";
import { VaultError } from "../vault/client";
import { EXIT } from "../runtime/exit-code";
import { Ending, STOPPING } from "./ending";
import type { EndingWords } from "./ending";

const TAIL_LINES = 20;

/**
 * Runs a command with an abort signal for Ctrl-C, SIGTERM and a closed terminal, and turns errors into a message and an
 * exit code. The command returns after everything was stopped; nothing here exits the process.
 * @param command gets a second signal too: for Ctrl-C or SIGTERM again, where it is to wait for nothing any more
 * @param words what is said at the signals
 */
export async function runCommand(
  command: (signal: AbortSignal, forced: AbortSignal) => Promise<void> | void,
  words: EndingWords = STOPPING,
): Promise<void> {
  const ending = new Ending(words);
  const forget = stopOnFailure(() => {
    ending.ask();
  });
  const deafen = ending.listen();
  try {
    await command(ending.signal, ending.forced);
  } catch (error) {
    const explained = explain(error);
    process.exitCode = ending.signal.aborted ? ending.exitCode : explained;
  } finally {
    deafen();
    forget();
  }
}

/** Prints an error to standard error and returns its exit code. An interruption was printed before. */
export function explain(error: unknown): number {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(explain);
    return codes[0] ?? EXIT.failure;
  }
  if (error instanceof Interrupted) return EXIT.interrupted;
  if (error instanceof EnvironmentError || error instanceof InputError) {
    console.error(error.message);
    return EXIT.badInput;
  }
  if (error instanceof CommandError) showLog(error);
  else console.error(unforeseen(error));
  return EXIT.failure;
}

function showLog(error: CommandError): void {
  for (const line of error.tail.slice(-TAIL_LINES)) console.error(`  ${line}`);
  console.error(error.message);
  if (error.logFile !== undefined) console.error(`The whole log: ${error.logFile}`);
}

/** Writes the stack of an unexpected error to a log, so that it can be reported. */
function unforeseen(error: unknown): string {
  if (error instanceof VaultError) return `Vault: ${error.message}`;
  if (error instanceof ZodError) return `An answer has an unexpected form:\n${prettifyError(error)}`;
  return diskText(error) ?? failureText(error);
}

/** What Node says of a disk that takes nothing more. */
const DISK_ERRORS: readonly unknown[] = ["ENOSPC", "EDQUOT", "EROFS"];

/** A full or read-only disk is no fault of the program. @returns undefined for any other error */
function diskText(error: unknown): string | undefined {
  const { code, message = "" } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (!DISK_ERRORS.includes(code)) return undefined;
  return `${commandName()} ended, as a file could not be written (${message}): make room, and type it again`;
}
