import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { interfaceNamed, ownAddresses } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { gatewayHost, GatewayPair } from "./gateway-pair";

const PAUSE_MS = 200;
const ANNOUNCE = join(__dirname, "announce.py");
const STRANGER = { mac: "02:00:00:00:00:99", address: "10.77.5.9" };

let pair: GatewayPair;

beforeAll(async () => {
  pair = await GatewayPair.start(stranger);
}, 60_000);

afterAll(() => pair.close());

/** Some other machine of the management segment. */
function stranger({ management }: GatewayPlan): string[] {
  return [
    "ip netns add stranger",
    `ip link add stranger type veth peer name eth0 address ${STRANGER.mac} netns stranger`,
    `ip link set stranger master b-${management} up`,
    // vSphere's switches know the machines' MAC addresses and learn none.
    "ip link set stranger type bridge_slave learning off",
    "ip -n stranger link set eth0 up",
  ];
}

describe("of the two gateways", () => {
  test("the first has every shared address", async () => {
    const all = pair.virtualAddresses.length;
    expect(all).toBeGreaterThan(5);
    expect(await pair.eventually(all, 0)).toEqual([all, 0]);
  }, 30_000);

  test("the other takes them all once the master loses any leg, VRRP's own too, and keeps them when it comes back", async () => {
    const all = pair.virtualAddresses.length;
    const legs = [pair.gateway.interfaces[0]?.name, pair.gateway.management, pair.gateway.uplink];
    for (const [turn, leg = ""] of legs.entries()) {
      const [master, counts] = turn % 2 === 0 ? ([0, [0, all]] as const) : ([1, [all, 0]] as const);
      await pair.namespaces.script(`ip -n ${gatewayHost(master)} link set ${leg} down`);
      expect(await pair.eventually(counts[0], counts[1])).toEqual(counts);
      await pair.namespaces.script(`ip -n ${gatewayHost(master)} link set ${leg} up`);
      await setTimeout(5_000);
      expect(await pair.counts()).toEqual(counts);
    }
  }, 120_000);

  describe("the master", () => {
    /** To the second, which is master by now, and has heard the first. */
    const told = () => {
      const management = interfaceNamed(pair.gateway, pair.gateway.management);
      const [[first, second] = ["", ""]] = ownAddresses(management, 4);
      const [firstMac, secondMac] = management.macs;
      const addresses = management.addresses.filter(({ family }) => family === 4).map(({ virtual }) => virtual);
      return {
        ...{ interface: "eth0", router: pair.gateway.virtualRouterId, priority: 255, addresses, ttl: 255, times: 20 },
        ...{ fromMac: firstMac, from: first, toMac: secondMac, to: second },
      };
    };

    /** How many shared addresses the second gateway has while it is announced to: the fewest. */
    async function announced(change: Partial<ReturnType<typeof told>>): Promise<number> {
      const orders = JSON.stringify({ ...told(), ...change });
      const child = pair.namespaces.start("stranger", ["python3", ANNOUNCE, orders]);
      let fewest = Infinity;
      const ended = once(child, "close");
      while (child.exitCode === null) {
        fewest = Math.min(fewest, (await pair.shared(1)).length);
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
        expect(await pair.eventually(0, pair.virtualAddresses.length)).toEqual([0, pair.virtualAddresses.length]);
        expect(await announced(change)).toBe(pair.virtualAddresses.length);
      },
      60_000,
    );

    test("gives them up to the other gateway's own announcement, as the same frames with its MAC and address are", async () => {
      expect(await announced({})).toBe(0);
    }, 60_000);
  });
});
