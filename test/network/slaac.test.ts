import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import { routerAdvertisements } from "../../segmentation/render/router-advertisements";
import { gatewayHost, GatewayPair } from "./gateway-pair";
import { machine } from "./machine";

/** A machine with the kernel's own SLAAC, the real radvd on both gateways, and a service behind them. */
const MINUTE = 60_000;
const PORTAL = "fd77:4::20";
const SERVER = `
import socket
server = socket.create_server(("${PORTAL}", 443), family=socket.AF_INET6)
while True:
    server.accept()[0].sendall(b"portal")`;
const CLIENT = `
import socket
print(socket.create_connection(("${PORTAL}", 443), 3).recv(20).decode())`;

let pair: GatewayPair;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "slaac-"));
  pair = await GatewayPair.start(() => [
    ...machine("portal", "vlan330", { mac: "00:50:56:3f:00:20" }),
    `ip -n portal addr add ${PORTAL}/64 dev eth0 nodad`,
    "ip -n portal route add default via fd77:4::1",
    ...MEMBERS.map((member) => proc(gatewayHost(member), "ipv6/conf/all/forwarding", 1)),
  ]);
  writeFileSync(join(folder, "radvd.conf"), routerAdvertisements(pair.gateway));
  for (const member of MEMBERS) advertise(gatewayHost(member));
  await pair.eventually(pair.virtualAddresses.length, 0);
  start("portal", ["python3", "-c", SERVER]);
  for (const [name, vlan] of [
    ["isolated", "vlan310"],
    ["team", "vlan320"],
  ] as const)
    await pair.namespaces.script([...machine(name, vlan), proc(name, "ipv6/conf/eth0/accept_ra", 1)].join("\n"));
}, MINUTE);

afterAll(async () => {
  await pair.close();
  rmSync(folder, { recursive: true });
});

function proc(host: string, key: string, value: number): string {
  return `ip netns exec ${host} sh -c 'echo ${String(value)} > /proc/sys/net/${key}'`;
}

function advertise(host: string): void {
  const own = ["--config", join(folder, "radvd.conf"), "--pidfile", join(folder, `${host}.pid`)];
  start(host, ["radvd", "--nodaemon", "--logmethod", "stderr", ...own]);
}

function start(host: string, command: readonly string[]): void {
  const child = pair.namespaces.start(host, command);
  child.stdout.resume();
  child.stderr.resume();
}

async function printed(host: string, command: readonly string[]): Promise<string> {
  const child = pair.namespaces.start(host, command);
  let text = "";
  child.stdout.on("data", (data: Buffer) => (text += data.toString()));
  child.stderr.resume();
  await once(child, "close");
  return text.trim();
}

/** The global IPv6 addresses and the default routers of a machine. */
async function configured(host: string): Promise<{ addresses: string[]; routers: string[] }> {
  const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = ""]) => one);
  return {
    addresses: found(
      await printed(host, ["ip", "-6", "-o", "addr", "show", "scope", "global", "-tentative"]),
      /inet6 (\S+)/g,
    ),
    routers: found(await printed(host, ["ip", "-6", "route", "show", "default"]), /via (\S+)/g),
  };
}

/** What a machine has once it has an address, or after some seconds. */
async function eventually(host: string): Promise<{ addresses: string[]; routers: string[] }> {
  for (let tries = 0; tries < 20; tries += 1) {
    const now = await configured(host);
    if (now.addresses.length > 0) return now;
    await setTimeout(500);
  }
  return configured(host);
}

const OWN = /^fd77:1::[0-9a-f:]+\/64$/;

describe("a machine of a segment with slaac", () => {
  test(
    "has an address, the gateways as its router, and what a flow opens",
    async () => {
      expect(await eventually("isolated")).toEqual({ addresses: [expect.stringMatching(OWN)], routers: ["fe80::1"] });
      expect(await printed("isolated", ["python3", "-c", CLIENT])).toBe("portal");
    },
    MINUTE,
  );

  test(
    "keeps all three when the other gateway takes over",
    async () => {
      const before = await configured("isolated");
      await pair.namespaces.script(`ip -n ${gatewayHost(0)} link set vlan330 down`);
      await pair.eventually(0, pair.virtualAddresses.length);
      await setTimeout(1_000);
      expect(await configured("isolated")).toEqual(before);
      expect(await printed("isolated", ["python3", "-c", CLIENT])).toBe("portal");
    },
    MINUTE,
  );

  test(
    "that starts then has the other gateway's advertisements",
    async () => {
      await pair.namespaces.script("ip -n isolated link set eth0 down; ip -n isolated link set eth0 up");
      expect(await eventually("isolated")).toEqual({ addresses: [expect.stringMatching(OWN)], routers: ["fe80::1"] });
    },
    MINUTE,
  );
});

test(
  "a machine of a segment without has neither address nor router",
  async () => {
    expect(await configured("team")).toEqual({ addresses: [], routers: [] });
  },
  MINUTE,
);
