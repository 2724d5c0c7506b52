import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import type { BroughtFlow, Flow } from "../model/flows";
import type { Path } from "../path";
import { declaredWorkstation } from "../rules/declared";

/** A flow of whatever origin, with its ends and its place in the file. */
export interface EffectiveFlow extends Omit<Flow, "from" | "ports"> {
  /** Names of the ends that open connections; those of an application are the segments of all that use it. */
  readonly from: readonly string[];
  /** What is reached; where the flow does not say it, the ports of the service that it leads to. */
  readonly ports: readonly string[];
  /** Whether it is open now. */
  readonly active: boolean;
  /** The way to it in the file. */
  readonly path: Path;
}

/**
 * Every flow of a city: the network's own, those that applications and pools bring, and those prepared for an emergency.
 * Ids are names, never numbers, so none moves when another is added: `videoconference.media`, `anagrafe.printers`.
 */
export function effectiveFlows(city: City): EffectiveFlow[] {
  return [...networkFlows(city), ...applicationFlows(city), ...poolFlows(city), ...emergencyFlows(city)];
}

function networkFlows(city: City): EffectiveFlow[] {
  return city.network.flows.map((flow, index) => ({
    ...flow,
    from: [flow.from],
    ports: portsOf(city, flow),
    active: true,
    path: ["network", "flows", index],
  }));
}

function applicationFlows(city: City): EffectiveFlow[] {
  return city.applications.flatMap(({ id, flows }, application) => {
    const users = [...city.pools, ...city.emergency.hosting].filter((user) => uses(city, user, id));
    const from = [...new Set(users.map(({ segment }) => segment))];
    if (from.length === 0) return [];
    return flows.map((flow, index) => brought(city, flow, id, from, ["applications", application, "flows", index]));
  });
}

/** Whether a pool, the city's own or a hosted one, has an application, of its own or from its workstation. */
function uses(
  city: City,
  { applications, workstation }: Pick<Pool, "applications" | "workstation">,
  id: string,
): boolean {
  return applications.includes(id) || declaredWorkstation(city, workstation)?.applications.includes(id) === true;
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
    ports: portsOf(city, flow),
    active,
    path: ["emergency", "flows", index],
  }));
}

function brought(city: City, flow: BroughtFlow, owner: string, from: readonly string[], path: Path): EffectiveFlow {
  return { ...flow, id: `${owner}.${flow.id}`, from, ports: portsOf(city, flow), active: true, path };
}

function portsOf({ network }: City, { to, ports }: BroughtFlow): readonly string[] {
  return ports ?? network.services.find(({ name }) => name === to)?.ports ?? [];
}
