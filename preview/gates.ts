import { capacityOf } from "../environments/capacity/city-capacity";
import { count } from "../environments/display";
import type { City } from "../environments/model/city";
import type { Gate, Waiver } from "../environments/model/gates";
import { effectiveFlows } from "../environments/network/effective-flows";
import type { Path } from "../environments/path";
import { identityPath } from "../environments/secrets/access";
import { seatNumbers } from "../environments/seats/seats";
import type { AccessChange } from "./access-changes";
import type { CapacityChange } from "./capacity-changes";
import type { LoginChange } from "./login-changes";
import type { FileChange } from "./file-change";
import type { StackPreview } from "./stack-preview";
import type { PoolChange } from "./seat-changes";

/** Something that a gate stops. */
export interface GateFinding {
  readonly gate: Gate;
  /** What it is about, as a waiver names it: a pool, a stack, `from -> to`, an identity, or a resource. */
  readonly scope: string;
  /** What there is of it, and what is allowed. */
  readonly text: string;
  /** The way to what of the city's file it is about, or near it. */
  readonly path: Path;
}

/** Why something may pass a gate, who answers for it, and its last day. */
export interface WaiverTerms {
  /** Why it may pass. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Its last day, such as 2026-12-31. */
  readonly until: string;
}

/** A finding that a waiver lets pass. */
export interface WaivedFinding extends GateFinding {
  readonly waiver: WaiverTerms;
}

/** A waiver whose last day is over. */
export interface LapsedWaiver extends WaiverTerms {
  readonly gate: Gate;
  /** What it was for. */
  readonly scope: string;
}

/** What a city's gates say of a change. */
export interface GateResult {
  /** What stops it. */
  readonly closed: readonly GateFinding[];
  /** What would stop it, and passes for a time. */
  readonly waived: readonly WaivedFinding[];
  /** Waivers whose last day is over; they open nothing any more. */
  readonly lapsed: readonly LapsedWaiver[];
  /** Gates of which nothing is known, since there is no version of the file to compare with. */
  readonly unchecked: readonly Gate[];
}

/** What the gates look at. */
export interface Gated {
  readonly pools: readonly PoolChange[];
  readonly stacks: readonly StackPreview[];
  /** Against the base; null where there is none to compare with. */
  readonly file: FileChange | null;
}

/** Gates that compare two versions of the file. */
const OF_THE_FILE: readonly Gate[] = ["dataZone", "privilege", "capacityPercent"];

/** Asks each gate of a city. */
export function askGates(city: City, change: Gated): GateResult {
  const { gates, waivers } = city.review;
  const lapsed = waivers.filter(({ until }) => until < city.asOf);
  const found = findings(city, change).map((finding) => ({ finding, waiver: waiverOf(city, finding) }));
  return {
    closed: found.filter(({ waiver }) => waiver === undefined).map(({ finding }) => finding),
    waived: found.flatMap(({ finding, waiver }) =>
      waiver === undefined ? [] : [{ ...finding, waiver: shown(waiver) }],
    ),
    lapsed,
    unchecked: change.file === null ? OF_THE_FILE.filter((gate) => gates[gate] !== undefined) : [],
  };
}

function waiverOf({ asOf, review }: City, { gate, scope }: GateFinding): Waiver | undefined {
  return review.waivers.find((waiver) => waiver.gate === gate && waiver.scope === scope && asOf <= waiver.until);
}

function shown({ reason, owner, until }: Waiver): WaiverTerms {
  return { reason, owner, until };
}

function findings(city: City, { pools, stacks, file }: Gated): GateFinding[] {
  return [
    ...pools.flatMap((pool) => shareFindings(city, pool)),
    ...pools.flatMap((pool) => assignedFindings(city, pool)),
    ...(city.review.gates.destroyed === true ? stacks.flatMap(destroyedFindings) : []),
    ...(city.review.gates.drift === true ? stacks.flatMap(driftFindings) : []),
    ...(file === null ? [] : fileFindings(city, file)),
  ];
}

