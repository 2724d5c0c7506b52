import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { addressOf, addressText, EVERY, familyOf, ofFamily } from "../../segmentation/address";
import { interfaceNamed, MEMBERS, ownAddresses } from "../../segmentation/gateway";
import type { GatewayInterface, GatewayPlan, Pair } from "../../segmentation/gateway";
import { advertised } from "../../segmentation/render/router-advertisements";
import { relayed } from "../../segmentation/render/dhcp-relay";
import { ChangingPair } from "../network/changing-pair";
import { gatewayHost } from "../network/gateway-pair";
import { GatewayServices } from "../network/gateway-services";
import { machine, machineAt } from "../network/machine";
import { cataniaWithGateways, milan } from "../network/tried-city";
import type { TriedCity } from "../network/tried-city";

/** Beside forwarding: what a pair of gateways does for both cities, by real programs and packets. Of the small city: test/network. */
const MINUTE = 60_000;
const SSH = 22;
const SERVER = "dhcp";
const CLIENTS = ["client0", "client1"] as const;
const LISTENER = "listener";

describe.each([
  ["Milan", milan],
  ["Catania, with gateways in the place of its own firewalls", cataniaWithGateways],
])("the gateways of %s", (_name, triedCity) => {
  let tried: TriedCity;
  let changing: ChangingPair;
  let services: GatewayServices;
  let gateway: GatewayPlan;
  let legs: Pair<GatewayInterface>;

  beforeAll(async () => {
    tried = triedCity();
    changing = await ChangingPair.start(tried, served);
    gateway = changing.pair.gateway;
    legs = twoRelayed(gateway);
    services = new GatewayServices(changing.pair);
    for (const member of MEMBERS) services.serve(gatewayHost(member), SSH);
    services.relay();
    services.dnsmasq(SERVER, ["port=0", "no-ping", ...legs.flatMap(range), ""].join("\n"));
    services.advertise();
    await services.listener(LISTENER, slaacLeg(gateway).name);
  }, 2 * MINUTE);

  afterAll(async () => {
    await changing.close();
    services.remove();
  });

  /** Who answers an administrator outside at every own address of both. */
  function answers(): Promise<string[]> {
    const management = interfaceNamed(gateway, gateway.management);
    const calls = tried.administrator.flatMap((from) =>
      ownAddresses(management, familyOf(addressOf(from))).flatMap((own) => own.map((to) => [from, to] as const)),
    );
    return Promise.all(calls.map(([from, to]) => services.answering("router", from, to, SSH)));
  }

  function both(): string[] {
    return tried.administrator.flatMap(() => MEMBERS.map(gatewayHost));
  }

  /** The routers that DHCP gives the two clients, and whether each gets an address of its own segment. */
  async function leases(): Promise<{ routers: string[]; own: boolean[] }> {
    const given: string[][] = [];
    for (const client of CLIENTS) given.push((await services.given(client)).split(" by "));
    return {
      routers: given.map(([, router = ""]) => router),
      own: given.map(
        ([address = ""], index) => address !== "" && legs[index]?.sources.includes(addressOf(address)) === true,
      ),
    };
  }

  function asLeased(): { routers: string[]; own: boolean[] } {
    return { routers: legs.map(({ addresses }) => routerOf(addresses)), own: [true, true] };
  }

  test(
    "answer an administrator, both of them",
    async () => {
      expect(await answers()).toEqual(both());
    },
    MINUTE,
  );

  test(
    "hand on the DHCP requests of two segments, and each gets an address of its own",
    async () => {
      expect(await leases()).toEqual(asLeased());
    },
    MINUTE,
  );

  test(
    "advertise their IPv6 prefix, of which a machine makes itself an address",
    async () => {
      const { addresses, routers } = await services.eventually(LISTENER);
      expect(routers).toEqual(["fe80::1"]);
      const own = addresses.filter((one) => slaacLeg(gateway).sources.includes(addressOf(one.replace("/64", ""))));
      expect([own.length, addresses.length]).toEqual([1, 1]);
    },
    MINUTE,
  );

  test(
    "load changed rules under load, one after the other, and lose no packet and no connection",
    async () => {
      for (const member of MEMBERS) {
        changing.agent(member).offer(changing.ruleset());
        changing.agent(member).start();
        await changing.eventually(member, ({ verdict }) => verdict === "confirmed");
      }
      const [connection, packets] = await changing.underLoad(["connection", "packets"], async () => {
        for (const rules of [...tried.changed.map((id) => changing.withoutFlow(id)), changing.ruleset()]) {
          for (const member of MEMBERS) changing.agent(member).offer(rules);
          for (const member of MEMBERS) expect(await changing.brought(member)).toBe("rules loaded in place");
        }
      });
      expect({ connection, packets }).toMatchObject({ connection: { lost: 0 }, packets: { lost: 0 } });
      expect(connection?.sent).toBeGreaterThan(100);
      expect(packets?.sent).toBeGreaterThan(100);
    },
    5 * MINUTE,
  );

  test(
    "do all of it when the other one took over",
    async () => {
      const { pair } = changing;
      const before = await services.configured(LISTENER);
      await pair.setLink(0, gateway.uplink, "down");
      const all = pair.virtualAddresses.length;
      expect(await pair.eventually(0, all)).toEqual([0, all]);
      expect(await changing.desktopReachesService()).toBe(true);
      expect(await answers()).toEqual(both());
      expect(await leases()).toEqual(asLeased());
      // Its link is new, so that it has nothing left of the first gateway's advertisements.
      await pair.namespaces.script(`ip -n ${LISTENER} link set eth0 down; ip -n ${LISTENER} link set eth0 up`);
      expect(await services.eventually(LISTENER)).toEqual(before);
    },
    2 * MINUTE,
  );
});

/** The DHCP server, and a client in two of its segments. */
function served(gateway: GatewayPlan): string[] {
  return [
    ...machineAt(gateway, SERVER, gateway.dhcpServers.slice(0, 1)),
    ...twoRelayed(gateway).flatMap(({ name }, index) => machine(CLIENTS[index] ?? "", name)),
  ];
}

function twoRelayed(gateway: GatewayPlan): Pair<GatewayInterface> {
  const [first, second] = relayed(gateway);
  if (first === undefined || second === undefined) throw new Error("no two segments of the city have DHCP");
  return [first, second];
}

function slaacLeg(gateway: GatewayPlan): GatewayInterface {
  const [leg] = advertised(gateway);
  if (leg === undefined) throw new Error("no segment of the city makes itself IPv6 addresses");
  return leg;
}

/** dnsmasq's lines for a leg: a few addresses of its subnet. */
function range({ addresses, sources }: GatewayInterface, index: number): string[] {
  const [{ first, last } = EVERY[4]] = ofFamily(sources, 4).list;
  const mask = addressText(EVERY[4].last - (last - first));
  return [
    `dhcp-range=set:net${String(index)},${addressText(first + 40n)},${addressText(first + 45n)},${mask},1h`,
    `dhcp-option=tag:net${String(index)},option:router,${routerOf(addresses)}`,
  ];
}

function routerOf(addresses: GatewayInterface["addresses"]): string {
  return addresses.find(({ family }) => family === 4)?.virtual ?? "";
}
