import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { gatewayPlan } from "../../environments/network/gateway-plan";
import { loadCities } from "../../environments/load";
import { networkPlan } from "../../environments/network/network-plan";
import { Namespaces } from "../../proof/namespaces";
import { interfaceNamed, MEMBERS, ownAddresses } from "../../segmentation/gateway";
import type { GatewayPlan, Member } from "../../segmentation/gateway";
import { keepalived } from "../../segmentation/render/keepalived";
import { nftables } from "../../segmentation/render/nftables";

/** Both gateways of a city as they are told to be, with the real keepalived behind the real ruleset. */
const SMALL = join(__dirname, "../fixtures/gateway.yaml");
const MOST_WAIT_MS = 20_000;
const PAUSE_MS = 200;
const ANNOUNCE = join(__dirname, "announce.py");
const STRANGER = { mac: "02:00:00:00:00:99", address: "10.77.5.9" };

let namespaces: Namespaces;
let folder: string;
let gateway: GatewayPlan;

beforeAll(async () => {
  const [city] = loadCities([SMALL]);
  const plan = city && gatewayPlan(city);
  if (city === undefined || plan === undefined) throw new Error("the small city has no gateway");
  gateway = plan;
  folder = mkdtempSync(join(tmpdir(), "failover-"));
  writeFileSync(join(folder, "ruleset.nft"), nftables(networkPlan(city), gateway));
  for (const member of MEMBERS) writeFileSync(join(folder, `${name(member)}.conf`), keepalived(gateway, member));
  namespaces = await Namespaces.open();
  await namespaces.script(
    [...gateway.interfaces.flatMap(bridge), ...MEMBERS.flatMap(machine), ...stranger()].join("\n"),
  );
  for (const member of MEMBERS) start(member);
}, 60_000);

afterAll(async () => {
  await namespaces.close();
  rmSync(folder, { recursive: true });
});

function name(member: Member): string {
  return `gateway${String(member)}`;
}

function bridge({ name: leg }: GatewayPlan["interfaces"][number]): string[] {
  return [`ip link add b-${leg} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`, `ip link set b-${leg} up`];
}

function machine(member: Member): string[] {
  const host = name(member);
  return [
    `ip netns add ${host}`,
    `ip -n ${host} link set lo up`,
    ...gateway.interfaces.flatMap(({ name: leg, addresses, macs }) => [
      `ip link add ${leg}-${String(member)} type veth peer name ${leg} address ${macs[member]} netns ${host}`,
      `ip link set ${leg}-${String(member)} master b-${leg} up`,
      `ip -n ${host} link set ${leg} up`,
      ...addresses.map(({ own, length }) => `ip -n ${host} addr add ${own[member]}/${String(length)} dev ${leg} nodad`),
    ]),
    `ip netns exec ${host} nft -f ${folder}/ruleset.nft`,
  ];
}

/** Some other machine of the management segment. */
function stranger(): string[] {
  return [
    "ip netns add stranger",
    `ip link add stranger type veth peer name eth0 address ${STRANGER.mac} netns stranger`,
    `ip link set stranger master b-${gateway.management} up`,
    // vSphere's switches know the machines' MAC addresses and learn none.
    "ip link set stranger type bridge_slave learning off",
    "ip -n stranger link set eth0 up",
  ];
}

function start(member: Member): void {
  const host = name(member);
  const own = ["pid", "vrrp_pid"].flatMap((kind) => [`--${kind}`, join(folder, `${host}.${kind}`)]);
  const child = namespaces.start(host, [
    "keepalived",
    "--dont-fork",
    "--log-console",
    "--vrrp",
    "--use-file",
    join(folder, `${host}.conf`),
    ...own,
  ]);
  child.stdout.resume();
  child.stderr.resume();
}

