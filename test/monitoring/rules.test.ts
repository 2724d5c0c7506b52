import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { loadDeployed } from "../../environments/deployed";
import { ALERTS } from "../../environments/model/monitoring";
import type { Monitoring } from "../../environments/model/monitoring";
import type { DeployedCity } from "../../environments/model/city";
import { RUNBOOKS } from "../../reports/monitoring/alert";
import { monitoringFiles } from "../../reports/monitoring/files";
import { ownedAlerts, ruleFile } from "../../reports/monitoring/rules";
import { accessCityWith, certifiedCity } from "../fixtures/access-city";
import { monitoredEnvironments } from "../fixtures/monitored-city";
import { CASES, SOUND } from "./rule-cases";
import type { Series } from "./rule-cases";

const environments = monitoredEnvironments();
const folder = mkdtempSync(join(tmpdir(), "monitoring-"));
let city: DeployedCity;
let monitoring: Monitoring;

beforeAll(() => {
  const found = loadDeployed(environments, undefined).map(({ deployed }) => deployed);
  const milan = found.find((one) => one.city.id === "milan");
  if (milan?.monitoring === undefined) throw new Error("Milan has no monitoring");
  [city, monitoring] = [{ ...milan, access: certifiedCity().access }, milan.monitoring];
  for (const [path, text] of monitoringFiles(city, monitoring, "en")) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // Its owner puts it there.
  for (const name of ["vault-token", "city-root.pem"]) writeFileSync(join(folder, name), "");
});

afterAll(() => {
  for (const path of [environments, folder]) rmSync(path, { recursive: true });
});

/** What promtool says, with its exit code. */
function promtool(...args: readonly string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8" });
  return { code: status, said: `${stdout}${stderr}` };
}

test("promtool takes the configuration, the rules and the targets", () => {
  const { code, said } = promtool("check", "config", "prometheus.yml");
  expect(said).toContain("SUCCESS: prometheus.yml is valid");
  expect(said).toMatch(/SUCCESS: \d+ rules found/);
  expect(code).toBe(0);
});

test("promtool takes the alerts in Italian, with the same labels filled in", () => {
  writeFileSync(join(folder, "italian.yml"), stringify(ruleFile(city, monitoring, "it")));
  expect(promtool("check", "rules", "italian.yml")).toMatchObject({ code: 0 });
  const filled = (language: "en" | "it"): string[][] =>
    ownedAlerts(city, monitoring, language).map(({ summary }) => (summary.match(/\{\{.*?\}\}/g) ?? []).sort());
  expect(filled("it")).toEqual(filled("en"));
});

describe("every alert", () => {
  test("has an owner with a receiver, a severity and a runbook of the handbook", () => {
    const anchors: readonly string[] = RUNBOOKS;
    const owners = monitoring.owners.map(({ name }) => name);
    const wrong = ownedAlerts(city, monitoring, "en").filter(({ owner, severity, runbook, runbookUrl }) => {
      const url = `https://handbook.comune.milano.example/vdi.html#${runbook}`;
      const isRight = owners.includes(owner) && ["critical", "warning"].includes(severity) && anchors.includes(runbook);
      return !isRight || runbookUrl !== url;
    });
    expect(wrong).toEqual([]);
  });

  test("is there once, and the file's names of alerts are all of them", () => {
    expect(
      ownedAlerts(city, monitoring, "en")
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...ALERTS].sort());
  });

  test("is fired by a case below", () => {
    const fired = new Set(CASES.flatMap(({ fires }) => fires));
    expect(ALERTS.filter((name) => name !== "Watchdog" && !fired.has(name))).toEqual([]);
  });
});

/** One of promtool's tests: the alerts that fire at some times. */
function ruleTest(name: string, values: Series, fires: readonly [at: string, alerts: readonly string[]][]): object {
  return {
    name,
    interval: "1m",
    input_series: Object.entries(values).map(([series, given]) => ({ series, values: given })),
    promql_expr_test: fires.map(([at, alerts]) => ({
      expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: at,
      exp_samples: ["Watchdog", ...alerts].map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
    })),
  };
}

function runTests(tests: readonly object[]): { code: number | null; said: string } {
  writeFileSync(join(folder, "tests.yml"), stringify({ rule_files: ["rules.yml"], evaluation_interval: "1m", tests }));
  return promtool("test", "rules", "tests.yml");
}

test("a sound city fires the Watchdog alone, for hours", () => {
  const { code, said } = runTests([
    ruleTest("sound", SOUND, [
      ["1m", []],
      ["40m", []],
      ["5h", []],
    ]),
  ]);
  expect(said).toContain("SUCCESS");
  expect(code).toBe(0);
});

