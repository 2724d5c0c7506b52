import { Interrupted } from "../runtime/errors";
import { EXIT } from "../runtime/exit-code";

/** Signals that end a command, with their exit codes. */
const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp } as const;
/** npm passes a Ctrl-C on to the command that has it from the terminal already: within this time it is the same one. */
const SAME_MS = 1000;

/** What a command says when it is asked to end. */
export interface EndingWords {
  /** At the first signal. */
  readonly first: string;
  /** At the second one. */
  readonly again: string;
}

/** What is said by default. */
export const STOPPING: EndingWords = { first: "Stopping everything that was started", again: "Still stopping" };

/** How a command is asked to end. */
export class Ending {
  private readonly asked = new AbortController();
  private readonly again = new AbortController();
  private code: number = EXIT.failure;
  private since = 0;

  public constructor(private readonly words: EndingWords) {}

  /** Aborted at the first Ctrl-C, SIGTERM or closed terminal. */
  public get signal(): AbortSignal {
    return this.asked.signal;
  }

  /** Aborted at the second Ctrl-C or SIGTERM: nothing is waited for any more. */
  public get forced(): AbortSignal {
    return this.again.signal;
  }

  /** The exit code of the signal that came first. */
  public get exitCode(): number {
    return this.code;
  }

  /** Asks the command to end, without a signal of the system. */
  public ask(): void {
    this.asked.abort(new Interrupted());
  }

  /** Listens to the system's signals. @returns ends that */
  public listen(): () => void {
    const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
    const take = (name: NodeJS.Signals): void => {
      this.take(name as keyof typeof SIGNALS);
    };
    for (const name of names) process.on(name, take);
    return () => {
      for (const name of names) process.removeListener(name, take);
    };
  }

  private take(name: keyof typeof SIGNALS): void {
    if (!this.signal.aborted) {
      this.code = SIGNALS[name];
      this.since = performance.now();
      console.error(this.words.first);
      this.ask();
      return;
    }
    // A terminal that has gone is told twice: by the system, and by the next line that cannot be written.
    if (name === "SIGHUP" || performance.now() - this.since < SAME_MS) return;
    console.error(this.words.again);
    this.again.abort(new Interrupted());
  }
}
