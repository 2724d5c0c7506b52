import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { networkPlan } from "../../environments/network/network-plan";
import { freePort } from "../../lab/free-port";
import { exposition } from "../../metrics/exposition";
import { secretsMetrics } from "../../metrics/secrets-state";
import { REPOSITORY } from "../../runtime/paths";
import { nftables } from "../../segmentation/render/nftables";
import { MONITORING } from "../fixtures/monitoring";
import { selfSigned } from "../fixtures/self-signed";
import { ByHand } from "../lab/by-hand";
import { TestLab, withoutPools } from "../lab/test-lab";
import { typedInLab, typeSecrets } from "../lab/typed-command";
import { Watching, Webhooks } from "./watching";

interface Dashboard {
  readonly panels?: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

const MINUTE = 60_000;
const HOST = "Milano/host/milano-vdi-a/esx-a05.comune.milano.example";
const MACHINE = "Milano/vm/milan/servizi-civici/anagrafe/mi-ana-0001";
/** The lab's datastores have 4 PiB. */
const FULL_GIB = 4_100_000;

jest.setTimeout(15 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "watched-"));
let lab: TestLab;
let hand: ByHand;
let hooks: Webhooks;
let watching: Watching;
let exporter: ChildProcess;
let gateway: ChildProcess;
let vault: Server;
let certificatePort: number;

/** The lab's Vault has no directory here, and so no account that it rotates. */
function rotations(): string {
  const statuses = [{ what: "account join-anagrafe", state: "right", since: new Date().toISOString() } as const];
  const all = secretsMetrics({ statuses, periods: new Map([["join-anagrafe", 604_800]]), tokenEnds: undefined }, 0);
  return exposition(all.filter(({ name }) => name.includes("rotation_due")));
}

/** Counts what the namespace sends itself as a flow's. */
const COUNTING = [
  "table inet postazioni {",
  "chain out {",
  "type filter hook output priority 0;",
  "udp dport 9 counter name flow-desktops-to-vault accept",
  "}",
  "}",
  "",
].join("\n");

/** What a gateway's own script writes of Milan's rules, loaded in a namespace. */
function gatewayFigures(textfiles: string): void {
  const milan = lab.city("milan");
  const [plan] = gatewayPlans(milan);
  if (plan === undefined) throw new Error("Milan has no gateways");
  const rules = join(folder, "rules.nft");
  writeFileSync(rules, nftables(networkPlan(milan), plan));
  const script = join(REPOSITORY, "segmentation", "render", "gateway-metrics.sh");
  writeFileSync(join(folder, "count.nft"), COUNTING);
  const send =
    "import socket as s; c = s.socket(s.AF_INET, s.SOCK_DGRAM); [c.sendto(b'x', ('127.0.0.1', 9)) for _ in range(5)]";
  const turn = `python3 -c "${send}"; sh "$1" 192.0.2.1 "$2"`;
  const begin = 'ip link set lo up; nft -f "$0" && nft -f "$3"';
  const arguments_ = [rules, script, textfiles, join(folder, "count.nft")];
  gateway = spawn(
    "unshare",
    ["-rn", "--kill-child", "--fork", "sh", "-c", `${begin} && while sleep 2; do ${turn}; done`, ...arguments_],
    {
      stdio: "ignore",
    },
  );
}

/** A server with a certificate of so many days, as Vault's. */
function serve(days: number): void {
  const { key, certificate } = selfSigned(folder, days);
  vault = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }).listen(
    certificatePort,
    "127.0.0.1",
  );
}