test.each(CASES.map((one) => [one.what, one] as const))(
  "%s: its alerts fire, not at once, and no other",
  (what, one) => {
    const values = { ...SOUND, ...one.fault };
    const { code, said } = runTests([
      ruleTest(what, values, [
        [one.notYet, []],
        [one.at, one.fires],
      ]),
    ]);
    expect(said).toContain("SUCCESS");
    expect(code).toBe(0);
  },
);

test("an alert is of a pool, not of a machine, and carries what it needs", () => {
  const values = { ...SOUND, 'postazioni_seats{pool="anagrafe",state="usable"}': "80x100" };
  const [alert] = ownedAlerts(city, monitoring, "en");
  const expected = {
    exp_labels: { city: "milan", owner: "desktops", pool: "anagrafe", severity: "critical", topic: "desktops" },
    exp_annotations: {
      summary: "20% of the seats of anagrafe cannot be used: the budget burns within days",
      runbook_url: "https://handbook.comune.milano.example/vdi.html#seat-does-not-start",
    },
  };
  const { said } = runTests([
    {
      interval: "1m",
      input_series: Object.entries(values).map(([series, given]) => ({ series, values: given })),
      alert_rule_test: [{ eval_time: "20m", alertname: alert?.name, exp_alerts: [expected] }],
    },
  ]);
  expect(said).toContain("SUCCESS");
});

test("an alert ends when its fault does", () => {
  const values = { ...SOUND, 'postazioni_hosts{cluster="a",state="notResponding"}': "0x4 1x10 0x100" };
  const fires: [string, string[]][] = [
    ["3m", []],
    ["10m", ["HostsLost"]],
    ["17m", []],
  ];
  expect(runTests([ruleTest("a host comes back", values, fires)]).said).toContain("SUCCESS");
});

describe("Alertmanager", () => {
  const amtool = (...args: readonly string[]): string =>
    execFileSync("amtool", args, { cwd: folder, encoding: "utf8", env: { ...process.env, HOME: folder } }).trim();

  test("takes the configuration", () => {
    expect(amtool("check-config", "alertmanager.yml")).toContain("3 receivers");
  });

  test("routes every alert to the owner that the file names", () => {
    const route = (name: string, owner: string): string =>
      amtool("config", "routes", "test", "--config.file=alertmanager.yml", `alertname=${name}`, `owner=${owner}`);
    const wrong = ownedAlerts(city, monitoring, "en").filter(({ name, owner }) => route(name, owner) !== owner);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

test("no staff number is in anything that is written", () => {
  const staff = new Set(city.assignments.map((one) => one.staff));
  expect(staff.size).toBeGreaterThan(5);
  const texts = [...monitoringFiles(city, monitoring, "en").values()].join("\n");
  const words = new Set(texts.match(/[\w.-]+/g));
  expect([...staff].filter((number) => words.has(number))).toEqual([]);
});

test("the targets are the file's seats and gateways", () => {
  const seats = JSON.parse(readFileSync(join(folder, "targets/seats-sala-operativa.json"), "utf8")) as unknown;
  expect(seats).toEqual([
    {
      targets: Array.from(
        { length: 10 },
        (_, index) => `mi-sop-${String(index + 1).padStart(4, "0")}.vdi.comune.milano.example:9182`,
      ),
      labels: { pool: "sala-operativa", directorate: "polizia-locale" },
    },
  ]);
  const gateways = JSON.parse(readFileSync(join(folder, "targets/gateways.json"), "utf8")) as object[];
  expect(gateways).toHaveLength(2);
  expect(parse(readFileSync(join(folder, "prometheus.yml"), "utf8"))).toHaveProperty("rule_files", ["rules.yml"]);
});

test("the access machines are asked at their own addresses, and for no seat", () => {
  const files = monitoringFiles(accessCityWith(), monitoring, "en");
  expect(JSON.parse(files.get("targets/access.json") ?? "")).toEqual([
    { targets: ["10.66.2.5:8405"], labels: { machine: "porto-access-a" } },
    { targets: ["10.66.2.6:8405"], labels: { machine: "porto-access-b" } },
  ]);
  expect(parse(files.get("prometheus.yml") ?? "")).toHaveProperty(
    "scrape_configs",
    expect.arrayContaining([
      expect.objectContaining({ job_name: "access", params: { scope: ["backend", "sticktable"] } }),
    ]),
  );
});

test("access machines with certificates are asked by TLS, by their names, and when these end", () => {
  const files = monitoringFiles(certifiedCity(), monitoring, "en");
  expect(files.get("targets/access.json")).toContain("porto-access-a.vdi.porto.example:8405");
  const { scrape_configs: jobs } = parse(files.get("prometheus.yml") ?? "") as { scrape_configs: object[] };
  const tls = { scheme: "https", tls_config: { ca_file: "city-root.pem" } };
  expect(jobs).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ job_name: "access", ...tls }),
      expect.objectContaining({ job_name: "access-certificates", metrics_path: "/certificate", ...tls }),
    ]),
  );
});
