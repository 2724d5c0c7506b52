import { count, quoted } from "../environments/display";
import { hostAdapters } from "../environments/network/host-adapters";
import type { Segment } from "../environments/model/network";
import type { Path } from "../environments/path";
import type { FoundHost, FoundPortGroup, FoundSwitch } from "../vcenter/inventory";
import { enumerated, missing, namesOf } from "./check";
import type { Compared, PreflightFinding } from "./check";

const SWITCH = ["network", "switch"];

/** A switch to make has free adapters and a free name; an existing one has what the file says. */
export function* distributedSwitch(compared: Compared): Iterable<PreflightFinding> {
  const { city, inventory } = compared;
  const { name, existing } = city.network.switch;
  const found = inventory.switches.find((one) => one.name === name);
  if (existing && found === undefined) {
    const there = inventory.switches.map((one) => one.name);
    const make = "take existing out: then a deployment makes it";
    yield missing([...SWITCH, "name"], "distributed switch", name, { there, where: "the datacenter", make });
  } else if (existing && found !== undefined) yield* asSaid(found, compared);
  else {
    if (found !== undefined) yield* taken(found, compared);
    yield* freeAdapters(compared);
  }
}

/** A switch of the name to make: the city's own of a former deployment has the port groups of its segments alone. */
function* taken({ name, hosts }: FoundSwitch, { city, inventory }: Compared): Iterable<PreflightFinding> {
  const path = [...SWITCH, "name"];
  const segments = namesOf(city.network.segments);
  const strange = inventory.portGroups.filter((group) => group.switch === name && !segments.includes(group.name));
  const others = hosts.filter((host) => !city.platform.clusters.some((cluster) => cluster.hosts.includes(host)));
  if (strange.length > 0)
    yield {
      ...{ path, weight: "wrong", expected: "a name that no switch has, but for the city's own" },
      message: `there is a switch ${quoted(name)} already, with ${count(strange.length, "port group")} of others: ${enumerated(namesOf(strange))}`,
      repair: "give it another name, or say existing: true",
    };
  else if (others.length > 0 || hosts.length === 0)
    yield {
      ...{ path, weight: "question", expected: "a name that no switch has, but for the city's own" },
      message: `there is a switch ${quoted(name)} already, ${hosts.length === 0 ? "without hosts" : `with hosts that the file does not name: ${enumerated(others)}`}`,
      repair: "where it is not of a former deployment, give it another name, or say existing: true",
    };
}

function* freeAdapters({ city, inventory }: Compared): Iterable<PreflightFinding> {
  const { name } = city.network.switch;
  const hosts = new Map(inventory.hosts.map((host) => [host.name, host]));
  const uplinks = hostAdapters(city).flatMap(({ host, adapters }) => {
    const found = hosts.get(host);
    return found === undefined ? [] : adapters.map((adapter) => ({ found, adapter }));
  });
  const free = freeOnAll([...new Set(uplinks.map(({ found }) => found))], name);
  yield* linkless(uplinks, city);
  for (const adapter of new Set(uplinks.map((uplink) => uplink.adapter))) {
    const wrong = uplinks.flatMap((uplink) =>
      uplink.adapter === adapter ? hindrance(uplink.found, adapter, name) : [],
    );
    if (wrong.length === 0) continue;
    yield {
      ...{ path: pathOf(adapter, city), weight: "wrong", expected: "an adapter that is free on its hosts" },
      message: `${adapter} is not free on ${count(wrong.length, "host")}: ${wrong.slice(0, MOST_HOSTS).join("; ")}${wrong.length > MOST_HOSTS ? "; ..." : ""}`,
      repair:
        free.length === 0
          ? `no adapter is free on every host: ${inventory.switches.length > 0 ? "use a switch that exists, with existing: true" : "there is no distributed switch to use either"}`
          : `free on every host: ${free.join(", ")}`,
    };
  }
}

interface Uplink {
  readonly found: FoundHost;
  readonly adapter: string;
}

/** A switch that was made with adapters without cables carries nothing, and no error tells it. */
function* linkless(uplinks: readonly Uplink[], city: Compared["city"]): Iterable<PreflightFinding> {
  for (const adapter of new Set(uplinks.map((uplink) => uplink.adapter))) {
    const down = uplinks.filter(
      ({ found, adapter: own }) =>
        own === adapter && found.adapters.some(({ name, linked }) => name === adapter && !linked),
    );
    if (down.length === 0) continue;
    yield {
      ...{ path: pathOf(adapter, city), weight: "question", expected: "an adapter with a link" },
      message: `${adapter} has no link on ${count(down.length, "host")}: ${enumerated(down.map(({ found }) => found.name))}`,
      repair: "connect it, or name another",
    };
  }
}