function shareFindings(city: City, { pool, seats }: PoolChange): GateFinding[] {
  return (["restarted", "replaced"] as const).flatMap((gate) => {
    const allowed = city.review.gates[gate];
    if (allowed === undefined) return [];
    const number = seats.filter(({ effect }) => effect === gate).length;
    const percent = (100 * number) / Math.max(1, sizeOf(city, pool));
    const tooMany = number > (allowed.seats ?? Infinity) || percent > (allowed.percent ?? Infinity);
    if (!tooMany) return [];
    const text = `${count(number, "seat")} ${gate}, ${percent.toFixed(0)} percent; allowed: ${shareText(allowed)}`;
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

function sizeOf(city: City, name: string): number {
  const pool = city.pools.find((one) => one.name === name);
  return pool === undefined ? 0 : seatNumbers(pool).length;
}

function assignedFindings(city: City, { pool, seats }: PoolChange): GateFinding[] {
  if (city.review.gates.assignedReplaced === undefined) return [];
  const number = seats.filter(({ effect, holder }) => effect === "replaced" && holder !== undefined).length;
  if (number === 0) return [];
  const text = `${count(number, "seat")} replaced that somebody has; what he keeps there is lost`;
  return [{ gate: "assignedReplaced", scope: pool, text, path: poolPath(city, pool) }];
}

function poolPath({ pools }: City, name: string): Path {
  return [
    "pools",
    Math.max(
      0,
      pools.findIndex((pool) => pool.name === name),
    ),
  ];
}

function destroyedFindings({ stack, changes }: StackPreview): GateFinding[] {
  const gone = changes.filter(({ action }) => action === "destroy" || action === "replace").length;
  if (gone === 0) return [];
  const text = `${count(gone, "resource")} destroyed, or made anew in the place of another`;
  return [{ gate: "destroyed", scope: stack, text, path: ["review", "gates", "destroyed"] }];
}

function driftFindings({ stack, drift }: StackPreview): GateFinding[] {
  if (drift.length === 0) return [];
  const text = `${count(drift.length, "resource")} changed behind Terraform's back`;
  return [{ gate: "drift", scope: stack, text, path: ["review", "gates", "drift"] }];
}

function fileFindings(city: City, { network, access, logins, capacity }: FileChange): GateFinding[] {
  const { dataZone, privilege, capacityPercent } = city.review.gates;
  return [
    ...(dataZone === undefined ? [] : dataZoneFindings(city, network)),
    ...(privilege === undefined ? [] : [...privilegeFindings(city, access), ...loginFindings(logins)]),
    ...(capacityPercent === undefined ? [] : capacityFindings(city, capacity, capacityPercent)),
  ];
}

function dataZoneFindings(city: City, { passages }: FileChange["network"]): GateFinding[] {
  const data = new Set(city.network.segments.filter(({ zone }) => zone === "data").map(({ name }) => name));
  const flows = new Map(effectiveFlows(city).map(({ id, path }) => [id, path]));
  return passages
    .filter(({ effect, to }) => effect === "opened" && data.has(to))
    .map(({ from, to, ports, by }) => ({
      gate: "dataZone",
      scope: `${from} -> ${to}`,
      text: `${ports.join(", ")} opened into the zone data, by ${by.join(", ")}`,
      path: by.map((id) => flows.get(id)).find((path) => path !== undefined) ?? ["network"],
    }));
}

function privilegeFindings(city: City, access: readonly AccessChange[]): GateFinding[] {
  const gaining = access.filter(({ gained }) => gained.length > 0);
  return [...new Set(gaining.map(({ identity }) => identity))].map((identity) => {
    const paths = gaining.filter((change) => change.identity === identity);
    const text = `may more in Vault: ${paths.map(({ path, gained }) => `${gained.join(", ")} at ${path}`).join("; ")}`;
    return { gate: "privilege", scope: identity, text, path: identityPath(city, identity) ?? ["secrets"] };
  });
}

/** Other people may be it: nobody can tell from the file whether these are more. */
function loginFindings(logins: readonly LoginChange[]): GateFinding[] {
  return logins
    .filter(({ after }) => after !== null)
    .map(({ identity, after }) => {
      const path = identity.startsWith("ci:") ? ["secrets", "ci"] : ["secrets", "people"];
      return { gate: "privilege", scope: identity, text: `others log in: ${after ?? ""}`, path };
    });
}

function capacityFindings(city: City, changes: readonly CapacityChange[], percent: number): GateFinding[] {
  const resources = capacityOf(city);
  return changes.flatMap(({ kind, name, cluster, unit, profile, after }) => {
    if (after?.available == null || after.headroom === null) return [];
    if (after.headroom >= (percent / 100) * after.available) return [];
    const same = resources.find(
      (one) =>
        one.kind === kind &&
        one.name === name &&
        one.cluster === cluster &&
        one.unit === unit &&
        one.profile === profile,
    );
    const free = `${after.headroom.toLocaleString("en")} of ${after.available.toLocaleString("en")} ${unit} free`;
    return [
      {
        gate: "capacityPercent",
        scope: `${name} ${unit}`,
        text: `${free}; allowed: at least ${String(percent)} percent`,
        path: same?.path ?? ["platform"],
      },
    ];
  });
}
