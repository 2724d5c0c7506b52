import { setTimeout } from "node:timers/promises";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Namespaces } from "../proof/namespaces";
import type { GatewayPlan } from "../segmentation/gateway";
import { interfaceNamed } from "../segmentation/gateway";
import { REPOSITORY } from "../runtime/paths";

const SENDER = join(REPOSITORY, "bench", "loop-sender.py");
/** Packets that go round: enough to keep a CPU busy, and few enough to be sent while the first already do. */
const PACKETS = 32;
const FIRST_PORT = 20_000;
/** Kernel settings without which a packet that comes back to its sender's machine is dropped. */
const SETTINGS = ["rp_filter=0", "send_redirects=0", "accept_local=1"];

/** Datagrams that one rule opens, from a leg's machine to somewhere beyond the uplink. */
export interface LoopedFlow {
  /** Name of the leg, and an address of a machine there. */
  readonly leg: string;
  readonly from: string;
  /** Numbers of the first of the addresses that new flows come from, and how many. */
  readonly firstFrom: number;
  readonly addresses: number;
  readonly to: string;
  readonly port: number;
}

/** What went through the gateway in a second. */
export interface LoopRates {
  readonly packets: number;
  /** Entries that its connection table got. */
  readonly flows: number;
}

/**
 * One gateway between two namespaces that hand every packet on to the next, so that it passes the gateway again: the
 * kernel works as fast as it can, and no program sends or receives. One CPU does all the work, that of the two neighbours
 * too, so the gateway by itself does more.
 */
export class PacketLoop {
  private constructor(
    private readonly namespaces: Namespaces,
    private readonly folder: string,
    private readonly gateway: GatewayPlan,
    private readonly flow: LoopedFlow,
  ) {}

  /** Builds it, without any rule. */
  public static async open(gateway: GatewayPlan, flow: LoopedFlow): Promise<PacketLoop> {
    const loop = new PacketLoop(await Namespaces.open(), mkdtempSync(join(tmpdir(), "loop-")), gateway, flow);
    await loop.namespaces.script(buildScript(gateway, flow));
    return loop;
  }

