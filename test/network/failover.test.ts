import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { interfaceNamed, ownAddresses } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { SOAK } from "../fixtures/soak";
import { gatewayHost, GatewayPair } from "./gateway-pair";

const PAUSE_MS = 200;
/** Longer than VRRP takes to move addresses. */
const KEPT_MS = 4_000;
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
  test("the first has every shared address, and keeps them when the second comes", async () => {
    const all = pair.virtualAddresses.length;
    expect(all).toBeGreaterThan(5);
    await setTimeout(KEPT_MS);
    expect(await pair.counts()).toEqual([all, 0]);
  }, 30_000);

  test("the other takes them all once the master loses any leg, VRRP's own too, and keeps them when it comes back", async () => {
    const all = pair.virtualAddresses.length;
    const { interfaces, management, uplink } = pair.gateway;
    const legs = SOAK ? [interfaces[0]?.name, management, uplink] : [uplink];
    for (const [turn, leg = ""] of legs.entries()) {
      const [master, counts] = turn % 2 === 0 ? ([0, [0, all]] as const) : ([1, [all, 0]] as const);
      await pair.namespaces.script(`ip -n ${gatewayHost(master)} link set ${leg} down`);
      expect(await pair.eventually(counts[0], counts[1])).toEqual(counts);
      await pair.namespaces.script(`ip -n ${gatewayHost(master)} link set ${leg} up`);
      await setTimeout(KEPT_MS);
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
        ...{ interface: "eth0", router: pair.gateway.virtualRouterId, priority: 255, addresses, ttl: 255, times: 10 },
        ...{ fromMac: firstMac, from: first, toMac: secondMac, to: second },
      };
    };

    /** How many shared addresses the second gateway has while all of these announce to it: the fewest. */
    async function announced(changes: readonly Partial<ReturnType<typeof told>>[]): Promise<number> {
      const senders = changes.map((change) =>
        pair.namespaces.start("stranger", ["python3", ANNOUNCE, JSON.stringify({ ...told(), ...change })]),
      );
      const ended = Promise.all(senders.map((sender) => once(sender, "close")));
      let fewest = Infinity;
      while (senders.some(({ exitCode }) => exitCode === null)) {
        fewest = Math.min(fewest, (await pair.shared(1)).length);
        await setTimeout(PAUSE_MS);
      }
      expect(await ended).toEqual(changes.map(() => [0, null]));
      return fewest;
    }

    test("keeps every address though others announce the highest priority: by MAC address, by address, by both, and behind a router", async () => {
      expect(await pair.eventually(0, pair.virtualAddresses.length)).toEqual([0, pair.virtualAddresses.length]);
      const forged = [
        { fromMac: STRANGER.mac },
        { from: STRANGER.address },
        { fromMac: STRANGER.mac, from: STRANGER.address },
        { fromMac: STRANGER.mac, from: "10.77.5.3" },
        { ttl: 254 },
      ];
      expect(await announced(forged)).toBe(pair.virtualAddresses.length);
    }, 60_000);

    test("gives them up to the other gateway's own announcement, as the same frames with its MAC and address are", async () => {
      expect(await announced([{}])).toBe(0);
    }, 60_000);
  });
});

test("a gateway whose keepalived is killed, and one whose path dies behind an interface that is up, is replaced", async () => {
  const all = pair.virtualAddresses.length;
  // A gateway that starts anew knows nothing of former paths.
  await pair.restartBoth();
  await pair.kill(0);
  expect(await pair.eventually(all, all)).toEqual([all, all]);
  pair.run(0);
  expect(await pair.eventually(0, all)).toEqual([0, all]);
  await pair.cut(1, pair.gateway.uplink);
  expect(await pair.eventually(all, 0)).toEqual([all, 0]);
}, 60_000);
