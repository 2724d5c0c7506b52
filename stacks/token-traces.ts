/**
 * Runs a synthesis without the traces that cdktf takes of where every token was made. Nobody reads them, and each walks the
 * whole stack, which with source maps, as tsx and jest have them, is looked up frame by frame: more than a third of a
 * synthesis. What is no error gets no trace meanwhile; an error has its own as ever.
 */
export function withoutTokenTraces<T>(synthesis: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the original asks nothing of its this
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
