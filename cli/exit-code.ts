/** How a command ended, for shells and CI. */
export const EXIT = {
  /** All went well. */
  ok: 0,
  /** Something failed. */
  failure: 1,
  /** A city's file or a command line is wrong; nothing was done. */
  badInput: 2,
  /** Ended by Ctrl-C, as shells count it: 128 and SIGINT's number. */
  interrupted: 130,
  /** Ended by SIGTERM, likewise. */
  terminated: 143,
} as const;
