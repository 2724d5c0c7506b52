import { count } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import { seatNumbers } from "../environments/seats/seats";
import type { GateFinding } from "./gate-finding";
import type { Action } from "./known-actions";
import { percentAbove } from "./percent";
import type { PoolChange } from "./seat-changes";
import { stackFindings } from "./stack-findings";
import type { StackPreview } from "./stack-preview";

/** The gates' findings on planned changes, before waivers. */
export function planFindings(
  city: DeployedCity,
  base: DeployedCity,
  pools: readonly PoolChange[],
  stacks: readonly StackPreview[],
): GateFinding[] {
  const { destroyed, drift } = city.review.gates;
  return [
    ...pools.flatMap((pool) => shareFindings(city, base, pool)),
    ...pools.flatMap((pool) => assignedFindings(city, pool)),
    ...(destroyed === true ? stackFindings(city, base, stacks, destroyedFindings) : []),
    ...(drift === true ? stackFindings(city, base, stacks, driftFindings) : []),
  ];
}

function shareFindings(city: DeployedCity, base: DeployedCity, { pool, seats }: PoolChange): GateFinding[] {
  return (["restarted", "replaced"] as const).flatMap((gate) => {
    const allowed = city.review.gates[gate];
    if (allowed === undefined) return [];
    const number = seats.filter(({ effect }) => effect === gate).length;
    const percent = (100 * number) / Math.max(1, sizeOf(city, base, pool));
    const tooMany = number > (allowed.seats ?? Infinity) || percent > (allowed.percent ?? Infinity);
    if (!tooMany) return [];
    const text = `${count(number, "seat")} ${gate}, ${percentAbove(percent)} percent; allowed: ${shareText(allowed)}`;
    return [{ gate, scope: pool, text, path: poolPath(city, pool) }];
  });
}

function shareText({ seats, percent }: { seats?: number | undefined; percent?: number | undefined }): string {
  const parts = [
    ...(seats === undefined ? [] : [count(seats, "seat")]),
    ...(percent === undefined ? [] : [`${String(percent)} percent`]),
  ];
  return parts.join(" and ");
}

/** The smaller size of both versions: growth in the same change must not reduce the removed share. */
function sizeOf(city: DeployedCity, base: DeployedCity, name: string): number {
  const sizes = [city, base].flatMap(({ pools }) => pools.filter((one) => one.name === name));
  return sizes.length === 0 ? 0 : Math.min(...sizes.map((pool) => seatNumbers(pool).length));
}

function assignedFindings(city: DeployedCity, { pool, seats }: PoolChange): GateFinding[] {
  if (city.review.gates.assignedReplaced === undefined) return [];
  const number = seats.filter(({ effect, holder }) => effect === "replaced" && holder !== undefined).length;
  if (number === 0) return [];
  const text = `${count(number, "seat")} replaced that somebody has; what he keeps there is lost`;
  return [{ gate: "assignedReplaced", scope: pool, text, path: poolPath(city, pool) }];
}

function poolPath({ pools }: DeployedCity, name: string): Path {
  return [
    "pools",
    Math.max(
      0,
      pools.findIndex((pool) => pool.name === name),
    ),
  ];
}

/** A forgotten resource stays in place but in no plan, and nobody removes it: as serious as a destruction. */
function destroyedFindings({ stack, changes }: StackPreview): GateFinding[] {
  const has = (...actions: readonly Action[]): number =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const [gone, left] = [has("destroy", "replace"), has("forget", "forget-and-create")];
  const parts = [
    ...(gone > 0 ? [`${count(gone, "resource")} destroyed, or made anew in the place of another`] : []),
    ...(left > 0 ? [`${count(left, "resource")} left behind: still there, and managed by nobody`] : []),
  ];
  if (parts.length === 0) return [];
  return [{ gate: "destroyed", scope: stack, text: parts.join("; "), path: ["review", "gates", "destroyed"] }];
}

function driftFindings({ stack, drift }: StackPreview): GateFinding[] {
  if (drift.length === 0) return [];
  const text = `${count(drift.length, "resource")} changed outside Terraform`;
  return [{ gate: "drift", scope: stack, text, path: ["review", "gates", "drift"] }];
}
