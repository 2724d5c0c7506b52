/** Exit codes, for shells and CI. */
export const EXIT = {
  /** Success. */
  ok: 0,
  /** Something failed. */
  failure: 1,
  /** A city's file or the command line is wrong; nothing was changed. */
  badInput: 2,
  /** Ended by SIGHUP, for example because the terminal was closed: 128 plus the signal's number, as shells do. */
  hungUp: 129,
  /** Ended by Ctrl-C: 128 plus the signal's number. */
  interrupted: 130,
  /** Ended by SIGTERM: 128 plus the signal's number. */
  terminated: 143,
} as const;
