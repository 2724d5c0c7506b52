import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { interfaceNamed, MEMBERS } from "../../segmentation/gateway";
import type { Member } from "../../segmentation/gateway";
import { soakTest } from "../fixtures/soak";
import { gatewayHost, GatewayPair } from "./gateway-pair";
import { GatewayServices } from "./gateway-services";
import { machine } from "./machine";
import { city } from "./proved-city";
import { managementOf } from "../fixtures/optional-parts";

/** Administrators log in to both gateways, whichever is master: with the rules, keepalived and routes that both get. */
const SMALL = join(__dirname, "../fixtures/gateway.yaml");
const MINUTE = 60_000;
const SSH = 22;
/** Both gateways' own addresses of the management segment. */
const OWN = [
  ["10.77.5.2", "fd77:5::2"],
  ["10.77.5.3", "fd77:5::3"],
] as const;
let pair: GatewayPair;
let services: GatewayServices;

/** Starts both gateways, an administrator, the city's router and a machine of the management segment. */
async function start(of: City): Promise<void> {
  pair = await GatewayPair.start(({ nextHops }) => [...field(nextHops), ...MEMBERS.flatMap(settings)], of);
  services = new GatewayServices(pair);
  for (const member of MEMBERS) services.serve(gatewayHost(member), SSH);
  await role(0);
}

function field(nextHops: readonly string[]): string[] {
  return [
    ...machine("router", "vlan350", { address: "10.77.6.14/28", router: "10.77.6.1" }),
    ...machine("shared", "vlan330", { address: "10.77.4.9/24", router: "10.77.4.1" }),
    ...machine("managed", "vlan340", { address: "10.77.5.9/28", router: "10.77.5.1" }),
    "ip -n router addr add fd77:6::e/64 dev eth0 nodad",
    "ip -n router addr add 10.75.0.5/32 dev lo",
    "ip -n router addr add fd75::5/128 dev lo",
    "ip -n router route add default via fd77:6::1",
    "ip -n shared addr add fd77:4::9/64 dev eth0 nodad",
    "ip -n shared route add default via fd77:4::1",
    ...MEMBERS.flatMap((member) => nextHops.map((via) => `ip -n ${gatewayHost(member)} route add default via ${via}`)),
  ];
}

function settings(member: Member): string[] {
  const values = ["ipv4/conf/all/rp_filter=2", "ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1"];
  const writes = values.map((value) => value.replace(/(.*)=(.*)/, "echo $2 > /proc/sys/net/$1"));
  return [`ip netns exec ${gatewayHost(member)} sh -ec '${writes.join("; ")}'`];
}

/** Makes a gateway master, and lets nobody hear the other but in the management segment: no answer goes by it. */
async function role(master: Member): Promise<void> {
  const other = master === 0 ? 1 : 0;
  const all = pair.virtualAddresses.length;
  if (master === 1) await pair.namespaces.script(`ip -n ${gatewayHost(0)} link set vlan310 down`);
  expect(await pair.eventually(master === 0 ? all : 0, master === 1 ? all : 0)).toBeDefined();
  const heard = ([leg, host]: readonly [string, string]): string[] => [
    `ip netns exec ${host} nft -f - <<'END'`,
    "table inet heard",
    "delete table inet heard",
    "table inet heard {",
    "  chain input {",
    "    type filter hook input priority 0; policy accept;",
    `  ether saddr ${interfaceNamed(pair.gateway, leg).macs[other]} tcp sport 22 drop`,
    "  }",
    "}",
    "END",
  ];
  const places = [
    ["vlan350", "router"],
    ["vlan330", "shared"],
  ] as const;
  await pair.namespaces.script(places.flatMap(heard).join("\n"));
}

/** Who answers at each own address of both gateways. */
async function answers(host: string, from: readonly [string, string]): Promise<string[]> {
  const connections = OWN.flatMap((own) =>
    own.map((to) => services.answering(host, from[to.includes(":") ? 1 : 0], to, SSH)),
  );
  return Promise.all(connections);
}

const BOTH = ["gateway0", "gateway0", "gateway1", "gateway1"];

async function close(): Promise<void> {
  await pair.close();
  services.remove();
}

afterAll(close);

describe("the gateways", () => {
  beforeAll(() => start(city(SMALL)), MINUTE);

  /** How many packets a gateway has accepted by the management path. */
  async function accepted(member: Member): Promise<number> {
    const counter = ["list", "counter", "inet", "postazioni", "flow-management-path"];
    const text = await services.printed(gatewayHost(member), ["nft", ...counter]);
    return Number(/packets (\d+)/.exec(text)?.[1]);
  }

  test(
    "accept no packet of the management segment under an administrator's address, nor one of somebody else",
    async () => {
      await pair.namespaces.script("ip -n managed addr add 10.75.0.5/32 dev lo");
      const attempts = [
        ["managed", "10.75.0.5"],
        ["managed", "10.77.5.9"],
        ["shared", "10.77.4.9"],
      ] as const;
      await Promise.all(attempts.flatMap(([host, from]) => OWN.map(([to]) => services.answering(host, from, to, SSH))));
      expect([await accepted(0), await accepted(1)]).toEqual([0, 0]);
      expect(await services.answering("router", "10.75.0.5", OWN[0][0], SSH)).toBe("gateway0");
      expect(await accepted(0)).toBeGreaterThan(0);
    },
    MINUTE,
  );

  test(
    "both answer an administrator who is outside, whichever is master",
    async () => {
      const administrator = ["10.75.0.5", "fd75::5"] as const;
      expect(await answers("router", administrator)).toEqual(BOTH);
      await role(1);
      expect(await answers("router", administrator)).toEqual(BOTH);
    },
    MINUTE,
  );

  test(
    "both answer an administrator after the backup's management interface was down",
    async () => {
      const [host, leg] = [gatewayHost(0), pair.gateway.management];
      await pair.namespaces.script(`ip -n ${host} link set ${leg} down; sleep 1; ip -n ${host} link set ${leg} up`);
      await setTimeout(3_000);
      expect(await services.answering("router", "10.75.0.5", OWN[0][0], SSH)).toBe("gateway0");
    },
    MINUTE,
  );
});

soakTest(
  "both gateways, whichever is master, answer an administrator who is in another segment of the city's",
  async () => {
    await close();
    const { network, ...rest } = city(SMALL);
    await start({ ...rest, network: { ...network, management: { ...managementOf({ network }), from: "shared" } } });
    const administrator = ["10.77.4.9", "fd77:4::9"] as const;
    expect(await answers("shared", administrator)).toEqual(BOTH);
    await role(1);
    expect(await answers("shared", administrator)).toEqual(BOTH);
  },
  2 * MINUTE,
);
