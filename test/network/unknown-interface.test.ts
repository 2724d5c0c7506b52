import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { networkPlan } from "../../environments/network/network-plan";
import { Namespaces } from "../../proof/namespaces";
import { nftables } from "../../segmentation/render/nftables";
import { printed } from "./printed";
import { city, gatewayOf } from "./proved-city";

/** A desktop's address, and the portal that a flow opens to it. */
const [DESKTOP, PORTAL] = ["10.77.1.10", "10.77.4.20"];
const SEND = `import socket, sys
one = socket.socket()
one.settimeout(0.5)
one.bind((sys.argv[1], 0))
try: one.connect((sys.argv[2], 443))
except OSError: pass`;

let namespaces: Namespaces;
let folder: string;

beforeAll(async () => {
  namespaces = await Namespaces.open();
  folder = mkdtempSync(join(tmpdir(), "interface-"));
  const small = city(join(__dirname, "../fixtures/gateway.yaml"));
  writeFileSync(join(folder, "ruleset.nft"), nftables(networkPlan(small), gatewayOf(small)));
});

afterAll(async () => {
  await namespaces.close();
  rmSync(folder, { recursive: true });
});

/** Packets that a gateway took as the flow's and as forged, of a desktop's that come by an interface of this name. */
async function counted(gateway: string, name: string): Promise<[flow: number, forged: number]> {
  const host = `${gateway}-host`;
  await namespaces.script(
    [
      "set -e",
      ...[gateway, host].flatMap((one) => [`ip netns add ${one}`, `ip -n ${one} link set lo up`]),
      `ip link add ${name} netns ${gateway} type veth peer name eth0 netns ${host}`,
      `ip link add vlan330 netns ${gateway} type veth peer name portal netns ${host}`,
      `ip -n ${host} link set portal up`,
      ...["vlan330", name].map((one) => `ip -n ${gateway} link set ${one} up`),
      `ip -n ${gateway} addr add 10.77.4.1/24 dev vlan330`,
      `ip -n ${gateway} addr add 10.77.1.1/24 dev ${name}`,
      `ip netns exec ${gateway} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'`,
      `ip netns exec ${gateway} nft -f ${join(folder, "ruleset.nft")}`,
      `ip -n ${host} link set eth0 up`,
      `ip -n ${host} addr add ${DESKTOP}/24 dev eth0`,
      `ip -n ${host} route add default via 10.77.1.1`,
    ].join("\n"),
  );
  await printed(namespaces, host, ["python3", "-c", SEND, DESKTOP, PORTAL]);
  const list = await printed(namespaces, gateway, ["nft", "list", "counters", "table", "inet", "postazioni"]);
  const packets = (counter: string): number =>
    Number(new RegExp(`counter ${counter} \\{\\s+packets (\\d+)`).exec(list)?.[1]);
  return [packets("flow-portal"), packets("spoofed")];
}

test("a packet that a flow opens is forged where it comes by an interface that the plan does not have", async () => {
  const [flow, forged] = await counted("known", "vlan310");
  expect(flow).toBeGreaterThan(0);
  expect(forged).toBe(0);
  const [unknownFlow, unknownForged] = await counted("unknown", "ens224");
  expect(unknownFlow).toBe(0);
  expect(unknownForged).toBeGreaterThan(0);
}, 60_000);
