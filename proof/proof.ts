import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GatewayPlan } from "../segmentation/gateway";
import type { Segment } from "../segmentation/plan";
import type { Protocol } from "../segmentation/ports";
import type { Reach } from "../segmentation/reach";
import { nftables } from "../segmentation/render/nftables";
import { Agent } from "./agent";
import type { Order } from "./agent";
import { Namespaces } from "./namespaces";
import { forgedProbes, probesOf, sampledPorts } from "./probes";
import type { Probe } from "./probes";
import { rulesetParts } from "./ruleset-parts";
import { buildScript, throughGatewayScript } from "./script";
import { GATEWAY, gatewayHost, OUTSIDE, topologyOf } from "./topology";
import type { Topology } from "./topology";
import { wholeNumber } from "../segmentation/render/whole-number";

/** How often a probe that should have arrived is sent: a busy machine loses some. */
const TRIES = 3;

/** Input of a proof: a city's analysis, and what is built. */
export interface ProofOptions {
  /** The analysis. */
  readonly reach: Reach;
  /** Its pairs of gateways, the first of the file first. */
  readonly gateways: readonly GatewayPlan[];
  /** A pair's ruleset. @default - the plan's */
  readonly ruleset?: (gateway: GatewayPlan) => string;
  /** The segments to build. @default - the plan's */
  readonly segments?: readonly Segment[];
  /** Rulesets that machines load themselves, by their MAC addresses. @default - none has one */
  readonly machines?: ReadonlyMap<string, string>;
  /** TCP ports that are probed besides those at the edges of rules. @default - none */
  readonly alsoPorts?: readonly number[];
  /** Shell commands that the first pair's gateway runs before packets are sent. @default - none */
  readonly commands?: readonly string[];
  /** Gets the progress. @default - none */
  readonly say?: (line: string) => void;
  /** Ends it early. @default - none */
  readonly signal?: AbortSignal;
}

/** A probe that was sent. */
export interface SentProbe extends Probe {
  /** Whether it arrived. */
  readonly arrived: boolean;
}

/** A probe that contradicts the analysis. */
export type Difference = SentProbe;

/** Result of a proof. */
export interface ProofResult {
  /** Number of probes by protocol; a repeated one counts once. */
  readonly sent: Readonly<Record<Protocol, number>>;
  /** Number of probes that arrived. */
  readonly arrived: number;
  /** Number of probes with a forged source. */
  readonly forged: number;
  /** Every probe, for whoever counts those of some flows or machines. */
  readonly probes: readonly SentProbe[];
  /** Every probe that contradicts the analysis; empty where it is right. */
  readonly differences: readonly Difference[];
}

/**
 * Builds a city's segments in network namespaces, loads the gateways' ruleset, sends real packets between all pairs of
 * machines at every edge of every rule, and compares arrivals with the analysis. Nothing leaves the namespaces.
 * @throws NoNamespaces where the kernel permits no network namespaces
 */
export async function prove(options: ProofOptions): Promise<ProofResult> {
  const { reach, gateways, signal } = options;
  const namespaces = await Namespaces.open();
  const folder = mkdtempSync(join(tmpdir(), "proof-"));
  try {
    const segments = options.segments ?? reach.plan.segments;
    const topology = topologyOf(reach.space, segments, gateways);
    const rulesets = new Map(gateways.map((gateway) => [gateway, rulesetFiles(options, gateway, folder)]));
    options.say?.(`building ${String(topology.hosts.length)} machines`);
    await namespaces.script(buildScript(topology, segments, rulesets));
    for (const command of options.commands ?? []) await namespaces.run(GATEWAY, ["sh", "-c", command]);
    await loadMachines(options, topology, namespaces, folder);
    signal?.throwIfAborted();
    return await sendAll(options, topology, namespaces);
  } catch (error) {
    // Ctrl-C also ends the processes in the namespaces, which then fail with their own messages.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await namespaces.close();
    rmSync(folder, { recursive: true });
  }
}

/** Writes the files of a pair's ruleset. @returns their paths, in the order in which they are loaded */
function rulesetFiles({ reach, ruleset }: ProofOptions, gateway: GatewayPlan, folder: string): string[] {
  return rulesetParts(ruleset?.(gateway) ?? nftables(reach.plan, gateway)).map((text, index) => {
    const path = join(folder, `${gatewayHost(gateway)}-${String(index)}.nft`);
    writeFileSync(path, text);
    return path;
  });
}

