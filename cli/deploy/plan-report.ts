import { count } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import { whenText } from "../../preview/disturbed-seats";
import type { Disturbance } from "../../preview/disturbed-seats";
import type { Action } from "../../preview/known-actions";
import { MACHINE } from "../../preview/resource-change";
import type { ResourceChange } from "../../preview/resource-change";
import type { StackPreview } from "../../preview/stack-preview";

/** How actions are told, in the order in which they are. */
const WORDS: Readonly<Record<Action, string>> = {
  create: "to create",
  update: "to change",
  replace: "to replace",
  destroy: "to destroy",
  import: "to import",
  forget: "to leave without an owner",
  "forget-and-create": "to leave without an owner, and create anew",
};
const DESTROYING: readonly Action[] = ["replace", "destroy"];
const MAKING: readonly Action[] = ["create", "replace", "forget-and-create"];
/** The holder's staff number is a custom attribute of the machine. */
const HOLDER = "custom_attributes";
const MOST_SHOWN = 50;

/** What a deployment would do: a line for each stack that changes, and each resource that it would destroy. */
export function planReport(stacks: readonly StackPreview[]): string[] {
  const changed = stacks.filter(({ result }) => result === "changes");
  const unchanged = stacks.filter(({ result }) => result === "unchanged").length;
  return [
    ...changed.map(({ stack, changes, outputs }) => `${stack}: ${countsOf(changes, outputs.length)}`),
    ...(unchanged > 0 ? [`${count(unchanged, "stack")} without change`] : []),
    ...destroyedLines(stacks),
  ];
}

/** A line for each pool at whose seats people are disturbed. */
export function disturbedLines(
  disturbed: readonly Disturbance[],
  calendar: DeployedCity["calendar"],
  now: Date,
): string[] {
  return disturbed.map((pool) => {
    const sessions =
      pool.sessions === null ? "sessions were not counted" : `${count(pool.sessions, "session")} there now`;
    return `${pool.pool}: ${count(pool.seats, "seat")} disturbed, ${sessions}; ${whenText(pool, calendar, now)}`;
  });
}

/** How many resources would be destroyed, also where another one takes their place. */
export function destroyedCount(stacks: readonly StackPreview[]): number {
  return stacks.flatMap(destroyedIn).length;
}

/** What comes after a deployment that gives seats new machines or other holders, which Terraform tells no machine; nothing otherwise. */
export function secretsLines(stacks: readonly StackPreview[], city: string): string[] {
  const seats = stacks
    .flatMap(({ changes }) => changes)
    .filter(({ type, key }) => type === MACHINE && key !== undefined);
  const made = seats.filter(({ action }) => MAKING.includes(action)).length;
  const held = seats.filter(({ attributes }) => attributes.includes(HOLDER)).length;
  const parts = [
    ...(made > 0 ? [`gives ${count(made, "new machine")} a first secret`] : []),
    ...(held > 0 ? [`tells ${count(held, "seat")} who holds it now`] : []),
  ];
  return parts.length === 0 ? [] : [`Next: 'npm run secrets -- first ${city}' ${parts.join(" and ")}.`];
}

function countsOf(changes: readonly ResourceChange[], outputs: number): string {
  const parts = Object.entries(WORDS).flatMap(([action, word]) => {
    const those = changes.filter((change) => change.action === action);
    const machines = those.filter(({ type }) => type === MACHINE).length;
    const among = machines === 0 ? "" : ` (${count(machines, "machine")})`;
    return those.length === 0 ? [] : [`${String(those.length)} ${word}${among}`];
  });
  return (parts.length === 0 ? [`${count(outputs, "output")} to change`] : parts).join(", ");
}

function destroyedIn({ changes }: StackPreview): ResourceChange[] {
  return changes.filter(({ action }) => DESTROYING.includes(action));
}

function destroyedLines(stacks: readonly StackPreview[]): string[] {
  const lines = stacks.flatMap((stack) =>
    destroyedIn(stack).map((change) => `  ${stack.stack}: ${change.address}${reasonOf(change)}`),
  );
  if (lines.length === 0) return [];
  const more = lines.length - MOST_SHOWN;
  return [
    "Destroyed, also where a new one takes its place:",
    ...lines.slice(0, MOST_SHOWN),
    ...(more > 0 ? [`  and ${count(more, "more resource")}; npm run preview lists all`] : []),
  ];
}

function reasonOf({ action, replacedFor, reason }: ResourceChange): string {
  if (action !== "replace") return "";
  const why = replacedFor.length > 0 ? replacedFor.join(", ") : (reason?.replaceAll("_", " ") ?? "");
  return why === "" ? ", replaced" : `, replaced for ${why}`;
}