  /** Removes it. */
  public async close(): Promise<void> {
    await this.namespaces.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Replaces the gateway's rules. @param ruleset empty for none */
  public async load(ruleset: string): Promise<void> {
    writeFileSync(join(this.folder, "ruleset.nft"), `flush ruleset\n${ruleset}`);
    await this.namespaces.run("gateway", ["nft", "-f", join(this.folder, "ruleset.nft")]);
  }

  /** What goes through in a second. @param isNew whether every packet opens a flow; otherwise all belong to a few */
  public async rates(isNew: boolean, milliseconds: number): Promise<LoopRates> {
    const { from, to, port } = this.flow;
    await this.namespaces.script("ip netns exec gateway conntrack -F 2>/dev/null || :");
    const orders = [String(FIRST_PORT), String(PACKETS)];
    await this.namespaces.run("clients", ["python3", SENDER, from, ...orders, to, String(port)]);
    if (isNew) await this.namespaces.script(this.renumbering());
    else await this.namespaces.run("servers", ["python3", SENDER, "--answer", to, String(port), from, ...orders]);
    const before = await this.counters();
    await setTimeout(milliseconds);
    const after = await this.counters();
    await this.namespaces.script(STOP);
    const each = (key: "packets" | "flows"): number => (after[key] - before[key]) / (after.seconds - before.seconds);
    return { packets: Math.round(each("packets")), flows: Math.round(each("flows")) };
  }

  /** What new flows do to a full connection table: they are lost, or push out others that nobody has answered yet. */
  public async untilFull(
    milliseconds: number,
  ): Promise<{ entries: number; most: number; lost: number; pushedOut: number }> {
    await this.rates(true, milliseconds);
    const text = await this.output(
      "cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max; conntrack -S",
    );
    const [entries = 0, most = 0] = text.split("\n").map(Number);
    return { entries, most, lost: summed(text, " drop"), pushedOut: summed(text, "early_drop") };
  }

  private renumbering(): string {
    const { to, firstFrom, addresses } = this.flow;
    // 32 bits of which a port takes the first 16; nft writes numbers in the network's order.
    const port = "udp sport set numgen random mod 4294967295 udp checksum set 0";
    const address = `ip saddr set numgen random mod ${String(addresses)} offset ${String(firstFrom)}`;
    return `ip netns exec clients nft add rule ip loop pass ip daddr ${to} ${port} ${address}`;
  }

  private async counters(): Promise<{ packets: number; flows: number; seconds: number }> {
    const files = `/sys/class/net/${this.gateway.uplink}/statistics/tx_packets /proc/sys/net/netfilter/nf_conntrack_count`;
    const [packets = 0, flows = 0, seconds = 0] = (await this.output(`cat ${files} /proc/uptime`))
      .split(/\s+/)
      .map(Number);
    return { packets, flows, seconds };
  }

  private async output(command: string): Promise<string> {
    // sysfs shows the interfaces of the namespace that mounted it; `ip netns exec` mounts it again.
    const child = this.namespaces.start("gateway", ["sh", "-c", command]);
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    return text;
  }
}

function summed(text: string, name: string): number {
  return [...text.matchAll(new RegExp(`${name}=(\\d+)`, "g"))].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Drops what goes round, then lets the next go. */
const STOP = [
  "ip netns exec servers nft add rule ip loop pass drop",
  "sleep 0.2",
  "ip netns exec servers nft 'flush chain ip loop pass; add rule ip loop pass ip ttl set 255'",
  "ip netns exec clients nft flush chain ip loop pass",
].join("\n");

function buildScript(gateway: GatewayPlan, flow: LoopedFlow): string {
  const [inside, uplink] = [interfaceNamed(gateway, flow.leg), interfaceNamed(gateway, gateway.uplink)];
  const [nextHop = ""] = gateway.nextHops;
  const router = (leg: typeof inside): string => leg.addresses.find(({ family }) => family === 4)?.virtual ?? "";
  const names = ["clients", "gateway", "servers"];
  return [
    "set -e",
    ...names.flatMap((name) => [`ip netns add ${name}`, `ip -n ${name} link set lo up`]),
    ...link("clients", "out", "gateway", inside.name),
    ...link("gateway", uplink.name, "servers", "in"),
    ...link("servers", "back", "clients", "back"),
    ...names.map(forwarding),
    ...[inside, uplink].flatMap(({ name, addresses }) =>
      addresses.map(({ virtual, length }) => `ip -n gateway addr add ${virtual}/${String(length)} dev ${name} nodad`),
    ),
    `ip -n gateway route add default via ${nextHop}`,
    `ip -n clients addr add ${flow.from}/32 dev out`,
    `ip -n clients route add ${flow.to} via ${router(inside)} dev out onlink`,
    `ip -n servers addr add ${nextHop}/32 dev in`,
    `ip -n servers route add ${flow.from} via ${router(uplink)} dev in onlink`,
    "ip -n servers addr add 192.0.2.1/30 dev back",
    "ip -n clients addr add 192.0.2.2/30 dev back",
    `ip -n servers route add ${flow.to} via 192.0.2.2`,
    ...["clients", "servers"].map(
      (name) =>
        `ip netns exec ${name} nft 'add table ip loop; add chain ip loop pass { type filter hook prerouting priority -300; }'`,
    ),
    "ip netns exec servers nft add rule ip loop pass ip ttl set 255",
  ].join("\n");
}

function link(from: string, name: string, to: string, other: string): string[] {
  return [
    `ip link add ${name} netns ${from} type veth peer name ${other} netns ${to}`,
    `ip -n ${from} link set ${name} up`,
    `ip -n ${to} link set ${other} up`,
  ];
}

function forwarding(name: string): string {
  const writes = SETTINGS.map((setting) => {
    const [file = "", value = ""] = setting.split("=");
    return `for one in /proc/sys/net/ipv4/conf/*/${file}; do echo ${value} > $one; done`;
  });
  return `ip netns exec ${name} sh -ec '${[...writes, "echo 1 > /proc/sys/net/ipv4/ip_forward"].join("; ")}'`;
}
