import { expanded, presetNamed } from "../../segmentation/port-presets";
import type { City } from "../model/city";
import type { BroughtFlow, Flow } from "../model/flows";
import { onceEach } from "../once";
import type { Path } from "../path";
import { declaredWorkstation } from "../rules/helpers/declared";
import { serviceNamed } from "./services";

/** A flow of the network, an application, a pool or the emergency, with its ends and its path in the file. */
export interface EffectiveFlow extends Omit<Flow, "from" | "ports"> {
  /** Names of the ends that open connections; of an application's flow, the segments of all pools that use it. */
  readonly from: readonly string[];
  /** The ports, presets expanded; where the flow names none, those of the service that it leads to. */
  readonly ports: readonly string[];
  /** Names of the presets that they come from. */
  readonly presets: readonly string[];
  /** Whether it is open now. */
  readonly active: boolean;
  /** Its path in the file. */
  readonly path: Path;
}

/**
 * Every flow of a city: the network's own, those that applications and pools bring, and those prepared for an emergency.
 * Ids are made of names, such as `videoconference.media`, so adding a flow changes no other's id.
 */
export const effectiveFlows: (city: City) => readonly EffectiveFlow[] = onceEach((city: City) => [
  ...networkFlows(city),
  ...applicationFlows(city),
  ...poolFlows(city),
  ...emergencyFlows(city),
]);

function networkFlows(city: City): EffectiveFlow[] {
  return city.network.flows.map((flow, index) => ({
    ...flow,
    from: [flow.from],
    ...portsOf(city, flow),
    active: true,
    path: ["network", "flows", index],
  }));
}

function applicationFlows(city: City): EffectiveFlow[] {
  const segments = segmentsOfApplications(city);
  return city.applications.flatMap(({ id, flows }, application) => {
    const from = [...(segments.get(id) ?? [])];
    if (from.length === 0) return [];
    return flows.map((flow, index) => brought(city, flow, id, from, ["applications", application, "flows", index]));
  });
}

/** By application, the segments of the pools that use it, their own or hosted, by themselves or by their workstation. */
function segmentsOfApplications(city: City): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const users = new Map<readonly string[], Set<string>>();
  for (const { applications, workstation, segment } of [...city.pools, ...city.emergency.hosting]) {
    for (const list of [applications, declaredWorkstation(city, workstation)?.applications ?? []]) {
      users.set(list, (users.get(list) ?? new Set()).add(segment));
    }
  }
  for (const [list, segments] of users) {
    for (const id of list) found.set(id, new Set([...(found.get(id) ?? []), ...segments]));
  }
  return found;
}

function poolFlows(city: City): EffectiveFlow[] {
  return city.pools.flatMap(({ name, segment, flows }, pool) =>
    flows.map((flow, index) => brought(city, flow, name, [segment], ["pools", pool, "flows", index])),
  );
}

function emergencyFlows(city: City): EffectiveFlow[] {
  const { active, flows } = city.emergency;
  return flows.map((flow, index) => ({
    ...flow,
    id: `emergency.${flow.id}`,
    from: [flow.from],
    ...portsOf(city, flow),
    active,
    path: ["emergency", "flows", index],
  }));
}

function brought(city: City, flow: BroughtFlow, owner: string, from: readonly string[], path: Path): EffectiveFlow {
  return { ...flow, id: `${owner}.${flow.id}`, from, ...portsOf(city, flow), active: true, path };
}

function portsOf({ network }: City, { to, ports }: BroughtFlow): Pick<EffectiveFlow, "ports" | "presets"> {
  return resolved(ports ?? serviceNamed(network, to)?.ports ?? NO_PORTS);
}

const NO_PORTS: readonly string[] = [];

/** Made once a list of ports: all flows to a service share its list, and so what is cached for it. */
const resolved = onceEach((ports: readonly string[]) => ({
  ports: expanded(ports),
  presets: ports.filter((text) => presetNamed(text) !== undefined),
}));
