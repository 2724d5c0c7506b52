import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import { gatewayHost, GatewayPair } from "./gateway-pair";
import { GatewayServices } from "./gateway-services";
import { machine } from "./machine";

/** A machine with the kernel's own SLAAC, the real radvd on both gateways, and a service behind them. */
const MINUTE = 60_000;
const PORTAL = "fd77:4::20";

let pair: GatewayPair;
let services: GatewayServices;

beforeAll(async () => {
  pair = await GatewayPair.start(() => [
    ...machine("portal", "vlan330", { mac: "00:50:56:3f:00:20" }),
    `ip -n portal addr add ${PORTAL}/64 dev eth0 nodad`,
    "ip -n portal route add default via fd77:4::1",
    ...MEMBERS.map((member) => `ip netns exec ${gatewayHost(member)} sysctl -qw net.ipv6.conf.all.forwarding=1`),
  ]);
  services = new GatewayServices(pair);
  services.advertise();
  services.serve("portal", 443);
  await services.listener("isolated", "vlan310");
  await services.listener("team", "vlan320");
}, MINUTE);

afterAll(async () => {
  await pair.close();
  services.remove();
});

const OWN = /^fd77:1::[0-9a-f:]+\/64$/;

describe("a machine of a segment with slaac", () => {
  test(
    "has an address, the gateways as its router, and what a flow opens",
    async () => {
      expect(await services.eventually("isolated")).toEqual({
        addresses: [expect.stringMatching(OWN)],
        routers: ["fe80::1"],
      });
      expect(await services.answering("isolated", "", PORTAL, 443)).toBe("portal");
    },
    MINUTE,
  );

  test(
    "keeps all three when the other gateway takes over",
    async () => {
      const before = await services.configured("isolated");
      await pair.namespaces.script(`ip -n ${gatewayHost(0)} link set vlan330 down`);
      await pair.eventually(0, pair.virtualAddresses.length);
      await setTimeout(1_000);
      expect(await services.configured("isolated")).toEqual(before);
      expect(await services.answering("isolated", "", PORTAL, 443)).toBe("portal");
    },
    MINUTE,
  );

  test(
    "that starts then has the other gateway's advertisements",
    async () => {
      await pair.namespaces.script("ip -n isolated link set eth0 down; ip -n isolated link set eth0 up");
      expect(await services.eventually("isolated")).toEqual({
        addresses: [expect.stringMatching(OWN)],
        routers: ["fe80::1"],
      });
    },
    MINUTE,
  );
});

test(
  "a machine of a segment without has neither address nor router",
  async () => {
    expect(await services.configured("team")).toEqual({ addresses: [], routers: [] });
  },
  MINUTE,
);
