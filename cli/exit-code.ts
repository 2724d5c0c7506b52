/** How a command ended, for shells and CI. */
export const EXIT = {
  /** All went well. */
  ok: 0,
  /** Something failed. */
  failure: 1,
  /** A city's file or a command line is wrong; nothing was done. */
  badInput: 2,
  /** Ended by SIGHUP, as where the terminal went away: 128 and its number, as shells count it. */
  hungUp: 129,
  /** Ended by Ctrl-C, likewise. */
  interrupted: 130,
  /** Ended by SIGTERM, likewise. */
  terminated: 143,
} as const;
