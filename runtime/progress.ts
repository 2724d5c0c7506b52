/** Shows the current activity of a step, in one line. */
export type Say = (line: string) => void;

/** Where a command reports its steps: a terminal, a log, or nowhere. */
export interface Progress {
  /** Runs a step under a title. Steps never overlap. */
  step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T>;
}

/** Reports nothing. */
export const silent: Progress = { step: (_title, work) => work(() => undefined) };
