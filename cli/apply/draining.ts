import { windowAt } from "../../environments/calendar/maintenance-window";
import { localTime } from "../../environments/calendar/local-time";
import { cloneMinutes } from "../../environments/capacity/clone-time";
import type { DeployedCity } from "../../environments/model/city";
import type { Maintenance } from "../../environments/model/maintenance";
import { drainFate, heldText, warningsDue } from "../../operations/drain-plan";
import type { DrainedSeat, DrainFate } from "../../operations/drain-plan";
import { sessionNotice } from "../../operations/session-notice";
import { disturbedSeats } from "../../preview/disturbed-seats";
import { poolChanges } from "../../preview/seat-changes";
import type { TerraformPlan } from "../../preview/terraform-plan";
import { CommandError, Interrupted, messageOf } from "../../runtime/errors";
import type { Say } from "../../runtime/progress";
import type { Turn } from "../../terraform/apply-stack";
import { machinesIn } from "../../terraform/partial-plan";

/** What draining needs of the world. */
export interface DrainWorld {
  /** The machines of a pool's seats. */
  readonly seats: (pool: string) => Promise<readonly DrainedSeat[]>;
  /** Whether the city has access machines, which can keep people away. */
  readonly canClose: boolean;
  /** Tells the access machines what they hold. @returns whether all that run do */
  readonly hold: (text: string) => Promise<boolean>;
  /** Gives machines' agents a notice for the people there; an empty one takes it back. @returns the machines that have it */
  readonly notify: (machines: readonly string[], notice: string) => Promise<readonly string[]>;
  /** Claims machines, or gives them back, so that `refresh` leaves them alone. @param until in seconds since 1970 */
  readonly claim: (machines: readonly string[], until: number | undefined) => Promise<unknown>;
  /** The time, in ms. */
  readonly now: () => number;
  /** Waits until seats are looked at again. @throws Interrupted where the deployment is ended */
  readonly pause: () => Promise<void>;
}

/** A stack whose seats are being drained. */
interface Drain {
  readonly pool: string;
  readonly maintenance: Maintenance;
  /** Whether `refresh` works at the pool's seats too. */
  readonly isRefreshed: boolean;
  /** Machines that this deployment claimed. */
  readonly claimed: Set<string>;
  /** By when people should have logged off, in ms. */
  readonly end: number;
  /** Addresses of the machines at which people are disturbed, by seat; and the number of all that the plan changes. */
  seats: ReadonlyMap<string, string>;
  machines: number;
  fates: ReadonlyMap<string, DrainFate>;
  /** What each seat reported last before nobody was let in any more. */
  readonly closed: Map<string, number>;
  /** The number of the notice that a seat's people have, by its machine. */
  readonly noticed: Map<string, number>;
  /** When a part was applied last, or the drain began, in ms. */
  lastPart: number;
  /** Whether what was free at the end was applied. */
  isOver: boolean;
}

const MS_PER_MINUTE = 60_000;
/** Each part is a plan and an apply, so seats that become free one by one are taken together. */
const PART_MS = 5 * MS_PER_MINUTE;
/** Clocks differ, and the last part takes its time. */
const HELD_LONGER_MS = 15 * MS_PER_MINUTE;
const MS_PER_SECOND = 1000;
const MOST_NAMED = 10;
/** Whoever comes to such a seat again gets in: it was not closed, or is no more. */
const OPEN: readonly DrainFate[] = ["in-use", "silent", "refreshed"];
const NOTHING_WAITS = { waiting: new Set<string>() };

/**
 * Seats of pools with maintenance are drained before they are changed: nobody new gets one, people are asked to log off, the free ones
 * come first, and those that are left at the end wait or not, as the file says.
 */
export class Draining {
  private readonly drains = new Map<string, Drain>();
  private held = "";
  private isHeld = true;
  private last: Promise<unknown> = Promise.resolve();

  public constructor(
    private readonly city: DeployedCity,
    private readonly world: DrainWorld,
  ) {}

