import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { City } from "../../environments/model/city";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { networkPlan } from "../../environments/network/network-plan";
import { batched } from "../../proof/batched";
import { Namespaces } from "../../proof/namespaces";
import { REPOSITORY } from "../../runtime/paths";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayInterface, GatewayPlan, Member } from "../../segmentation/gateway";
import { keepalived } from "../../segmentation/render/keepalived";
import { aloneCheck, CHECKS, PATH_CHECK } from "../../segmentation/render/path-checks";
import { nftables } from "../../segmentation/render/nftables";
import { city, gatewayOf } from "./proved-city";

/** A small city with gateways. */
export const SMALL = join(REPOSITORY, "test/fixtures/gateway.yaml");
const WITHOUT_GROUPS = join(REPOSITORY, "test/network/without-groups.py");
const MOST_WAIT_MS = 120_000;
const PAUSE_MS = 200;

/** What is built of a city. */
interface Built {
  readonly small: City;
  readonly gateway: GatewayPlan;
  /** The pair that stands already. @default - none */
  readonly there?: GatewayPlan;
  /** More lines of the script. @default - none */
  readonly more?: (gateway: GatewayPlan) => readonly string[];
}

/**
 * Both gateways of a small city as they are told to be, in network namespaces: the real keepalived behind the real
 * ruleset, and a bridge for each VLAN, `b-<leg>`, with the port `<leg>-<member>` of each gateway. The legs' targets, such as
 * the next hop, are machines that answer ARP.
 */
export class GatewayPair {
  private readonly running = new Map<Member, ChildProcessWithoutNullStreams>();
  /** The folders of itself and of the pairs beside it. */
  private readonly folders: string[];

  private constructor(
    public readonly namespaces: Namespaces,
    public readonly gateway: GatewayPlan,
    private readonly folder: string,
    /** Number of the pair in its city. */
    private readonly number = 0,
  ) {
    this.folders = [folder];
  }

  /**
   * Builds both and starts their keepalived: the first is master.
   * @param more lines of the script that builds them, after the bridges
   * @param small the city @default - test/fixtures/gateway.yaml
   */
  public static async start(
    more: (gateway: GatewayPlan) => readonly string[] = () => [],
    small = city(SMALL),
  ): Promise<GatewayPair> {
    return GatewayPair.build(await Namespaces.open(), { small, gateway: gatewayOf(small), more });
  }

  /** Builds a city's second pair beside its first, and starts its keepalived. Only the first is to be closed. */
  public static async beside(first: GatewayPair, small: City): Promise<GatewayPair> {
    const gateway = gatewayPlans(small)[1];
    if (gateway === undefined) throw new Error("the city has no second pair");
    const second = await GatewayPair.build(first.namespaces, { small, gateway, there: first.gateway });
    first.folders.push(second.folder);
    return second;
  }

  private static async build(namespaces: Namespaces, { small, gateway, there, more }: Built): Promise<GatewayPair> {
    const folder = mkdtempSync(join(tmpdir(), "pair-"));
    writeFileSync(join(folder, "ruleset.nft"), nftables(networkPlan(small), gateway));
    const pair = new GatewayPair(namespaces, gateway, folder, there === undefined ? 0 : 1);
    for (const member of MEMBERS) writeChecked(folder, gateway, member, pair.host(member));
    const others = more?.(gateway) ?? [];
    const known = new Set(there?.interfaces.map(({ name }) => name));
    const legs = gateway.interfaces.filter(({ name }) => !known.has(name));
    const built = [
      ...legs.flatMap(bridge),
      ...MEMBERS.flatMap((member) => pair.machine(member)),
      ...legs.flatMap((leg) => targetMachines(leg, others)),
    ];
    await namespaces.script(batched([...built, ...others]).join("\n"));
    await pair.runBoth();
    return pair;
  }

  /** The namespace of one of its gateways. */
  public host(member: Member): string {
    return gatewayHost(this.machineOf(member));
  }

  /** Removes them and everything else in their namespaces. */
  public async close(): Promise<void> {
    await this.namespaces.close();
    for (const folder of this.folders) rmSync(folder, { recursive: true });
  }

  /** Starts a gateway's keepalived. */
  public run(member: Member): void {
    const host = this.host(member);
    const own = ["pid", "vrrp_pid"].flatMap((kind) => [`--${kind}`, join(this.folder, `${host}.${kind}`)]);
    const config = ["--use-file", join(this.folder, `${host}.conf`)];
    const child = this.namespaces.start(host, [
      "python3",
      WITHOUT_GROUPS,
      "keepalived",
      "--dont-fork",
      "--log-console",
      "--vrrp",
      ...config,
      ...own,
    ]);
    child.stdout.resume();
    child.stderr.resume();
    this.running.set(member, child);
  }

  /** Kills a gateway's keepalived, which cleans nothing up. */
  public async kill(member: Member): Promise<void> {
    const [pid = "", vrrp = ""] = ["pid", "vrrp_pid"].map((kind) => join(this.folder, `${this.host(member)}.${kind}`));
    const child = this.running.get(member);
    const ended = child && once(child, "close");
    // Nobody there reaps what lost its parent, and keepalived would take it for one that still runs.
    await this.namespaces.script(`kill -KILL $(cat ${pid} ${vrrp}) && rm ${pid} ${vrrp}`);
    await ended;
  }

