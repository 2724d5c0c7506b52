import { createInterface } from "node:readline";
import type { Ask } from "../editing/add/given";
import { InputError, Interrupted } from "../runtime/errors";

/**
 * Asks a person on this terminal, by standard error; answers that were pasted or typed ahead count too.
 * @param work what asks
 * @param signal ends the questions, as Ctrl-C does
 * @throws InputError where the person ends the input, as by Ctrl-D; Interrupted by Ctrl-C
 */
export async function askingHere<T>(work: (ask: Ask) => Promise<T>, signal: AbortSignal): Promise<T> {
  // Without readline's own editing Ctrl-C is a signal, which the command handles.
  const terminal = createInterface({ input: process.stdin, terminal: false });
  const end = (): void => {
    terminal.close();
  };
  signal.addEventListener("abort", end, { once: true });
  const answers = terminal[Symbol.asyncIterator]();
  const ask: Ask = async (question) => {
    process.stderr.write(question);
    const answer: IteratorResult<string, undefined> = await answers.next();
    if (signal.aborted) throw new Interrupted();
    if (answer.done === true)
      throw new InputError("the input ended before every question was answered: nothing was changed");
    return answer.value;
  };
  try {
    return await work(ask);
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/** Whether somebody sits at the terminal who can answer. */
export function asksAPerson(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}
