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
import { buildScript, throughGatewayScript } from "./script";
import { GATEWAY, OUTSIDE, topologyOf } from "./topology";
import type { Topology } from "./topology";

/** How often a probe that should have arrived is sent again: a busy machine loses some. */
const TRIES = 3;

/** What is proven: a city's analysis against what is really built. */
export interface ProofOptions {
  /** What the analysis says. */
  readonly reach: Reach;
  readonly gateway: GatewayPlan;
  /** What the gateway is given. @default - the ruleset of the plan */
  readonly ruleset?: string;
  /** What layer 2 is built from. @default - the plan's segments */
  readonly segments?: readonly Segment[];
  /** Commands of a shell that the gateway runs once it forwards, before anything is sent. @default - none */
  readonly commands?: readonly string[];
  /** Takes what is being done. @default - nobody is told */
  readonly say?: (line: string) => void;
  /** Ends it early. @default - it runs to its end */
  readonly signal?: AbortSignal;
}

/** A probe that did not do what the analysis says. */
export interface Difference extends Probe {
  /** Whether it arrived. */
  readonly arrived: boolean;
}

/** What a proof found. */
export interface ProofResult {
  /** How many probes were sent, by protocol; those that were sent again count once. */
  readonly sent: Readonly<Record<Protocol, number>>;
  /** How many of them arrived. */
  readonly arrived: number;
  /** How many of them were sent under another's address. */
  readonly forged: number;
  /** Every probe that did not do what the analysis says; none where it is right. */
  readonly differences: readonly Difference[];
}

/**
 * Builds a city's segments in network namespaces, loads the ruleset that its gateways get, sends real packets between all
 * pairs of machines on every edge of every rule, and compares what arrives with what the analysis says. Nothing is sent
 * beyond the namespaces, which have no way out.
 * @throws NoNamespaces where the kernel lets nobody make network namespaces
 */
export async function prove(options: ProofOptions): Promise<ProofResult> {
  const { reach, gateway, signal } = options;
  const namespaces = await Namespaces.open();
  const folder = mkdtempSync(join(tmpdir(), "proof-"));
  try {
    const segments = options.segments ?? reach.plan.segments;
    const topology = topologyOf(reach.space, segments, gateway);
    const ruleset = join(folder, "ruleset.nft");
    writeFileSync(ruleset, options.ruleset ?? nftables(reach.plan, gateway));
    options.say?.(`building ${String(topology.hosts.length)} machines`);
    await namespaces.script(buildScript(topology, segments, gateway, ruleset));
    for (const command of options.commands ?? []) await namespaces.run(GATEWAY, ["sh", "-c", command]);
    signal?.throwIfAborted();
    return await sendAll(options, topology, namespaces);
  } catch (error) {
    // Ctrl-C ends what runs in the namespaces too, which then fails in its own words.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await namespaces.close();
    rmSync(folder, { recursive: true });
  }
}

async function sendAll(options: ProofOptions, topology: Topology, namespaces: Namespaces): Promise<ProofResult> {
  const { reach, signal } = options;
  const ports = sampledPorts(reach);
  const hosts = [...topology.hosts.map(({ name }) => name), GATEWAY, OUTSIDE];
  const agents = await Promise.all(hosts.map((host) => Agent.start(namespaces, host, ports)));
  const field = new Map(agents.map((agent) => [agent.host, agent]));
  try {
    const direct = await round(options, field, probesOf(reach, topology, ports, "direct"), "directly");
    signal?.throwIfAborted();
    await namespaces.script(throughGatewayScript(topology));
    const routed = await round(options, field, probesOf(reach, topology, ports, "gateway"), "through the gateway");
    signal?.throwIfAborted();
    const forged = await round(options, field, forgedProbes(reach, topology), "under another's address");
    return summary([...direct, ...routed, ...forged]);
  } finally {
    for (const agent of agents) agent.stop();
  }
}

type Field = ReadonlyMap<string, Agent>;

/** Sends probes, and those that should have arrived and did not once more, up to the last try. */
async function round(
  options: ProofOptions,
  field: Field,
  probes: readonly Probe[],
  how: string,
): Promise<Difference[]> {
  const arrived = new Set<number>();
  let waiting = [...probes.keys()];
  for (let attempt = 0; attempt < TRIES && waiting.length > 0; attempt += 1) {
    options.signal?.throwIfAborted();
    options.say?.(`${how}: ${waiting.length.toLocaleString("en")} packets`);
    for (const number of await sendOnce(field, probes, waiting)) arrived.add(number);
    waiting = waiting.filter((number) => probes[number]?.by !== undefined && !arrived.has(number));
  }
  return probes.map((probe, number) => ({ ...probe, arrived: arrived.has(number) }));
}

async function sendOnce(field: Field, probes: readonly Probe[], numbers: readonly number[]): Promise<number[]> {
  const orders = new Map<string, Order[]>();
  const connections = new Map<string, number>();
  for (const number of numbers) {
    const probe = probes[number];
    if (probe === undefined) continue;
    const { protocol, from, to, port } = probe;
    if (protocol === "tcp") connections.set(connectionKey(from.text, to.text, port), number);
    const list = orders.get(from.host) ?? [];
    list.push([number, protocol, from.text, to.text, port]);
    orders.set(from.host, list);
  }
  const answered = await Promise.all(
    [...orders].map(async ([host, list]) => (await field.get(host)?.send(list)) ?? []),
  );
  const arrivals = await Promise.all([...field.values()].map((agent) => agent.collect()));
  const connected = arrivals.flatMap(({ tcp }) =>
    tcp.flatMap(([from, to, port]) => connections.get(connectionKey(from, to, port)) ?? []),
  );
  return [...answered.flat(), ...connected, ...arrivals.flatMap(({ udp }) => udp)];
}

function connectionKey(from: string, to: string, port: number): string {
  return `${from} ${to} ${String(port)}`;
}

function summary(results: readonly Difference[]): ProofResult {
  const count = (protocol: Protocol): number => results.filter((result) => result.protocol === protocol).length;
  return {
    sent: { tcp: count("tcp"), udp: count("udp"), icmp: count("icmp") },
    arrived: results.filter(({ arrived }) => arrived).length,
    forged: results.filter(({ forged }) => forged).length,
    differences: results.filter(({ by, arrived }) => arrived !== (by !== undefined)),
  };
}
