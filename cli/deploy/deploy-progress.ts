import { count } from "../../environments/display";
import { MACHINE } from "../../preview/resource-change";
import type { Say } from "../../runtime/progress";

const MADE = new RegExp(String.raw`\b${MACHINE}\..*: Creation complete after `);
/** Before so many machines their number says little of how long the rest takes. */
const ENOUGH = 5;
const MS_PER_MINUTE = 60_000;

/** How much there is to do. */
export interface DeployWork {
  readonly stacks: number;
  /** Machines to create. */
  readonly machines: number;
}

/**
 * Tells how far a deployment is, and what it does now: `3 of 12 stacks, 40 of 250 machines, about 6 min left; ...`. The
 * rest is estimated from the machines of this deployment.
 */
export class DeployProgress {
  private stacks = 0;
  private machines = 0;
  private readonly since: number;

  /** @param now the time in ms @default - the clock's */
  public constructor(
    private readonly work: DeployWork,
    private readonly say: Say,
    private readonly now: () => number = Date.now,
  ) {
    this.since = now();
  }

  /** Takes a line of a stack, and shows it. */
  public line(line: string): void {
    if (MADE.test(line)) this.machines += 1;
    this.say(`${this.text}; ${line}`);
  }

  /** Counts a stack that ended. */
  public ended(stack: string, result: string): void {
    this.stacks += 1;
    this.say(`${this.text}; ${stack}: ${result}`);
  }

  private get text(): string {
    const { stacks, machines } = this.work;
    const made = machines === 0 ? [] : [`${String(this.machines)} of ${count(machines, "machine")}`];
    return [`${String(this.stacks)} of ${count(stacks, "stack")}`, ...made, ...this.left()].join(", ");
  }

  private left(): string[] {
    const rest = this.work.machines - this.machines;
    if (this.machines < ENOUGH || rest <= 0) return [];
    const minutes = ((this.now() - this.since) / this.machines) * (rest / MS_PER_MINUTE);
    return [minutes < 1 ? "less than a minute left" : `about ${String(Math.ceil(minutes))} min left`];
  }
}
