import { once } from "node:events";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { bringUp, PATIENCE } from "../../cli/gateways/bring-up";
import type { Patience } from "../../cli/gateways/bring-up";
import { stateIn } from "../../cli/gateways/gateway-state";
import type { GatewayState } from "../../cli/gateways/gateway-state";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan, Member } from "../../segmentation/gateway";
import { nftables } from "../../segmentation/render/nftables";
import { VcenterError } from "../../vcenter/soap";
import { GatewayAgent } from "./gateway-agent";
import { gatewayHost, GatewayPair, SMALL } from "./gateway-pair";
import { city, gatewayOf } from "./proved-city";

const LOAD = join(__dirname, "load.py");
const MOST_WAIT_MS = 20_000;
const TEAM = "10.77.2.10";
const PORTAL = "10.77.4.20";
/** The gateways let the service's address be sent with no other. */
const PORTAL_MAC = "00:50:56:3f:00:20";
/** Stands for vCenter too: what the administrators reach through the gateways. */
const MANAGEMENT = "10.77.5.9";
const SERVERS = [
  ["portal", PORTAL, "443"],
  ["management", MANAGEMENT, "22"],
  ["team", TEAM, "443"],
] as const;

/** A host, and what it sends: one connection, or packets that are each a connection of their own to the gateways. */
export const CONNECTION = ["team", "connection", PORTAL, "443"];
export const PACKETS = ["management", "packets", TEAM, "161"];

/** How much was sent, and how much of it did not come back. */
export interface Sent {
  readonly sent: number;
  readonly lost: number;
}

/**
 * Both gateways of the small city, each with the program that loads its rules, and hosts on both sides; an
 * administrator reaches vCenter through them.
 */
export class ChangingPair {
  private readonly agents: readonly GatewayAgent[];

  private constructor(
    private readonly pair: GatewayPair,
    private readonly city: City,
    private readonly folder: string,
  ) {
    this.agents = MEMBERS.map(
      (member) => new GatewayAgent(pair.namespaces, gatewayHost(member), join(folder, String(member))),
    );
  }

  /** Starts them; the first gateway is master. The programs are not started. */
  public static async start(): Promise<ChangingPair> {
    const pair = await GatewayPair.start(hosts);
    const changing = new ChangingPair(pair, city(SMALL), mkdtempSync(join(tmpdir(), "rule-change-")));
    for (const [host, address, port] of SERVERS) await changing.python(host, ["echo", address, port, "161"]);
    await pair.eventually(pair.virtualAddresses.length, 0);
    return changing;
  }

  public async close(): Promise<void> {
    await this.pair.close();
    rmSync(this.folder, { recursive: true });
  }

  public agent(member: Member): GatewayAgent {
    const found = this.agents[member];
    if (found === undefined) throw new Error("no agent");
    return found;
  }

  /** The city's ruleset, with its network changed. */
  public ruleset(change: (network: City["network"]) => Partial<City["network"]> = () => ({})): string {
    const { network } = this.city;
    return nftables(networkPlan({ ...this.city, network: { ...network, ...change(network) } }), gatewayOf(this.city));
  }

  /** The same without a flow. */
  public withoutFlow(id: string): string {
    return this.ruleset(({ flows }) => ({ flows: flows.filter((flow) => flow.id !== id) }));
  }

  /** Whether the team reaches the portal by a new connection. */
  public teamReachesPortal(): Promise<boolean> {
    return this.reaches("team", PORTAL, 443, "");
  }

  /** An administrator's way to vCenter, taken anew. @throws VcenterError where it is cut */
  public path = async (): Promise<void> => {
    if (!(await this.reaches("router", MANAGEMENT, 22, "10.75.0.1"))) throw new VcenterError("vCenter was not reached");
  };

  /** The rules that a gateway's kernel has, without what their counters counted. */
  public async loaded(member: Member): Promise<string> {
    const list = ["nft", "--stateless", "list", "table", "inet", "postazioni"];
    const child = this.pair.namespaces.start(gatewayHost(member), list);
    child.stderr.resume();
    return await text(child.stdout);
  }

