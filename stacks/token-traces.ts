/**
 * Runs a synthesis without the traces that cdktf takes of where every token was made. Nobody reads them, and with source
 * maps, which tsx and jest switch on, they take more than a third of a synthesis. What is no error has an empty trace
 * meanwhile; an error's own is made when it is first read, which is afterwards.
 */
export function withoutTokenTraces<T>(synthesis: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back, and never called here
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) => (error instanceof Error ? String(error) : "");
  try {
    return synthesis();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
