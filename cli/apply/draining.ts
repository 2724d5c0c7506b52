import type { DeployedCity } from "../../environments/model/city";
import type { Maintenance } from "../../environments/model/maintenance";
import { drainFate, heldText, warningsDue } from "../../operations/drain-plan";
import type { DrainedSeat, DrainFate } from "../../operations/drain-plan";
import {
  drainEnd,
  drainTurn,
  heldUntil,
  leftText,
  progressText,
  timeOf,
  waitingSeats,
} from "../../operations/drain-turn";
import type { DrainedStack } from "../../operations/drain-turn";
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

/** A stack whose seats are being drained, with what was told of them. */
interface Drain extends DrainedStack {
  readonly pool: string;
  /** Whether `refresh` works at the pool's seats too. */
  readonly isRefreshed: boolean;
  /** Machines that this deployment claimed. */
  readonly claimed: Set<string>;
  /** What each seat reported last before nobody was let in any more. */
  readonly closed: Map<string, number>;
  /** The number of the notice that a seat's people have, by its machine. */
  readonly noticed: Map<string, number>;
}

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
    return this.turn(drain);
  }

  /** Waits until it is a stack's turn again. @throws Interrupted where the deployment is ended */
  public async wait(stack: string, say: Say): Promise<void> {
    const drain = this.drains.get(stack);
    if (drain === undefined) return;
    do {
      say(progressText(this.city, drain));
      await this.world.pause();
      await this.look(drain).catch((error: unknown) => {
        if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
        say(`it was not seen who works at its seats: ${messageOf(error)}`);
      });
    } while (drainTurn(drain, this.world.now()) === "wait");
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

  private begun(pool: string, maintenance: Maintenance, isRefreshed: boolean): Drain {
    const now = this.world.now();
    return {
      ...{ pool, maintenance, isRefreshed, end: drainEnd(this.city, maintenance, now), lastPart: now, isOver: false },
      ...{ seats: new Map(), machines: 0, fates: new Map(), closed: new Map(), noticed: new Map(), claimed: new Set() },
    };
  }

  private turn(drain: Drain): Turn {
    const now = this.world.now();
    const turn = drainTurn(drain, now);
    if (turn === "wait") return turn;
    drain.lastPart = now;
    if (turn === "left") return { left: leftText(this.city, drain) };
    if (turn === "all") return NOTHING_WAITS;
    drain.isOver = now >= drain.end;
    return { waiting: new Set(waitingSeats(drain).values()) };
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
      heldUntil(this.city, end),
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
    const until = Math.max(0, ...[...this.drains.values()].map(({ end }) => heldUntil(this.city, end)));
    const text = heldText({ drained: of(...OPEN), closed: of("closing", "free") }, until);
    if (text === this.held && this.isHeld) return true;
    this.isHeld = await this.world.hold(text);
    this.held = text;
    return this.isHeld;
  }

  /** The first notice comes at once, and one more with each warning that is due. */
  private async warn({ maintenance, end, fates, noticed }: Drain, machines: readonly DrainedSeat[]): Promise<void> {
    const number = 1 + warningsDue(maintenance.warnMinutes, end, this.world.now());
    const told = machines
      .filter(({ seat, machine }) => fates.get(seat) === "in-use" && noticed.get(machine) !== number)
      .map(({ machine }) => machine);
    const notice = sessionNotice(maintenance, timeOf(this.city, end), number);
    for (const machine of await this.world.notify(told, notice)) noticed.set(machine, number);
  }
}
