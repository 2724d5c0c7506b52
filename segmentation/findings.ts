import { ofFamily } from "./address";
import { intersect, subtract } from "./box";
import type { Intervals } from "./intervals";
import { MANAGEMENT_PATH } from "./plan";
import type { Rule } from "./plan";
import { PORT_PRESETS } from "./port-presets";
import { portSet } from "./ports";
import type { Reach } from "./reach";
import { wholeNumber } from "./render/whole-number";

/** A questionable rule that is not wrong. */
export interface RuleFinding {
  /** Id of the opening or block. */
  readonly rule: string;
  /** shadowed: it opens no packet; redundant: other rules open all of its packets; over-wide: it opens too much. */
  readonly kind: "shadowed" | "redundant" | "over-wide";
  /** One sentence, with the other rules concerned. */
  readonly text: string;
}

/** More ports than this, without those of presets, are no single protocol: the usual range of FTP has fewer. */
const MOST_PORTS = 1_000n;
/** A range as wide as an IPv4 /8 or an IPv6 /32 is not one known network. */
const WIDE = { 4: 1n << 24n, 6: 1n << 96n } as const;
/** The most ports that an opening may have from or to such a wide range: web and mail need fewer. */
const MOST_PORTS_OF_WIDE = 16n;

/** All findings, sorted by rule id. The management path and emergency openings are included. */
export function findingsOf(reach: Reach): RuleFinding[] {
  const gone = new Set<Rule>();
  return reach.plan.openings.flatMap((rule) => {
    if (rule.id === MANAGEMENT_PATH) return [];
    const found = shadowed(reach, rule) ?? redundant(reach, rule, gone);
    if (found?.kind === "redundant") gone.add(rule);
    return [...(found === undefined ? [] : [found]), ...overWide(rule)];
  });
}

function shadowed(reach: Reach, rule: Rule): RuleFinding | undefined {
  const packets = reach.packetsOf(rule);
  if (packets.length === 0)
    return { rule: rule.id, kind: "shadowed", text: "it opens nothing: no packet has such ends" };
  if (reach.openedBy(rule).length > 0) return undefined;
  const blocks = reach.plan.blocks.filter((block) => intersect(packets, reach.packetsOf(block)).length > 0);
  return { rule: rule.id, kind: "shadowed", text: `all that it would open is closed by ${ids(blocks)}` };
}

/** An opening of the emergency is compared with all others, an everyday one only with everyday ones. */
function redundant(reach: Reach, rule: Rule, gone: ReadonlySet<Rule>): RuleFinding | undefined {
  let left = reach.openedBy(rule);
  const direct = reach.layer2Meeting(left);
  for (const { packets } of direct) left = subtract(left, packets);
  const by: Rule[] = [];
  for (const other of reach.openingsMeeting(left, !rule.active)) {
    if (other === rule || gone.has(other)) continue;
    if (intersect(left, reach.openedBy(other)).length === 0) continue;
    left = subtract(left, reach.openedBy(other));
    by.push(other);
    if (left.length === 0) break;
  }
  if (left.length > 0) return undefined;
  const openers = [...direct.map(({ text }) => text), ...(by.length > 0 ? [ids(by)] : [])];
  return { rule: rule.id, kind: "redundant", text: `all that it opens is open already by ${openers.join(" and ")}` };
}

function overWide(rule: Rule): RuleFinding[] {
  const count = rule.ports.size;
  const ports = `${wholeNumber(count)} ports`;
  const reasons = [
    ...(beyondPresets(rule.ports) > MOST_PORTS ? [`it opens ${ports}`] : []),
    ...(isWide(rule.from) && count > MOST_PORTS_OF_WIDE ? [`it opens ${ports} to all of "${rule.fromName}"`] : []),
    ...(isWide(rule.to) && count > MOST_PORTS_OF_WIDE ? [`it opens ${ports} of all of "${rule.toName}"`] : []),
  ];
  return reasons.map((text) => ({ rule: rule.id, kind: "over-wide", text }));
}

/** The number of ports, without those of a preset with as many that is there as a whole, such as RPC's range. */
function beyondPresets(ports: Intervals): bigint {
  if (ports.size <= MOST_PORTS) return ports.size;
  const presets = PORT_PRESETS.map((preset) => portSet(preset.ports));
  const whole = presets.filter((preset) => preset.size > MOST_PORTS && ports.contains(preset));
  return whole.reduce((left, preset) => left.subtract(preset), ports).size;
}

function isWide(end: Intervals): boolean {
  return ([4, 6] as const).some((family) => ofFamily(end, family).size >= WIDE[family]);
}

function ids(rules: readonly Rule[]): string {
  return rules.map(({ id }) => id).join(", ");
}
