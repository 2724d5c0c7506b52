import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { networkPlan } from "../../environments/network/network-plan";
import { Namespaces } from "../../proof/namespaces";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan, Member } from "../../segmentation/gateway";
import { keepalived } from "../../segmentation/render/keepalived";
import { nftables } from "../../segmentation/render/nftables";
import { city, gatewayOf } from "./proved-city";

/** A small city with gateways. */
export const SMALL = join(__dirname, "../fixtures/gateway.yaml");
const MOST_WAIT_MS = 20_000;
const PAUSE_MS = 200;

/**
 * Both gateways of a small city as they are told to be, in network namespaces: the real keepalived behind the real
 * ruleset, and a bridge for each VLAN, `b-<leg>`, with the port `<leg>-<member>` of each gateway.
 */
export class GatewayPair {
  private constructor(
    public readonly namespaces: Namespaces,
    public readonly gateway: GatewayPlan,
    private readonly folder: string,
  ) {}

  /**
   * Builds both and starts their keepalived.
   * @param more lines of the script that builds them, after the bridges
   * @param small the city @default - test/fixtures/gateway.yaml
   */
  public static async start(
    more: (gateway: GatewayPlan) => readonly string[] = () => [],
    small = city(SMALL),
  ): Promise<GatewayPair> {
    const gateway = gatewayOf(small);
    const folder = mkdtempSync(join(tmpdir(), "pair-"));
    writeFileSync(join(folder, "ruleset.nft"), nftables(networkPlan(small), gateway));
    for (const member of MEMBERS)
      writeFileSync(join(folder, `${gatewayHost(member)}.conf`), keepalived(gateway, member));
    const pair = new GatewayPair(await Namespaces.open(), gateway, folder);
    const built = [...gateway.interfaces.flatMap(bridge), ...MEMBERS.flatMap((member) => pair.machine(member))];
    await pair.namespaces.script([...built, ...more(gateway)].join("\n"));
    for (const member of MEMBERS) pair.run(member);
    return pair;
  }

  /** Removes them and everything else in their namespaces. */
  public async close(): Promise<void> {
    await this.namespaces.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Starts a gateway's keepalived. */
  public run(member: Member): void {
    const host = gatewayHost(member);
    const own = ["pid", "vrrp_pid"].flatMap((kind) => [`--${kind}`, join(this.folder, `${host}.${kind}`)]);
    const config = ["--use-file", join(this.folder, `${host}.conf`)];
    const child = this.namespaces.start(host, [
      "keepalived",
      "--dont-fork",
      "--log-console",
      "--vrrp",
      ...config,
      ...own,
    ]);
    child.stdout.resume();
    child.stderr.resume();
  }

  /** The shared addresses of both gateways, sorted. */
  public get virtualAddresses(): string[] {
    return this.gateway.interfaces.flatMap(({ addresses }) => addresses.map(({ virtual }) => virtual)).sort();
  }

  /** The shared addresses that a gateway has now, sorted. */
  public async shared(member: Member): Promise<string[]> {
    const child = this.namespaces.start(gatewayHost(member), ["ip", "-o", "addr", "show"]);
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

  private machine(member: Member): string[] {
    const host = gatewayHost(member);
    return [
      `ip netns add ${host}`,
      `ip -n ${host} link set lo up`,
      ...this.gateway.interfaces.flatMap(({ name: leg, addresses, macs }) => [
        `ip link add ${leg}-${String(member)} type veth peer name ${leg} address ${macs[member]} netns ${host}`,
        `ip link set ${leg}-${String(member)} master b-${leg} up`,
        `ip -n ${host} link set ${leg} up`,
        ...addresses.map(
          ({ own, length }) => `ip -n ${host} addr add ${own[member]}/${String(length)} dev ${leg} nodad`,
        ),
      ]),
      `ip netns exec ${host} nft -f ${this.folder}/ruleset.nft`,
    ];
  }
}

/** The namespace of a gateway. */
export function gatewayHost(member: Member): string {
  return `gateway${String(member)}`;
}

function bridge({ name: leg }: GatewayPlan["interfaces"][number]): string[] {
  return [`ip link add b-${leg} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`, `ip link set b-${leg} up`];
}