async function loadMachines(
  { machines }: ProofOptions,
  { hosts }: Topology,
  namespaces: Namespaces,
  folder: string,
): Promise<void> {
  for (const { name, mac = "" } of hosts) {
    const ruleset = machines?.get(mac);
    if (ruleset === undefined) continue;
    const path = join(folder, `${name}.nft`);
    writeFileSync(path, ruleset);
    await namespaces.run(name, ["nft", "-f", path]);
  }
}

async function sendAll(options: ProofOptions, topology: Topology, namespaces: Namespaces): Promise<ProofResult> {
  const { reach, gateways, signal } = options;
  const ports = sampledPorts(reach, options.alsoPorts);
  const hosts = [...topology.hosts.map(({ name }) => name), ...gateways.map(gatewayHost), OUTSIDE];
  const agents = await Promise.all(hosts.map((host) => Agent.start(namespaces, host, ports)));
  const field = new Map(agents.map((agent) => [agent.host, agent]));
  try {
    const send = rounds(options, field);
    const direct = await send(probesOf(reach, topology, ports, "direct"), "directly");
    signal?.throwIfAborted();
    await namespaces.script(throughGatewayScript(topology));
    const routed = await send(probesOf(reach, topology, ports, "gateway"), "through the gateway");
    signal?.throwIfAborted();
    await Promise.all(agents.map((agent) => agent.noticeSyns()));
    const forged = await send(forgedProbes(reach, topology), "under another's address");
    return summary([...direct, ...routed, ...forged]);
  } finally {
    for (const agent of agents) agent.stop();
  }
}

type Field = ReadonlyMap<string, Agent>;

/** A round of probes, by how they are sent. */
type Round = (probes: readonly Probe[], how: string) => Promise<SentProbe[]>;

/**
 * Sends probes in rounds, each time repeating those that should have arrived, up to the last try. No number is used in two
 * rounds: on a busy machine a packet may arrive when the next round is sent.
 */
function rounds(options: ProofOptions, field: Field): Round {
  let first = 0;
  return async (probes, how) => {
    const numbered = new Map(probes.map((probe, index) => [first + index, probe]));
    first += probes.length;
    const arrived = new Set<number>();
    let waiting = [...numbered.keys()];
    for (let attempt = 0; attempt < TRIES && waiting.length > 0; attempt += 1) {
      options.signal?.throwIfAborted();
      options.say?.(`${how}: ${wholeNumber(waiting.length)} packets`);
      for (const number of await sendOnce(field, numbered, waiting)) arrived.add(number);
      waiting = waiting.filter((number) => numbered.get(number)?.by !== undefined && !arrived.has(number));
    }
    return [...numbered].map(([number, probe]) => ({ ...probe, arrived: arrived.has(number) }));
  };
}

async function sendOnce(
  field: Field,
  probes: ReadonlyMap<number, Probe>,
  numbers: readonly number[],
): Promise<number[]> {
  const orders = new Map<string, Order[]>();
  for (const number of numbers) {
    const probe = probes.get(number);
    if (probe === undefined) continue;
    const { from, to, port, forged } = probe;
    const protocol = forged && probe.protocol === "tcp" ? "syn" : probe.protocol;
    const list = orders.get(from.host) ?? [];
    list.push([number, protocol, from.text, to.text, port]);
    orders.set(from.host, list);
  }
  const sent = await Promise.all([...orders].flatMap(([host, list]) => field.get(host)?.send(list) ?? []));
  const connections = new Map(
    sent.flatMap(({ ports }) => ports).map(([number, fromPort]) => [keyOf(probes.get(number), fromPort), number]),
  );
  const arrivals = await Promise.all([...field.values()].map((agent) => agent.collect()));
  const connected = arrivals.flatMap(({ tcp }) => tcp.flatMap((ends) => connections.get(ends.join(" ")) ?? []));
  return [...sent.flatMap(({ answered }) => answered), ...connected, ...arrivals.flatMap(({ numbers }) => numbers)];
}

/** A connection as whoever takes it tells it: its ends with their ports. */
function keyOf(probe: Probe | undefined, fromPort: number): string {
  return [probe?.from.text, fromPort, probe?.to.text, probe?.port].join(" ");
}

function summary(results: readonly SentProbe[]): ProofResult {
  const count = (protocol: Protocol): number => results.filter((result) => result.protocol === protocol).length;
  return {
    sent: { tcp: count("tcp"), udp: count("udp"), icmp: count("icmp") },
    arrived: results.filter(({ arrived }) => arrived).length,
    forged: results.filter(({ forged }) => forged).length,
    probes: results,
    differences: results.filter(({ by, arrived }) => arrived !== (by !== undefined)),
  };
}
