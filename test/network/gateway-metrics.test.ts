import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { monitoringSchema } from "../../environments/model/monitoring";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { Namespaces } from "../../proof/namespaces";
import { REPOSITORY } from "../../runtime/paths";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { nftables } from "../../segmentation/render/nftables";
import { city, gatewayOf } from "./proved-city";
import { managementOf } from "../fixtures/optional-parts";

const SCRIPT = join(REPOSITORY, "segmentation", "render", "gateway-metrics.sh");
const SHARED = "192.0.2.1";
const small = city(join(__dirname, "../fixtures/gateway.yaml"));
const monitored: City = {
  ...small,
  monitoring: monitoringSchema.parse({
    handbook: "https://handbook.piccola.example",
    from: managementOf(small).from,
    owners: [{ name: "all", webhook: "https://alerts.piccola.example", answers: ["desktops"] }],
  }),
};

let namespaces: Namespaces;
let folder: string;

beforeAll(async () => {
  namespaces = await Namespaces.open();
  folder = mkdtempSync(join(tmpdir(), "gateway-metrics-"));
});

afterAll(async () => {
  await namespaces.close();
  rmSync(folder, { recursive: true });
});

/** What the script writes on a gateway. */
async function figures(host: string): Promise<string> {
  await namespaces.run(host, ["sh", SCRIPT, SHARED, folder]);
  return readFileSync(join(folder, "postazioni.prom"), "utf8");
}

test("a gateway tells what its rules counted by flow, whether they are loaded, and whether it is master", async () => {
  await namespaces.script("ip netns add counted; ip -n counted link set lo up");
  expect(await figures("counted")).toContain("postazioni_gateway_rules_loaded 0\n");
  const rules = join(folder, "rules.nft");
  writeFileSync(rules, nftables(networkPlan(monitored), gatewayOf(monitored)));
  await namespaces.run("counted", ["nft", "-f", rules]);
  // Counts what the namespace sends itself, three packets and no more, as forged.
  const out = ["table inet postazioni {", "chain out {", "type filter hook output priority 0;"];
  writeFileSync(rules, [...out, "udp dport 9 counter name spoofed drop", "}", "}", ""].join("\n"));
  await namespaces.run("counted", ["nft", "-f", rules]);
  const send =
    "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor _ in range(3):\n try: s.sendto(b'x', ('127.0.0.1', 9))\n except OSError: pass";
  await namespaces.run("counted", ["python3", "-c", send]);
  await namespaces.run("counted", ["ip", "address", "add", `${SHARED}/24`, "dev", "lo"]);
  const text = await figures("counted");
  expect(text).toContain('postazioni_gateway_packets_total{kind="spoofed",flow=""} 3\n');
  expect(text).toContain('postazioni_gateway_packets_total{kind="denied",flow=""} 0\n');
  expect(text).toContain('postazioni_gateway_packets_total{kind="flow",flow="monitoring-path"} 0\n');
  expect(text).toContain("postazioni_gateway_rules_loaded 1\n");
  expect(text).toContain("postazioni_gateway_master 1\n");
  const ids = [...networkPlan(monitored).openings].filter(({ active }) => active).map(({ id }) => id);
  for (const id of ids) expect(text).toContain(`packets_total{kind="flow",flow="${id}"}`);
}, 60_000);

test("only where the city has monitoring a gateway is asked, and then from where the server stands", () => {
  const gateway = gatewayOf(monitored);
  const config = (one: City): string => cloudInit(networkPlan(one), gatewayOf(one), 0).userData;
  expect(config(small)).not.toContain("node-exporter");
  expect(config(monitored)).toContain("systemctl");
  const { write_files: files } = parse(config(monitored)) as { write_files: { path: string; content: string }[] };
  const [own] = gateway.interfaces.find(({ name }) => name === gateway.management)?.addresses ?? [];
  expect(files.find(({ path }) => path === "/etc/default/prometheus-node-exporter")?.content).toBe(
    `ARGS="--web.listen-address=${own?.own[0] ?? ""}:9100"\n`,
  );
  expect(nftables(networkPlan(small), gatewayOf(small))).not.toContain("monitoring");
  expect(nftables(networkPlan(monitored), gateway)).toContain(
    "tcp dport { 9100 } counter name flow-monitoring-path accept",
  );
});

test("the script is plain sh", () => {
  expect(() => execFileSync("sh", ["-n", SCRIPT])).not.toThrow();
});