  /** What of a stack's plan may be applied now. @throws CommandError where vCenter is not reached */
  public async turnOf(stack: string, plan: TerraformPlan): Promise<Turn> {
    const drain = this.drainOf(stack, plan);
    if (drain === undefined) return NOTHING_WAITS;
    const seats = await this.look(drain);
    if (drain.isRefreshed && (await this.claim(drain, seats))) await this.look(drain);
    const turn = this.decided(drain);
    if (turn !== "wait") drain.lastPart = this.world.now();
    return turn;
  }

  /** Waits until it is a stack's turn again. @throws Interrupted where the deployment is ended */
  public async wait(stack: string, say: Say): Promise<void> {
    const drain = this.drains.get(stack);
    if (drain === undefined) return;
    do {
      say(this.progress(drain));
      await this.world.pause();
      await this.look(drain).catch((error: unknown) => {
        if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
        say(`it was not seen who works at its seats: ${messageOf(error)}`);
      });
    } while (this.decided(drain) === "wait");
  }

  /** Gives a stack's seats back to people: done, failed or left. It fails in nothing: what is held ends by itself. */
  public async release(stack: string): Promise<void> {
    const drain = this.drains.get(stack);
    if (drain === undefined) return;
    this.drains.delete(stack);
    await Promise.allSettled([
      this.hold(),
      this.world.notify([...drain.noticed.keys()], ""),
      this.world.claim([...drain.claimed], undefined),
    ]);
  }

  private drainOf(stack: string, plan: TerraformPlan): Drain | undefined {
    const [change] = poolChanges(this.city, this.city, [{ stack, plan }]);
    const pool = this.city.pools.find(({ name }) => name === change?.pool);
    const seats = new Map(
      change === undefined ? [] : disturbedSeats(change).map(({ seat, address }) => [seat, address]),
    );
    if (pool?.maintenance === undefined || seats.size === 0) return undefined;
    const known = this.drains.get(stack) ?? this.begun(pool.name, pool.maintenance, pool.refresh !== undefined);
    this.drains.set(stack, Object.assign(known, { seats, machines: machinesIn(plan).length }));
    return known;
  }

  /** Outside of a window, with a waiver, people have the time of the longest warning. */
  private begun(pool: string, maintenance: Maintenance, isRefreshed: boolean): Drain {
    const now = this.world.now();
    const open = windowAt(maintenance, this.city.calendar, new Date(now));
    const end =
      open === undefined
        ? now + Math.max(0, ...maintenance.warnMinutes) * MS_PER_MINUTE
        : open.ends.getTime() - cloneMinutes(this.city) * MS_PER_MINUTE;
    const nothing = { seats: new Map<string, string>(), machines: 0, fates: new Map<string, DrainFate>() };
    const known = { closed: new Map<string, number>(), noticed: new Map<string, number>(), claimed: new Set<string>() };
    return { pool, maintenance, isRefreshed, end, ...nothing, ...known, lastPart: now, isOver: false };
  }

  /** @returns the seats that the plan disturbs */
  private async look(drain: Drain): Promise<DrainedSeat[]> {
    const machines = (await this.world.seats(drain.pool)).filter(({ seat }) => drain.seats.has(seat));
    drain.fates = new Map(machines.map((one) => [one.seat, this.fateOf(drain, one)]));
    // Somebody who came before the access machines knew: the seat is open to him again.
    for (const [seat, fate] of drain.fates) if (OPEN.includes(fate)) drain.closed.delete(seat);
    const isHeld = await this.hold();
    for (const { seat, report } of machines)
      if (isHeld && drain.fates.get(seat) === "closing" && !drain.closed.has(seat))
        drain.closed.set(seat, report?.at ?? 0);
    await this.warn(drain, machines);
    return machines;
  }

  /** Claims the free seats. @returns whether there are any that were not claimed before */
  private async claim({ fates, claimed, end }: Drain, seats: readonly DrainedSeat[]): Promise<boolean> {
    const free = seats.filter(({ seat, machine }) => fates.get(seat) === "free" && !claimed.has(machine));
    if (free.length === 0) return false;
    for (const { machine } of free) claimed.add(machine);
    await this.world.claim(
      free.map(({ machine }) => machine),
      (end + this.afterEnd) / MS_PER_SECOND,
    );
    return true;
  }

