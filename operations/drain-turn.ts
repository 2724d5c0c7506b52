import { localTime } from "../environments/calendar/local-time";
import { windowAt } from "../environments/calendar/maintenance-window";
import { cloneMinutes } from "../environments/capacity/clone-time";
import type { DeployedCity } from "../environments/model/city";
import type { Maintenance } from "../environments/model/maintenance";
import type { DrainFate } from "./drain-plan";

/** A stack whose seats are being drained, as it was seen last. */
export interface DrainedStack {
  readonly maintenance: Maintenance;
  /** By when people should have logged off, in ms. */
  readonly end: number;
  /** Addresses of the machines at which people are disturbed, by seat. */
  seats: ReadonlyMap<string, string>;
  /** The number of all machines that the plan changes. */
  machines: number;
  /** What holds each seat; nothing where it says nothing of one. */
  fates: ReadonlyMap<string, DrainFate>;
  /** When a part was applied last, or the drain began, in ms. */
  lastPart: number;
  /** Whether what was free at the end was applied. */
  isOver: boolean;
}

/** What of a stack's plan is applied now: all, what is free, nothing yet, or nothing more. */
export type DrainTurn = "all" | "part" | "wait" | "left";

const [MS_PER_SECOND, SECONDS_PER_MINUTE, MS_PER_MINUTE] = [1000, 60, 60_000];
/** Each part is a plan and an apply, so seats that become free one by one are taken together. */
const PART_MS = 5 * MS_PER_MINUTE;
/** Clocks differ, and the last part takes its time. */
const HELD_LONGER_MINUTES = 15;
const MOST_NAMED = 10;

/** By when people should have logged off, in ms. Outside of a window, with a waiver, they have the time of the longest warning. */
export function drainEnd(city: DeployedCity, maintenance: Maintenance, now: number): number {
  const open = windowAt(maintenance, city.calendar, new Date(now));
  if (open === undefined) return now + Math.max(0, ...maintenance.warnMinutes) * MS_PER_MINUTE;
  return open.ends.getTime() - cloneMinutes(city) * MS_PER_MINUTE;
}

/** Until when seats are held whose people should have logged off by an instant, in seconds since 1970. @param end in ms */
export function heldUntil(city: DeployedCity, end: number): number {
  return end / MS_PER_SECOND + (cloneMinutes(city) + HELD_LONGER_MINUTES) * SECONDS_PER_MINUTE;
}

/** Addresses of the machines that wait, by seat. */
export function waitingSeats({ seats, fates }: DrainedStack): ReadonlyMap<string, string> {
  return new Map([...seats].filter(([seat]) => (fates.get(seat) ?? "free") !== "free"));
}

/** @param now in ms */
export function drainTurn(stack: DrainedStack, now: number): DrainTurn {
  const { fates, machines, maintenance, end, lastPart, isOver } = stack;
  const waiting = waitingSeats(stack).size;
  if (waiting === 0 || (now >= end && maintenance.atEnd === "log-off")) return "all";
  const isReady = machines > waiting;
  if (now >= end) return isReady && !isOver ? "part" : "left";
  const isSettled = ![...fates.values()].includes("closing") || now - lastPart >= PART_MS;
  return isReady && isSettled ? "part" : "wait";
}

/** The seats that are left, and why. */
export function leftText(city: DeployedCity, stack: DrainedStack): string {
  const waiting = [...waitingSeats(stack).keys()];
  const named = waiting.length > MOST_NAMED ? `${String(waiting.length)} seats` : waiting.join(", ");
  return `${named} still had sessions, did not report, or were being made as new, at ${timeOf(city, stack.end)}: they wait for another window`;
}

/** How far a stack is. */
export function progressText(city: DeployedCity, { seats, fates, end }: DrainedStack): string {
  const all = [...seats.keys()].map((seat) => fates.get(seat));
  const many = (fate: DrainFate): number => all.filter((one) => one === fate).length;
  const others = Object.entries({
    silent: "that do not report",
    closing: "being closed",
    refreshed: "that 'refresh' makes as new",
  });
  const told = others.flatMap(([fate, text]) => {
    const number = many(fate as DrainFate);
    return number > 0 ? [`, ${String(number)} ${text}`] : [];
  });
  return `until ${timeOf(city, end)}: ${String(many("in-use"))} of ${String(seats.size)} seats in use${told.join("")}`;
}

/** The local time of an instant, as people say it. @param at in ms */
export function timeOf({ calendar }: Pick<DeployedCity, "calendar">, at: number): string {
  return localTime(new Date(at), calendar).time;
}
