/**
 * Runs a synthesis without the stack traces that cdktf captures for every token. Nobody reads them, and they take more than
 * a third of a synthesis: with source maps, which tsx and jest have, each frame is looked up. While it runs only errors get
 * a stack trace.
 */
export function withoutTokenTraces<T>(synthesis: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the original does not use its this
  const { captureStackTrace } = Error;
  Error.captureStackTrace = (object, below) => {
    if (object instanceof Error) captureStackTrace(object, below);
  };
  try {
    return synthesis();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
