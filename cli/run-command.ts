import { prettifyError, ZodError } from "zod";
import { EnvironmentError } from "../environments/violation";
import { CommandError, InputError, Interrupted } from "../runtime/errors";
import { failureText, stopOnFailure } from "../runtime/failure";
import { VaultError } from "../vault/client";
import { EXIT } from "../runtime/exit-code";

const TAIL_LINES = 20;
/** Signals that end a command, with their exit codes. */
const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp } as const;

/**
 * Runs a command with an abort signal for Ctrl-C, SIGTERM and a closed terminal, and turns errors into a message and an
 * exit code. The command returns after everything was stopped; nothing here exits the process.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<void> | void): Promise<void> {
  const controller = new AbortController();
  let code: number = EXIT.failure;
  const interrupt = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) code = SIGNALS[name as keyof typeof SIGNALS];
    console.error(controller.signal.aborted ? "Still stopping" : "Stopping everything that was started");
    controller.abort(new Interrupted());
  };
  const forget = stopOnFailure(() => {
    controller.abort(new Interrupted());
  });
  for (const name of Object.keys(SIGNALS)) process.on(name, interrupt);
  try {
    await command(controller.signal);
  } catch (error) {
    const explained = explain(error);
    process.exitCode = controller.signal.aborted ? code : explained;
  } finally {
    for (const name of Object.keys(SIGNALS)) process.removeListener(name, interrupt);
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
  return failureText(error);
}
