/** Seats of a pool whose numbers follow each other. */
export interface SeatRun {
  /** What their names begin with: `po-ana-`. */
  readonly prefix: string;
  readonly first: number;
  /** Their names, at most as many as a line is to have. */
  readonly seats: readonly string[];
}

/** What a seat's name ends with. */
const NUMBER = /^(.*-)(\d{4})$/;

/**
 * Runs of a pool's seats in the order of their numbers. A machine writes a line for each seat of a run itself (access-agent.sh):
 * line by line the configuration of 15,000 seats is 154 KiB in gzip and base64, and guestinfo takes 64.
 * @param most seats in a run @default - any number
 */
export function seatRuns(seats: readonly string[], most = Infinity): SeatRun[] {
  const runs: { prefix: string; first: number; seats: string[] }[] = [];
  for (const seat of seats) {
    const [, prefix = "", digits = ""] = NUMBER.exec(seat) ?? [];
    const [number, last] = [Number(digits), runs.at(-1)];
    const follows = last?.prefix === prefix && last.first + last.seats.length === number && last.seats.length < most;
    if (follows) last.seats.push(seat);
    else runs.push({ prefix, first: number, seats: [seat] });
  }
  return runs;
}