  private fateOf({ closed }: Drain, seat: DrainedSeat): DrainFate {
    return drainFate(seat, this.world.canClose ? closed.get(seat.seat) : -Infinity);
  }

  /** Tells the access machines what is held now, one change after the other. */
  private hold(): Promise<boolean> {
    const turn = this.last.then(() => this.tell());
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async tell(): Promise<boolean> {
    const fates = [...this.drains.values()].flatMap((drain) => [...drain.fates]);
    const of = (...wanted: readonly DrainFate[]): string[] =>
      fates.filter(([, fate]) => wanted.includes(fate)).map(([seat]) => seat);
    const until = Math.max(0, ...[...this.drains.values()].map(({ end }) => end + this.afterEnd));
    const text = heldText({ drained: of(...OPEN), closed: of("closing", "free") }, until / MS_PER_SECOND);
    if (text === this.held && this.isHeld) return true;
    this.isHeld = await this.world.hold(text);
    this.held = text;
    return this.isHeld;
  }

  private get afterEnd(): number {
    return cloneMinutes(this.city) * MS_PER_MINUTE + HELD_LONGER_MS;
  }

  /** The first notice comes at once, and one more with each warning that is due. */
  private async warn({ maintenance, end, fates, noticed }: Drain, machines: readonly DrainedSeat[]): Promise<void> {
    const number = 1 + warningsDue(maintenance.warnMinutes, end, this.world.now());
    const until = localTime(new Date(end), this.city.calendar).time;
    const told = machines
      .filter(({ seat, machine }) => fates.get(seat) === "in-use" && noticed.get(machine) !== number)
      .map(({ machine }) => machine);
    const notice = sessionNotice(maintenance, until, number);
    for (const machine of await this.world.notify(told, notice)) noticed.set(machine, number);
  }

  private decided(drain: Drain): Turn {
    const { seats, fates, machines, maintenance, end, lastPart } = drain;
    const waiting = [...seats].filter(([seat]) => (fates.get(seat) ?? "free") !== "free");
    if (waiting.length === 0) return NOTHING_WAITS;
    const part = { waiting: new Set(waiting.map(([, address]) => address)) };
    const isReady = machines > waiting.length;
    const now = this.world.now();
    if (now >= end) {
      if (maintenance.atEnd === "log-off") return NOTHING_WAITS;
      if (!isReady || drain.isOver)
        return {
          left: this.leftText(
            drain,
            waiting.map(([seat]) => seat),
          ),
        };
      drain.isOver = true;
      return part;
    }
    const isSettled = ![...fates.values()].includes("closing") || now - lastPart >= PART_MS;
    return isReady && isSettled ? part : "wait";
  }

  private leftText({ end }: Drain, waiting: readonly string[]): string {
    const named = waiting.length > MOST_NAMED ? `${String(waiting.length)} seats` : waiting.join(", ");
    const { time } = localTime(new Date(end), this.city.calendar);
    return `${named} still had sessions, did not report, or were being made as new, at ${time}: they wait for another window`;
  }

  private progress({ seats, fates, end }: Drain): string {
    const all = [...seats.keys()].map((seat) => fates.get(seat) ?? "free");
    const many = (fate: DrainFate): number => all.filter((one) => one === fate).length;
    const { time } = localTime(new Date(end), this.city.calendar);
    const silent = many("silent") > 0 ? `, ${String(many("silent"))} that do not report` : "";
    const closing = many("closing") > 0 ? `, ${String(many("closing"))} being closed` : "";
    const refreshed = many("refreshed") > 0 ? `, ${String(many("refreshed"))} that 'refresh' makes as new` : "";
    return `until ${time}: ${String(many("in-use"))} of ${String(seats.size)} seats in use${silent}${closing}${refreshed}`;
  }
}