/** The shared addresses that a gateway has now, sorted. */
async function shared(member: Member): Promise<string[]> {
  const child = namespaces.start(name(member), ["ip", "-o", "addr", "show"]);
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  return virtualAddresses().filter((address) => text.includes(` ${address}/`));
}

function virtualAddresses(): string[] {
  return gateway.interfaces.flatMap(({ addresses }) => addresses.map(({ virtual }) => virtual)).sort();
}

/** Waits until the first gateway and the second have so many of the shared addresses. */
async function eventually(first: number, second: number): Promise<number[]> {
  const end = Date.now() + MOST_WAIT_MS;
  let counts: number[] = [];
  while (Date.now() < end) {
    counts = [(await shared(0)).length, (await shared(1)).length];
    if (counts[0] === first && counts[1] === second) break;
    await setTimeout(PAUSE_MS);
  }
  return counts;
}

describe("of the two gateways", () => {
  test("the first has every shared address", async () => {
    const all = virtualAddresses().length;
    expect(all).toBeGreaterThan(5);
    expect(await eventually(all, 0)).toEqual([all, 0]);
  }, 30_000);

  test("the other takes them all once the master loses any leg, VRRP's own too, and keeps them when it comes back", async () => {
    const all = virtualAddresses().length;
    const legs = [gateway.interfaces[0]?.name, gateway.management, gateway.uplink];
    for (const [turn, leg = ""] of legs.entries()) {
      const [master, counts] = turn % 2 === 0 ? ([0, [0, all]] as const) : ([1, [all, 0]] as const);
      await namespaces.script(`ip -n ${name(master)} link set ${leg} down`);
      expect(await eventually(counts[0], counts[1])).toEqual(counts);
      await namespaces.script(`ip -n ${name(master)} link set ${leg} up`);
      await setTimeout(5_000);
      expect([(await shared(0)).length, (await shared(1)).length]).toEqual(counts);
    }
  }, 120_000);

  describe("the master", () => {
    /** To the second, which is master by now, and has heard the first. */
    const told = () => {
      const management = interfaceNamed(gateway, gateway.management);
      const [[first, second] = ["", ""]] = ownAddresses(management, 4);
      const [firstMac, secondMac] = management.macs;
      const addresses = management.addresses.filter(({ family }) => family === 4).map(({ virtual }) => virtual);
      return {
        ...{ interface: "eth0", router: gateway.virtualRouterId, priority: 255, addresses, ttl: 255, times: 20 },
        ...{ fromMac: firstMac, from: first, toMac: secondMac, to: second },
      };
    };

    /** How many shared addresses the second gateway has while it is announced to: the fewest. */
    async function announced(change: Partial<ReturnType<typeof told>>): Promise<number> {
      const orders = JSON.stringify({ ...told(), ...change });
      const child = namespaces.start("stranger", ["python3", ANNOUNCE, orders]);
      let fewest = Infinity;
      const ended = once(child, "close");
      while (child.exitCode === null) {
        fewest = Math.min(fewest, (await shared(1)).length);
        await setTimeout(PAUSE_MS);
      }
      expect(await ended).toEqual([0, null]);
      return fewest;
    }

    test.each([
      ["another's MAC address", { fromMac: STRANGER.mac }],
      ["another's address", { from: STRANGER.address }],
      ["another's MAC address and address", { fromMac: STRANGER.mac, from: STRANGER.address }],
      ["the master's own address", { fromMac: STRANGER.mac, from: "10.77.5.3" }],
      ["behind a router", { ttl: 254 }],
    ])(
      "keeps every address though an announcement of the highest priority comes from %s",
      async (_whose, change) => {
        expect(await eventually(0, virtualAddresses().length)).toEqual([0, virtualAddresses().length]);
        expect(await announced(change)).toBe(virtualAddresses().length);
      },
      60_000,
    );

    test("gives them up to the other gateway's own announcement, as the same frames with its MAC and address are", async () => {
      expect(await announced({})).toBe(0);
    }, 60_000);
  });
});