beforeAll(async () => {
  lab = await TestLab.start(2, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
    appendFileSync(join(environments, "milan.yaml"), `monitoring:\n${MONITORING.trim().replace(/^/gm, "  ")}\n`);
  });
  await lab.deploy("milan");
  hand = await ByHand.logIn(lab.session, "milan");
  hooks = await Webhooks.start();
  certificatePort = await freePort();
  serve(365);
  const report = await typedInLab(lab, "report", ["monitoring", "milan", "--out", folder]);
  if (report.code !== 0) throw new Error(report.told);
  const statePort = String(await freePort());
  const variables = lab.session.environment("milan");
  exporter = spawn("npm", ["run", "--silent", "metrics", "--", "milan", "--listen", `127.0.0.1:${statePort}`], {
    cwd: REPOSITORY,
    stdio: "inherit",
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...variables,
      VAULT_ADDR: `https://localhost:${String(certificatePort)}`,
    },
  });
  writeFileSync(join(folder, "vault-token"), variables.VAULT_TOKEN ?? "");
  const vaultHost = new URL(variables.VAULT_ADDR ?? "").host;
  watching = await Watching.start(folder, hooks, (yaml) =>
    yaml
      .replace("127.0.0.1:9272", `127.0.0.1:${statePort}`)
      .replace("scheme: https", "scheme: http")
      .replace("vault.comune.milano.example:8200", vaultHost),
  );
  await typeSecrets(lab, ["status", "milan", "--metrics", join(watching.textfiles, "secrets.prom")]);
  writeFileSync(join(watching.textfiles, "accounts.prom"), rotations());
  gatewayFigures(watching.textfiles);
  await typedInLab(lab, "drift", ["milan", "--metrics", join(watching.textfiles, "drift.prom")]);
}, 20 * MINUTE);

afterAll(async () => {
  watching.stop();
  exporter.kill("SIGTERM");
  gateway.kill("SIGKILL");
  hooks.stop();
  vault.close();
  hand.close();
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}, MINUTE);

/** Each fault, how it ends, and the alert that its owner hears. */
const FAULTS = [
  {
    what: "a host is taken away",
    alert: "HostsLost",
    owner: "desktops",
    begin: () => hand.call("DisconnectHost_Task", "HostSystem", HOST),
    end: () => hand.call("ReconnectHost_Task", "HostSystem", HOST),
  },
  {
    what: "a datastore fills",
    alert: "DatastoreFull",
    owner: "desktops",
    begin: () => hand.growDisk(MACHINE, FULL_GIB),
    end: removed,
  },
  {
    what: "a certificate is left to expire",
    alert: "CertificateExpired",
    owner: "security",
    begin: () => {
      renew(2);
      return Promise.resolve();
    },
    end: () => {
      renew(365);
      return Promise.resolve();
    },
  },
] as const;

/** The machine whose disk grew is deleted by hand. */
async function removed(): Promise<void> {
  await hand.call("PowerOffVM_Task", "VirtualMachine", MACHINE);
  await hand.call("Destroy_Task", "VirtualMachine", MACHINE);
}

function renew(days: number): void {
  vault.closeAllConnections();
  vault.close();
  serve(days);
}

test("the Watchdog reaches who answers for the monitoring", async () => {
  expect(await hooks.hear("Watchdog", "firing", 0)).toMatchObject({ owner: "security" });
});

test.each(FAULTS)("$what: its owner hears it, and its end", async ({ alert, owner, begin, end }) => {
  const began = Date.now();
  await begin();
  const fired = await hooks.hear(alert, "firing", began);
  expect(fired.owner).toBe(owner);
  const ended = Date.now();
  await end();
  const resolved = await hooks.hear(alert, "resolved", ended);
  console.log(`${alert}: ${String((fired.at - began) / 1000)} s, its end ${String((resolved.at - ended) / 1000)} s`);
  expect(hooks.heard.filter((one) => one.alert === alert).map((one) => one.owner)).not.toContain("network");
});

test("every query of every board returns series", async () => {
  const boards = readdirSync(join(folder, "dashboards"));
  expect(boards.sort()).toEqual([
    ...["city.json", "pool-anagrafe.json", "pool-smart-working.json", "pool-tecnica.json"],
    ...["secrets.json", "segmentation.json"],
  ]);
  const queries = boards.flatMap((file) => {
    const { panels = [] } = JSON.parse(readFileSync(join(folder, "dashboards", file), "utf8")) as Dashboard;
    return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  });
  expect(queries.length).toBeGreaterThan(30);
  for (const query of new Set(queries)) await watching.returns(query);
});

test("no label of any alert has a machine's name", () => {
  const labels = hooks.heard.flatMap((one) => Object.values(one.labels));
  expect(labels.filter((label) => /mi-\w+-\d+/.test(label))).toEqual([]);
});
