/** A failure that the user can repair: the message says what is wrong and what to do. */
export class CommandError extends Error {
  public override readonly name: string = "CommandError";

  /** @param tail the last lines of the log that shows the failure, redacted */
  public constructor(
    message: string,
    public readonly logFile?: string,
    public readonly tail: readonly string[] = [],
  ) {
    super(message);
  }
}

/** An error's message in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Cleans up after work that failed.
 * @returns the error to throw: the first one, or both where the clean-up failed too
 */
export async function afterCleanUp(error: unknown, cleanUp: () => Promise<void>): Promise<Error> {
  const first = error instanceof Error ? error : new Error(String(error));
  try {
    await cleanUp();
    return first;
  } catch (failure) {
    return new AggregateError([first, failure], `${first.message}; then: ${messageOf(failure)}`);
  }
}

/** Bad input: an unknown name, or options that contradict each other. */
export class InputError extends CommandError {
  public override readonly name = "InputError";
}

/** The user ended the command with Ctrl-C or a signal; everything that it started was stopped. */
export class Interrupted extends CommandError {
  public override readonly name = "Interrupted";

  public constructor() {
    super("interrupted");
  }
}
