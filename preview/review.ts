import { isDeepStrictEqual } from "node:util";
import type { DeployedCity } from "../environments/model/city";
import { DECLARED_GATES } from "../environments/model/gates";
import type { Gates, Waiver } from "../environments/model/gates";
import type { GateFinding } from "./gate-finding";

type Share = NonNullable<Gates["restarted"]>;

/** Of each gate the stricter of two: what is not there is open, so the other is stricter. */
const STRICTER: { readonly [G in keyof Gates]-?: (one: Gates[G], other: Gates[G]) => Gates[G] } = {
  restarted: stricterShare,
  replaced: stricterShare,
  assignedReplaced: either,
  destroyed: either,
  dataZone: either,
  privilege: either,
  capacityPercent: (one, other) => (one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)),
  drift: either,
};

/**
 * The gates and waivers that a change is held against: of each gate the stricter of the base's and its own, and of waivers those
 * that the base has too, until the earlier of both last days. A change so neither opens its own gates nor waives them.
 * @param base as the branch has it that the change goes to. @default - the change's own are all there is
 */
export function heldReview(
  base: DeployedCity | undefined,
  wanted: DeployedCity,
): Pick<DeployedCity, "review" | "asOf"> {
  if (base === undefined) return wanted;
  const gates = DECLARED_GATES.reduce<Gates>((all, gate) => ({ ...all, ...stricter(gate, base, wanted) }), {});
  const waivers = wanted.review.waivers.flatMap((waiver) => {
    const known = sameWaiver(base, waiver);
    return known === undefined ? [] : [{ ...waiver, until: earlier(known.until, waiver.until) }];
  });
  return { review: { gates, waivers }, asOf: base.asOf > wanted.asOf ? base.asOf : wanted.asOf };
}

/** What of the review itself a change loosens: gates, waivers that it adds or lengthens, and the day that they are held against. */
export function reviewFindings(base: DeployedCity, wanted: DeployedCity): GateFinding[] {
  const loosened = DECLARED_GATES.filter((gate) => {
    const held = stricter(gate, base, wanted)[gate];
    return !isDeepStrictEqual(held, wanted.review.gates[gate]);
  });
  const waived = wanted.review.waivers.flatMap((waiver, index) => {
    const known = sameWaiver(base, waiver);
    return known !== undefined && known.until >= waiver.until ? [] : [waiverFinding(waiver, index, known)];
  });
  return [...loosened.map((gate) => gateFinding(gate, base, wanted)), ...waived, ...asOfFindings(base, wanted)];
}

function gateFinding(gate: keyof Gates, base: DeployedCity, wanted: DeployedCity): GateFinding {
  const after = wanted.review.gates[gate];
  const text = `the gate is loosened: ${shown(base.review.gates[gate])} becomes ${shown(after)}; what it allowed is held`;
  const path = after === undefined ? ["review"] : ["review", "gates", gate];
  return { gate: "review", scope: gate, text, path };
}

function waiverFinding({ gate, scope, until }: Waiver, index: number, known: Waiver | undefined): GateFinding {
  const what = known === undefined ? "added" : `lengthened from ${known.until} to ${until}`;
  return {
    gate: "review",
    scope: `${gate} ${scope}`.slice(0, 200),
    text: `a waiver is ${what} by the change itself; it counts once the branch has it`,
    path: ["review", "waivers", index],
  };
}

function asOfFindings(base: DeployedCity, wanted: DeployedCity): GateFinding[] {
  if (wanted.asOf >= base.asOf) return [];
  const text = `asOf goes back from ${base.asOf} to ${wanted.asOf}; what lapsed stays lapsed`;
  return [{ gate: "review", scope: "asOf", text, path: ["asOf"] }];
}

function stricter<G extends keyof Gates>(gate: G, base: DeployedCity, wanted: DeployedCity): Pick<Gates, G> {
  const choose = STRICTER[gate] as (one: Gates[G], other: Gates[G]) => Gates[G];
  const held = choose(base.review.gates[gate], wanted.review.gates[gate]);
  return (held === undefined ? {} : { [gate]: held }) as Pick<Gates, G>;
}

/** Of the same thing, for the same reason, by the same owner: he has not agreed to another. */
function sameWaiver({ review }: DeployedCity, { gate, scope, reason, owner }: Waiver): Waiver | undefined {
  const same = (known: Waiver): boolean => known.gate === gate && known.scope === scope;
  return review.waivers.find((known) => same(known) && known.reason === reason && known.owner === owner);
}

function stricterShare(one: Share | undefined, other: Share | undefined): Share | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const least = (key: keyof Share): number => Math.min(one[key] ?? Infinity, other[key] ?? Infinity);
  return Object.fromEntries(
    (["seats", "percent"] as const).map((key) => [key, least(key)]).filter(([, value]) => value !== Infinity),
  ) as Share;
}

function either(one: true | undefined, other: true | undefined): true | undefined {
  return one ?? other;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function shown(gate: Gates[keyof Gates]): string {
  if (typeof gate !== "object") return gate === undefined ? "nothing" : String(gate);
  return Object.entries(gate)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(", ");
}
