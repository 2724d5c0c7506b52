import { Interrupted } from "../runtime/errors";

interface Waiting {
  readonly clones: number;
  readonly begin: () => void;
}

/**
 * How many machines a deployment may clone at a time, over all its stacks. A stack gets as many as it needs, or all;
 * the next one begins once it has what it needs, in the order in which they came, so that none waits for ever.
 */
export class CloneBudget {
  private readonly queue: Waiting[] = [];
  private free: number;

  /** @param most clones at a time, at least 1 */
  public constructor(private readonly most: number) {
    this.free = most;
  }

  /**
   * Does the work of a stack once that many clones may run; at once for a stack without any.
   * @param work gets how many it may run at a time; undefined for a stack without clones
   * @throws Interrupted where the signal came while it waited
   */
  public async within<T>(
    clones: number,
    signal: AbortSignal,
    work: (atATime: number | undefined) => Promise<T>,
  ): Promise<T> {
    if (clones === 0) return work(undefined);
    const share = Math.min(clones, this.most);
    await this.take(share, signal);
    try {
      return await work(share);
    } finally {
      this.free += share;
      this.next();
    }
  }

  private take(clones: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = {
        clones,
        begin: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        reject(new Interrupted());
        this.next();
      };
      if (signal.aborted) {
        reject(new Interrupted());
        return;
      }
      signal.addEventListener("abort", leave, { once: true });
      this.queue.push(waiting);
      this.next();
    });
  }

  private next(): void {
    for (let [first] = this.queue; first !== undefined && first.clones <= this.free; [first] = this.queue) {
      this.queue.shift();
      this.free -= first.clones;
      first.begin();
    }
  }
}

/** How many stacks a program without a {@link CloneBudget} applies at a time, and how many operations each. */
export interface SideBySide {
  readonly stacks: number;
  readonly operations: number;
}

/** As the README recommends for a city. */
const STACKS = 2;

/** Divides a budget evenly, where nobody knows which stack clones. @param clonesAtATime at least 1 */
export function sideBySide(clonesAtATime: number): SideBySide {
  const stacks = Math.min(STACKS, clonesAtATime);
  return { stacks, operations: Math.floor(clonesAtATime / stacks) };
}
