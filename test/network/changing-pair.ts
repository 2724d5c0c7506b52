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
import { gatewayHost, GatewayPair } from "./gateway-pair";
import { machineAt } from "./machine";
import { gatewayOf } from "./proved-city";
import type { TriedCity, TriedMachine } from "./tried-city";

const LOAD = join(__dirname, "load.py");
const MOST_WAIT_MS = 120_000;
/** How much was sent, and how much of it did not come back. */
export interface Sent {
  readonly sent: number;
  readonly lost: number;
}

/**
 * Both gateways of a city, each with the program that loads its rules, and hosts on both sides; an administrator reaches
 * vCenter through them.
 */
export class ChangingPair {
  private readonly agents: readonly GatewayAgent[];

  private constructor(
    public readonly pair: GatewayPair,
    private readonly tried: TriedCity,
    private readonly folder: string,
  ) {
    this.agents = MEMBERS.map(
      (member) => new GatewayAgent(pair.namespaces, gatewayHost(member), join(folder, String(member))),
    );
  }

  /** Starts them; the first gateway is master. The programs are not started. @param more as of GatewayPair.start */
  public static async start(
    tried: TriedCity,
    more: (gateway: GatewayPlan) => readonly string[] = () => [],
  ): Promise<ChangingPair> {
    const pair = await GatewayPair.start((gateway) => [...hosts(tried, gateway), ...more(gateway)], tried.city);
    const changing = new ChangingPair(pair, tried, mkdtempSync(join(tmpdir(), "rule-change-")));
    await changing.python("service", ["echo", tried.service.address, String(tried.servicePort), "161"]);
    await changing.python("managed", ["echo", tried.managed.address, "22", "161"]);
    await changing.python("desktop", ["echo", tried.desktop.address, "443", String(tried.senderPort)]);
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
    const { city } = this.tried;
    const network = { ...city.network, ...change(city.network) };
    return nftables(networkPlan({ ...city, network }), gatewayOf(city));
  }

  /** The same without a flow. */
  public withoutFlow(id: string): string {
    return this.ruleset(({ flows }) => ({ flows: flows.filter((flow) => flow.id !== id) }));
  }

  /** Whether the desktop reaches its service by a new connection. */
  public desktopReachesService(): Promise<boolean> {
    const { service, servicePort } = this.tried;
    return this.reaches("desktop", service.address, servicePort, "");
  }

  /** An administrator's way to vCenter, taken anew. @throws VcenterError where it is cut */
  public path = async (): Promise<void> => {
    const { managed, administrator } = this.tried;
    if (!(await this.reaches("router", managed.address, 22, administrator[0] ?? "")))
      throw new VcenterError("vCenter was not reached");
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

  /** Sends while something is done. @param kinds one connection, or packets that are each a connection of their own to the gateways */
  public async underLoad(kinds: readonly ("connection" | "packets")[], work: () => Promise<void>): Promise<Sent[]> {
    const { service, servicePort, desktop, senderPort } = this.tried;
    const loads = {
      connection: ["desktop", "connection", service.address, String(servicePort)],
      packets: [senderOf(this.tried), "packets", desktop.address, String(senderPort)],
    };
    const senders = await Promise.all(
      kinds.map((kind) => {
        const [host = "", ...args] = loads[kind];
        return this.python(host, args);
      }),
    );
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

/** The hosts: the router outside has the administrators, and is the gateways' next hop. */
function hosts(tried: TriedCity, gateway: GatewayPlan): string[] {
  const at = (name: string, { address, mac }: TriedMachine): string[] => machineAt(gateway, name, [address], mac);
  return [
    ...at("desktop", tried.desktop),
    ...at("service", tried.service),
    ...at("managed", tried.managed),
    ...(senderOf(tried) === "sender" ? at("sender", tried.sender) : []),
    ...machineAt(gateway, "router", gateway.nextHops),
    ...tried.administrator.map(
      (address) => `ip -n router addr add ${address}/${address.includes(":") ? "128" : "32"} dev lo`,
    ),
    ...MEMBERS.flatMap((member) => forwarding(gateway, member)),
  ];
}

/** The namespace of what sends to the desktop. */
function senderOf({ sender, managed }: TriedCity): "sender" | "managed" {
  return sender.address === managed.address ? "managed" : "sender";
}

/** What systemd sets once the rules are loaded, and the gateways' own routes. */
function forwarding({ nextHops }: GatewayPlan, member: Member): string[] {
  const settings = ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1", "net.ipv4.conf.all.rp_filter=2"];
  return [
    `ip netns exec ${gatewayHost(member)} sysctl -qw ${settings.join(" ")}`,
    ...nextHops.map((via) => `ip -n ${gatewayHost(member)} route add default via ${via}`),
  ];
}
