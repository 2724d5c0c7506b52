import type { Intervals } from "../../../segmentation/intervals";
import { portsOf } from "../../../segmentation/matrix";
import { portSet, portTexts } from "../../../segmentation/ports";
import { count, quoted } from "../../display";
import type { City } from "../../model/city";
import type { Directory } from "../../model/directory";
import { endpointsOf, reachOf } from "../../network/network-plan";
import { offeredBy, serviceNamed } from "../../network/services";
import { onceEach } from "../../once";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

const PRESET = "active-directory";
const RPC = portSet(["tcp/49152-65535"]);
/** Microsoft, KB 154596: no narrower range of RPC's is advised. */
const LEAST_RPC_PORTS = 100n;
const KEY = ["secrets", "directory", "domainControllers"] as const;

/**
 * Active Directory takes more ports than one thinks of (segmentation/port-presets.ts has the sources): without one of them
 * joining fails, or log-on and group policy work by halves. In an OpenLDAP, a directory without userDomain, nobody joins.
 */
export const domainReached: CityRule = {
  id: "domain-reached",
  explanation:
    "a flow opens every port of the preset " +
    `${PRESET} from the segment of a pool that joins a domain to secrets.directory.domainControllers; of RPC's a part does`,
  repair: `add a flow with the ports [${PRESET}]`,
  *check(city) {
    const { directory } = city.secrets;
    const joining = joiningPools(city);
    if (directory?.userDomain === undefined) return;
    const controllers = directory.domainControllers;
    if (controllers === undefined) yield* joining.length === 0 ? [] : [unsaid(directory, joining)];
    else if (!knownEnds(city).includes(controllers)) yield* unknownEnd(city, controllers);
    else yield* unreachedBy(city, joining, controllers);
  },
};

/** A pool that joins, and the account by which it does. */
interface Joining {
  readonly index: number;
  readonly name: string;
  readonly segment: string;
  readonly account: string;
}

/**
 * In the order of the file; without decommissioned ones, which have no machine, and those in a segment that is not for
 * desktops, which is another rule's finding.
 */
function joiningPools({ pools, secrets, network }: City): Joining[] {
  const segments = network.segments.filter(({ zone, external }) => zone === "desktops" && !external);
  const fit = new Set(segments.map(({ name }) => name));
  const rotated = secrets.accounts?.rotated ?? [];
  const accounts = new Map(rotated.flatMap((account) => account.joins.map((pool) => [pool, account.name])));
  return pools.flatMap(({ name, segment, decommissioned }, index) => {
    const account = accounts.get(name);
    if (account === undefined || decommissioned || !fit.has(segment)) return [];
    return [{ index, name, segment, account }];
  });
}

function unsaid({ userDomain = "" }: Directory, joining: readonly Joining[]): Finding {
  const pools = `${count(joining.length, "pool")}, such as ${quoted(joining[0]?.name ?? "")},`;
  return {
    path: ["secrets", "directory"],
    message: `desktops of ${pools} join ${quoted(userDomain)}, and nothing says where its domain controllers are`,
    repair: `add domainControllers, the name of a service that offers the preset ${PRESET} or of a network outside`,
  };
}

/** A zone has machines of all kinds. */
function knownEnds(city: City): string[] {
  return [...endpointsOf(city).keys()].filter((name) => !name.startsWith("zone:"));
}

function unknownEnd(city: City, name: string): Finding[] {
  const known = knownEnds(city);
  return dangling({ path: KEY, name, known, noun: "service, segment or network outside", declared: "network" });
}

/** Pools of one segment lack the same. */
function* unreachedBy(city: City, joining: readonly Joining[], controllers: string): Iterable<Finding> {
  const gaps = new Map<string, Gap | undefined>();
  for (const pool of joining) {
    const { segment, account, index } = pool;
    if (!gaps.has(segment)) gaps.set(segment, gapOf(city, segment, controllers));
    const gap = gaps.get(segment);
    if (gap === undefined) continue;
    const message = `it joins the domain by the account ${quoted(account)}, and ${gap.text}`;
    yield { path: ["pools", index], message, repair: gap.repair ?? repairOf(city, pool, controllers) };
  }
}

/** What a segment lacks. */
interface Gap {
  readonly text: string;
  /** @default - the flow to write */
  readonly repair?: string;
}

function gapOf(city: City, segment: string, controllers: string): Gap | undefined {
  const reach = reachOf(withoutBlocks(city));
  // An end without addresses is another rule's finding.
  if (reach.addressesOf(segment).isEmpty || reach.addressesOf(controllers).isEmpty) return undefined;
  const ends = `${quoted(segment)} and ${quoted(controllers)}`;
  const wanted = reach.between(segment, controllers, [PRESET]);
  if (wanted.length === 0)
    return { text: `${ends} have no address of the same family`, repair: `give ${ends} addresses of one family` };
  const missing = missingPorts(portSet(portsOf([...reach.closed(wanted)])));
  if (missing.isEmpty) return undefined;
  return { text: `no flow opens ${portTexts(missing).join(", ")} from ${quoted(segment)} to ${quoted(controllers)}` };
}

/** A block is somebody's decision, with an owner and a last day: a quarantine closes the domain controllers too. */
const withoutBlocks = onceEach((city: City): City => {
  const { network } = city;
  return network.blocks.length === 0 ? city : { ...city, network: { ...network, blocks: [] } };
});

/** RPC's ports may be fewer: a controller's administrator narrows the range (Microsoft, KB 154596, KB 224196). */
function missingPorts(closed: Intervals): Intervals {
  const isNarrowed = RPC.subtract(closed).size >= LEAST_RPC_PORTS;
  return isNarrowed ? closed.subtract(RPC) : closed;
}

/** Where the service's own ports are what is opened, they are what is missing. */
function repairOf({ network }: City, { name, segment }: Joining, controllers: string): string {
  const service = serviceNamed(network, controllers);
  const offered = service === undefined || offeredBy(service).contains(portSet([PRESET]));
  const zone = network.segments.find((one) => one.name === segment)?.zone ?? "";
  const flow = network.flows.find(({ from, to }) => [segment, `zone:${zone}`].includes(from) && to === controllers);
  const ofService = offered ? [] : [`${PRESET} in the ports of ${quoted(controllers)}`];
  if (flow !== undefined) {
    const ofFlow = flow.ports === undefined ? [] : [`${PRESET} in those of the flow ${quoted(flow.id)}`];
    return `write ${[...ofService, ...ofFlow].join(", and ")}`;
  }
  const written =
    `{ id: ${name}-to-domain, from: ${segment}, to: ${controllers}, ports: [${PRESET}], owner: ..., purpose: ..., ` +
    "ticket: ..., until: ... } in network.flows";
  return `write ${[written, ...ofService].join(", and ")}`;
}
