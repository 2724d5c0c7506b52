import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Pair, YAMLMap } from "yaml";
import { citySchema } from "../../environments/model/city";
import type { DeclaredCity } from "../../environments/model/city";
import { windowsPools } from "../../environments/seats/windows-pools";
import { placeholder, rangeOf4 } from "../subnets";
import type { Range4 } from "../subnets";
import type { Part, PartContext } from "./part";

const [FIRST_VLAN, LAST_VLAN] = [3901, 4094];
const YEAR = /^\d{4}/;

/**
 * What parts have to know of a city.
 * @param platform where its repository is kept
 * @param elsewhere subnets of other cities
 */
export function contextOf(
  city: DeclaredCity,
  platform: PartContext["platform"],
  elsewhere: readonly string[],
): PartContext {
  const {
    pools,
    platform: { clusters },
    network,
  } = city;
  const taken = new Set(network.segments.flatMap(({ vlan, privateVlan }) => [vlan, privateVlan?.secondary]));
  const free = Array.from({ length: LAST_VLAN - FIRST_VLAN + 1 }, (_, index) => FIRST_VLAN + index).filter(
    (vlan) => !taken.has(vlan),
  );
  const [uplink = FIRST_VLAN, management = FIRST_VLAN + 1] = free;
  return {
    id: city.city.id,
    domain: city.city.domain ?? `comune.${city.city.id}.example`,
    platform,
    cluster: clusters[0]?.name ?? "",
    pool: pools[0]?.name ?? "",
    codes: pools.map(({ code }) => code),
    exporter: windowsPools(city).length > 0 ? 9182 : 9100,
    vlans: [uplink, management],
    subnets: freeSubnets([...elsewhere, ...network.segments.flatMap(({ subnet }) => subnet ?? [])]),
    until: city.asOf.replace(YEAR, (year) => String(Number(year) + 1)).replace("-02-29", "-02-28"),
  };
}

/** Two placeholders; where all are taken, the rules say so. */
function freeSubnets(texts: readonly string[]): PartContext["subnets"] {
  const taken = texts.flatMap((text) => rangeOf4(text) ?? []);
  const free = (): Range4 => placeholder(1, taken) ?? { first: 0, prefix: 24 };
  const uplink = free();
  taken.push(uplink);
  return [uplink, free()];
}

/** A city's text with parts, unformatted, and the names of those that it had already. What stands in it stays, with its comments. */
export function addParts(
  text: string,
  parts: readonly Part[],
  context: PartContext,
): { readonly text: string; readonly there: readonly string[] } {
  const document = parseDocument(text);
  const there = parts.filter(({ key }) => document.hasIn(key)).map(({ name }) => name);
  const added = parts.filter(({ name }) => !there.includes(name));
  if (added.length === 0) return { text, there };
  for (const part of added) merge(document, parseDocument(part.text(context)));
  return { text: document.toString({ lineWidth: 0 }), there };
}

function merge(document: Document, part: Document): void {
  if (isMap(document.contents) && isMap(part.contents)) mergeMap(document.contents, part.contents, true);
}

/** Maps are merged, lists go on, and any other value that is there stays. */
function mergeMap(target: YAMLMap, source: YAMLMap, isTop = false): void {
  // What stands above a map's first key is the map's, and would be lost with it.
  const [first] = source.items;
  if (source.commentBefore && isScalar(first?.key)) first.key.commentBefore ??= source.commentBefore;
  for (const pair of source.items) {
    const found = target.items.find(({ key }) => keyOf(key) === keyOf(pair.key));
    if (found === undefined) insert(target, pair, isTop);
    else if (isMap(found.value) && isMap(pair.value)) mergeMap(found.value, pair.value);
    else if (isSeq(found.value) && isSeq(pair.value)) found.value.items.push(...pair.value.items);
  }
}

/** In the order of the schema, in which files have their sections. */
function insert(target: YAMLMap, pair: Pair, isTop: boolean): void {
  const order = Object.keys(citySchema.shape);
  const placeOf = (key: unknown): number => order.indexOf(keyOf(key));
  const next = isTop ? target.items.findIndex(({ key }) => placeOf(key) > placeOf(pair.key)) : -1;
  target.items.splice(next < 0 ? target.items.length : next, 0, pair);
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : "";
}
