import { unreached } from "../../../segmentation/expectation";
import { quoted } from "../../display";
import type { Broker } from "../../model/access";
import { RDP_PORT } from "../../model/access";
import type { DeclaredCity } from "../../model/city";
import { reachOf } from "../../network/network-plan";
import { serviceNamed } from "../../network/services";
import type { CityRule, Finding } from "../rule";

const RDP = `tcp/${String(RDP_PORT)}`;
/** The others have protocols of their own, whose ports their makers' documents say. */
const BY_RDP: readonly (Broker | undefined)[] = [undefined, "guacamole", "rds"];

/** A pool that nobody can reach is a pool that nobody can use; the first person would find out. */
export const accessReach: CityRule = {
  id: "access-reach",
  explanation:
    "with access, people reach its service from each place of access.from, and the service reaches the segment of each pool on tcp/3389; " +
    "of a broker with a protocol of its own the first alone",
  repair: "add the flow to network.flows",
  *check(city) {
    const { access, network } = city;
    const service = access && serviceNamed(network, access.service);
    if (access === undefined || service === undefined) return;
    for (const [index, from] of access.from.entries()) {
      const because = reachOf(city).addressesOf(from).isEmpty
        ? undefined
        : closed(city, from, service.name, portOf(city));
      if (because !== undefined) {
        const message = `people in ${quoted(from)} do not reach ${quoted(service.name)} on ${portOf(city)}: ${because}`;
        yield { path: ["access", "from", index], message, repair: flow(from, service.name) };
      }
    }
    if (BY_RDP.includes(access.broker)) yield* unreachedPools(city, service.name);
  },
};

/** Pools of one segment lack the same. */
function* unreachedPools(city: DeclaredCity, service: string): Iterable<Finding> {
  const done = new Set<string>();
  for (const [index, { segment, decommissioned }] of city.pools.entries()) {
    if (decommissioned || done.has(segment) || reachOf(city).addressesOf(segment).isEmpty) continue;
    done.add(segment);
    const because = closed(city, service, segment, RDP);
    if (because === undefined) continue;
    const message = `nobody can reach its seats: ${quoted(service)} does not reach ${quoted(segment)} on ${RDP}: ${because}`;
    yield { path: ["pools", index], message, repair: flow(service, segment, RDP) };
  }
}

/** The first port that the service offers, or that of people's clients. */
function portOf({ access, network }: DeclaredCity): string {
  if (access?.machines !== undefined) return RDP;
  return serviceNamed(network, access?.service ?? "")?.ports[0] ?? RDP;
}

function closed(city: DeclaredCity, from: string, to: string, port: string): string | undefined {
  return unreached(reachOf(city), { from, to, port })?.because;
}

function flow(from: string, to: string, port?: string): string {
  const ports = port === undefined ? "" : `, ports: [${port}]`;
  return `write { id: ${from}-to-${to}, from: ${from}, to: ${to}${ports}, owner: ..., purpose: ..., ticket: ..., until: ... } in network.flows`;
}
