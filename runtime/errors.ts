/** A failure that the user can act on: the message says what is wrong and what to do. */
export class CommandError extends Error {
  public override readonly name: string = "CommandError";

  /** @param tail the last lines of the log that shows the failure, already redacted. */
  public constructor(
    message: string,
    public readonly logFile?: string,
    public readonly tail: readonly string[] = [],
  ) {
    super(message);
  }
}

/** What is said of an error in a line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Cleans up after work that failed.
 * @returns the error to throw: the first one, or both where the clean-up failed too, as neither may hide the other
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

/** What the user asked for cannot be: a name that is not there, an option that makes no sense. */
export class InputError extends CommandError {
  public override readonly name = "InputError";
}

/** The user ended the work, with Ctrl-C or a signal; everything that was started has been stopped. */
export class Interrupted extends CommandError {
  public override readonly name = "Interrupted";

  public constructor() {
    super("interrupted");
  }
}