  /** Brings up a gateway as a command does. @param path the way to vCenter */
  public brought(member: Member, path = this.path, patience: Partial<Patience> = {}): Promise<string> {
    const other: Member = member === 0 ? 1 : 0;
    return bringUp({
      ...{ gateway: this.agent(member).access(path), peer: this.agent(other).access(path) },
      ...{ signal: new AbortController().signal, say: () => undefined },
      patience: { ...PATIENCE, pause: 50, ...patience },
    });
  }

  /** Waits until a gateway says that it stands so. @returns how it stands */
  public async eventually(member: Member, isSo: (state: GatewayState) => boolean): Promise<GatewayState | undefined> {
    const end = Date.now() + MOST_WAIT_MS;
    for (;;) {
      const state = stateIn(this.agent(member).settings());
      if ((state !== undefined && isSo(state)) || Date.now() > end) return state;
      await setTimeout(50);
    }
  }

  /** Sends while something is done. */
  public async underLoad(modes: readonly (readonly string[])[], work: () => Promise<void>): Promise<Sent[]> {
    const senders = await Promise.all(modes.map(([host = "", ...args]) => this.python(host, args)));
    const told = senders.map((sender) => text(sender.stdout));
    await work();
    for (const sender of senders) sender.stdin.end();
    return (await Promise.all(told)).map((one) => JSON.parse(one) as Sent);
  }

  private async reaches(from: string, address: string, port: number, source: string): Promise<boolean> {
    const connect = `import socket; socket.create_connection(("${address}", ${String(port)}), 0.5, ("${source}", 0))`;
    const child = this.pair.namespaces.start(from, ["python3", "-c", connect]);
    child.stderr.resume();
    const [code] = (await once(child, "close")) as [number | null];
    return code === 0;
  }

  /** Starts the program of load on a host, and waits until it is ready. */
  private async python(host: string, args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
    const child = this.pair.namespaces.start(host, ["python3", LOAD, ...args]);
    let failed = "";
    child.stderr.on("data", (data: Buffer) => (failed += data.toString()));
    await Promise.race([once(child.stdout, "data"), once(child, "close")]);
    if (child.exitCode !== null) throw new Error(failed);
    return child;
  }
}

/** A host of the team, the portal, one of the management segment, and the router outside with the administrators. */
function hosts({ interfaces, uplink }: GatewayPlan): string[] {
  const leg = (address: string) =>
    interfaces.find(({ addresses }) => addresses.some(({ virtual }) => samePrefix(virtual, address)))?.name ?? uplink;
  const router = (address: string) =>
    interfaces
      .flatMap(({ addresses }) => addresses.map(({ virtual }) => virtual))
      .find((one) => samePrefix(one, address)) ?? "";
  const host = (name: string, address: string, mac = ""): string[] => [
    `ip netns add ${name}`,
    `ip link add ${name} type veth peer name eth0 ${mac === "" ? "" : `address ${mac} `}netns ${name}`,
    `ip link set ${name} master b-${leg(address)} up`,
    `ip -n ${name} link set lo up`,
    `ip -n ${name} link set eth0 up`,
    `ip -n ${name} addr add ${address}/24 dev eth0`,
    `ip -n ${name} route add default via ${router(address)}`,
  ];
  return [
    ...host("team", TEAM),
    ...host("portal", PORTAL, PORTAL_MAC),
    ...host("management", MANAGEMENT),
    ...host("router", "10.77.6.14"),
    "ip -n router addr add 10.75.0.1/32 dev lo",
    ...MEMBERS.map((member) => `ip netns exec ${gatewayHost(member)} sysctl -qw net.ipv4.ip_forward=1`),
    ...MEMBERS.map((member) => `ip -n ${gatewayHost(member)} route add default via 10.77.6.14`),
  ];
}

function samePrefix(one: string, other: string): boolean {
  return one.slice(0, one.lastIndexOf(".")) === other.slice(0, other.lastIndexOf("."));
}
