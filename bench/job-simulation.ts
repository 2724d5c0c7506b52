/** Work of one job of an engine. */
export interface SimulatedJob {
  readonly seconds: number;
  /** What it works on, such as a vCenter. */
  readonly place: string;
  /** Numbers of the jobs that have to end before. @default - none */
  readonly after?: readonly number[];
  /** Sessions that it opens, evenly over its time. */
  readonly sessions: number;
}

/** What a simulation of jobs tells. */
export interface SimulatedRun {
  readonly seconds: number;
  /** Seconds of the longest chain of jobs: with runners for all. */
  readonly chain: number;
  /** The most jobs at a time that work on one place. */
  readonly mostAtATime: number;
  /** The most sessions that are open at one place. */
  readonly mostSessions: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * Runs jobs on so many runners: each begins once those before it have ended and a runner is free, in their order. A pure
 * function.
 * @param jobs each after those with lower numbers that it names
 * @param idleSeconds how long a session stays open after its last use
 */
export function simulateJobs(jobs: readonly SimulatedJob[], runners: number, idleSeconds: number): SimulatedRun {
  const ends: number[] = [];
  const chains: number[] = [];
  const free = Array.from({ length: runners }, () => 0);
  const busy = new Map<string, Span[]>();
  const open = new Map<string, Span[]>();
  for (const { seconds, place, after = [], sessions } of jobs) {
    const ready = Math.max(0, ...after.map((job) => ends[job] ?? 0));
    const runner = earliest(free);
    const from = Math.max(ready, free[runner] ?? 0);
    const to = from + seconds;
    free[runner] = to;
    ends.push(to);
    chains.push(seconds + Math.max(0, ...after.map((job) => chains[job] ?? 0)));
    spansOf(busy, place).push({ from, to, weight: 1 });
    for (let session = 0; session < sessions; session += 1) {
      const opened = from + (seconds * session) / sessions;
      spansOf(open, place).push({ from: opened, to: opened + seconds / sessions + idleSeconds, weight: 1 });
    }
  }
  return {
    ...{ seconds: Math.max(0, ...ends), chain: Math.max(0, ...chains) },
    ...{ mostAtATime: mostOf(busy), mostSessions: mostOf(open) },
  };
}

function earliest(free: readonly number[]): number {
  return free.indexOf(Math.min(...free));
}

function spansOf(all: Map<string, Span[]>, place: string): Span[] {
  const spans = all.get(place) ?? [];
  all.set(place, spans);
  return spans;
}

function mostOf(all: ReadonlyMap<string, readonly Span[]>): number {
  return Math.max(0, ...[...all.values()].map(overlapping));
}

/** The greatest sum of weights of spans that overlap. */
function overlapping(spans: readonly Span[]): number {
  const changes = spans.flatMap(({ from, to, weight }) => [
    [from, weight],
    [to, -weight],
  ]);
  // What ends at a moment is over before what begins then.
  changes.sort(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y);
  let [now, most] = [0, 0];
  for (const [, weight = 0] of changes) {
    now += weight;
    most = Math.max(most, now);
  }
  return most;
}