  /** Stops a gateway's keepalived as systemd does, where it still runs. */
  public async stop(member: Member): Promise<void> {
    const child = this.running.get(member);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    const pid = join(this.folder, `${this.host(member)}.pid`);
    await this.namespaces.script(`until [ -s ${pid} ]; do sleep 0.05; done; kill -TERM $(cat ${pid})`);
    await ended;
  }

  /** Stops a gateway's keepalived and starts it: what it knew of its paths is gone. */
  public async restart(member: Member): Promise<void> {
    await this.stop(member);
    this.run(member);
  }

  /** Stops both and starts them: the first is master. */
  public async restartBoth(): Promise<void> {
    for (const member of MEMBERS) await this.stop(member);
    await this.runBoth();
  }

  /** Sets a gateway's interface up or down. */
  public setLink(member: Member, leg: string, state: "up" | "down"): Promise<void> {
    return this.namespaces.script(`ip -n ${this.host(member)} link set ${leg} ${state}`);
  }

  /** Takes a gateway's leg off its switch; the gateway's own interface stays up. */
  public cut(member: Member, leg: string): Promise<void> {
    return this.namespaces.script(`ip link set ${leg}-${String(this.machineOf(member))} nomaster`);
  }

  /** Puts it back. */
  public mend(member: Member, leg: string): Promise<void> {
    return this.namespaces.script(`ip link set ${leg}-${String(this.machineOf(member))} master b-${leg}`);
  }

  /** The shared addresses of both gateways, sorted. */
  public get virtualAddresses(): string[] {
    return this.gateway.interfaces.flatMap(({ addresses }) => addresses.map(({ virtual }) => virtual)).sort();
  }

  /** The shared addresses that a gateway has now, sorted. */
  public async shared(member: Member): Promise<string[]> {
    const child = this.namespaces.start(this.host(member), ["ip", "-o", "addr", "show"]);
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    return this.virtualAddresses.filter((address) => text.includes(` ${address}/`));
  }

  /** How many of the shared addresses the first gateway and the second have now. */
  public async counts(): Promise<[number, number]> {
    return [(await this.shared(0)).length, (await this.shared(1)).length];
  }

  /** Waits until the first gateway and the second have so many of the shared addresses. */
  public async eventually(first: number, second: number): Promise<number[]> {
    const end = Date.now() + MOST_WAIT_MS;
    let counts: number[] = [];
    while (Date.now() < end) {
      counts = await this.counts();
      if (counts[0] === first && counts[1] === second) break;
      await setTimeout(PAUSE_MS);
    }
    return counts;
  }

  /** Waits until a gateway has every shared address, whatever the other has. */
  public async takesAll(member: Member): Promise<void> {
    while ((await this.shared(member)).length < this.virtualAddresses.length) await setTimeout(PAUSE_MS / 10);
  }

  /** The second after the first is master: on a busy machine it would be the one whose process comes sooner. */
  private async runBoth(): Promise<void> {
    this.run(0);
    await this.takesAll(0);
    this.run(1);
  }

  private machineOf(member: Member): number {
    return MEMBERS.length * this.number + member;
  }

  private machine(member: Member): string[] {
    const host = this.host(member);
    return [
      `ip netns add ${host}`,
      `ip -n ${host} link set lo up`,
      ...this.gateway.interfaces.flatMap(({ name: leg, addresses, macs, mtu }) => [
        `ip link add ${leg}-${String(this.machineOf(member))} type veth peer name ${leg} address ${macs[member]} netns ${host}`,
        `ip link set ${leg}-${String(this.machineOf(member))} master b-${leg} up`,
        `ip -n ${host} link set ${leg} mtu ${String(mtu)} up`,
        ...addresses.map(
          ({ own, length }) => `ip -n ${host} addr add ${own[member]}/${String(length)} dev ${leg} nodad`,
        ),
      ]),
      `ip netns exec ${host} nft -f ${this.folder}/ruleset.nft`,
    ];
  }
}

/** Writes a gateway's configuration of keepalived, `<its host>.conf`, with its checks, which stand in the folder. */
function writeChecked(folder: string, gateway: GatewayPlan, member: Member, host: string): void {
  const at = (path: string): string => join(folder, `${basename(path)}${String(member)}`);
  const checks = { [CHECKS.path]: PATH_CHECK, [CHECKS.alone]: aloneCheck(gateway, member) };
  // Everybody may write to the temporary folder, so keepalived would refuse programs in it.
  let config = keepalived(gateway, member).replace("  enable_script_security\n", "");
  for (const [path, text] of Object.entries(checks)) {
    writeFileSync(at(path), text, { mode: 0o755 });
    config = config.replaceAll(path, at(path));
  }
  writeFileSync(join(folder, `${host}.conf`), config);
}

/** The namespace of a gateway, by its number in the city: of the first pair 0 and 1. */
export function gatewayHost(number: number): string {
  return `gateway${String(number)}`;
}

/** Of each target that none of the other machines is. */
function targetMachines({ name, targets }: GatewayInterface, others: readonly string[]): string[] {
  const missing = targets.filter((target) => !others.some((line) => line.includes(` ${target}/`)));
  return missing.flatMap((target) => [
    `ip netns add t-${name}`,
    `ip link add t-${name} type veth peer name eth0 netns t-${name}`,
    `ip link set t-${name} master b-${name} up`,
    `ip -n t-${name} link set eth0 up`,
    `ip -n t-${name} addr add ${target}/32 dev eth0`,
    `ip -n t-${name} route add default dev eth0`,
  ]);
}

function bridge({ name: leg }: GatewayInterface): string[] {
  return [`ip link add b-${leg} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`, `ip link set b-${leg} up`];
}
