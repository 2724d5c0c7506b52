import { isDeepStrictEqual } from "node:util";
import type { DeployedCity } from "../environments/model/city";
import { DECLARED_GATES } from "../environments/model/gates";
import type { Gates, Waiver } from "../environments/model/gates";
import type { GateFinding } from "./gate-finding";

type Share = NonNullable<Gates["restarted"]>;

/** The stricter of two settings of each gate; a missing one is open, so the other is stricter. */
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
 * The gates and waivers that apply to a change: of each gate the stricter of the base's and the change's, and only
 * waivers that the base has too, until the earlier last day. So a change can neither open its own gates nor waive them.
 * @param base the city on the branch that the change goes to. @default - none: the change's own apply
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

/**
 * What a change loosens in the review itself: gates, added or extended waivers, and the day that they are compared
 * with.
 */
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

/** A waiver with the same gate, scope, reason and owner: the owner has agreed to nothing else. */
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
