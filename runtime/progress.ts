/** Tells what a step is doing at the moment, in one line. */
export type Say = (line: string) => void;

/** Where a command reports its steps; a terminal, a log, or nobody. */
export interface Progress {
  /** Runs one step under a title. Steps never overlap. */
  step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T>;
}

/** Reports to nobody. */
export const silent: Progress = { step: (_title, work) => work(() => undefined) };
