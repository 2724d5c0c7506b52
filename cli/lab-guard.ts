import { EnvironmentError } from "../environments/violation";
import { LabError, LabInputError, LabInterrupted } from "../lab/errors";
import { EXIT } from "./exit-code";

const TERMINATED = 143;
const TAIL_LINES = 20;

/**
 * Runs a command of the lab with a signal that Ctrl-C aborts, and turns what goes wrong into a message and an exit code.
 * The command ends by itself, after everything was stopped; nothing here exits the process.
 */
export async function guarded(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let code: number = EXIT.interrupted;
  const interrupt = (name: NodeJS.Signals): void => {
    if (name === "SIGTERM") code = TERMINATED;
    console.error(controller.signal.aborted ? "Still stopping" : "Stopping everything that was started");
    controller.abort(new LabInterrupted());
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, interrupt);
  try {
    await command(controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? code : explain(error);
  } finally {
    for (const name of names) process.removeListener(name, interrupt);
  }
}

function explain(error: unknown): number {
  if (error instanceof EnvironmentError || error instanceof LabInputError) {
    console.error(error.message);
    return EXIT.badInput;
  }
  if (!(error instanceof LabError)) throw error;
  for (const line of error.tail.slice(-TAIL_LINES)) console.error(`  ${line}`);
  console.error(error.message);
  if (error.logFile !== undefined) console.error(`The whole log: ${error.logFile}`);
  return EXIT.failure;
}