/** Where the file names an adapter: for every host, or for some. */
function pathOf(adapter: string, { network }: Compared["city"]): Path {
  const { adapters, adaptersOf } = network.switch;
  const [index, some] = [adapters.indexOf(adapter), adaptersOf.findIndex((entry) => entry.adapters.includes(adapter))];
  return index >= 0 ? [...SWITCH, "adapters", index] : [...SWITCH, "adaptersOf", some, "adapters"];
}

const MOST_HOSTS = 3;

function hindrance(host: FoundHost, adapter: string, own: string): string[] {
  const found = host.adapters.find(({ name }) => name === adapter);
  if (found === undefined) return [`${quoted(host.name)} has none of that name`];
  if (found.switch === undefined || found.switch === own) return [];
  return [`on ${quoted(host.name)} the switch ${quoted(found.switch)} has it`];
}

function freeOnAll(hosts: readonly FoundHost[], own: string): string[] {
  const [first] = hosts;
  const candidates = first?.adapters.map(({ name }) => name) ?? [];
  return candidates.filter((adapter) => hosts.every((host) => hindrance(host, adapter, own).length === 0));
}

/** An existing switch with the file's MTU, hosts and private VLANs, and without port groups of its segments' names. */
function* asSaid(found: FoundSwitch, { city, inventory }: Compared): Iterable<PreflightFinding> {
  const { mtu } = city.network.switch;
  const hosts = city.platform.clusters.flatMap((cluster) => cluster.hosts);
  const outside = hosts.filter((host) => !found.hosts.includes(host));
  if (found.mtu < mtu)
    yield {
      ...{ path: [...SWITCH, "mtu"], weight: "wrong", expected: `at most ${String(found.mtu)}` },
      message: `${quoted(found.name)} passes packets of at most ${String(found.mtu)} bytes, not ${String(mtu)}`,
      repair: `write ${String(found.mtu)}, or raise it on the switch`,
    };
  if (outside.length > 0)
    yield {
      ...{ path: [...SWITCH, "existing"], weight: "wrong", expected: "a switch that every host of the file joined" },
      message: `${quoted(found.name)} was not joined by ${count(outside.length, "host")}: ${enumerated(outside)}`,
      repair: "add them to the switch in the vCenter",
    };
  yield* segmentsOn(found, city, inventory.portGroups);
}

function* segmentsOn(
  found: FoundSwitch,
  { network }: Compared["city"],
  groups: readonly FoundPortGroup[],
): Iterable<PreflightFinding> {
  for (const [index, segment] of network.segments.entries()) {
    if (segment.external) continue;
    const path = ["network", "segments", index];
    const secondary = segment.privateVlan?.secondary ?? segment.vlan;
    const group = groups.find((one) => one.name === segment.name);
    yield* privateVlan(found, segment, path);
    if (group !== undefined && (group.switch !== found.name || group.vlan !== secondary))
      yield {
        ...{ path: [...path, "name"], weight: "wrong", expected: "a name that no other port group has" },
        message: `there is a port group ${quoted(segment.name)} on ${quoted(group.switch)} with ${vlanOf(group)}`,
        repair: "give the segment another name",
      };
  }
}

function* privateVlan(
  { name, privateVlans }: FoundSwitch,
  { vlan, privateVlan: own }: Segment,
  path: Path,
): Iterable<PreflightFinding> {
  if (own === undefined) return;
  const { secondary, type } = own;
  if (privateVlans.some((one) => one.primary === vlan && one.secondary === secondary && one.type === type)) return;
  yield {
    ...{ path: [...path, "privateVlan"], weight: "wrong", expected: "an entry of the switch's private VLAN map" },
    message: `${quoted(name)} has no ${type} private VLAN ${String(vlan)}/${String(secondary)}`,
    repair: "add it to the switch's map in the vCenter",
  };
}

function vlanOf({ vlan }: FoundPortGroup): string {
  return vlan === undefined ? "a trunk" : `the VLAN ${String(vlan)}`;
}
