import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { loadDeployed } from "../../environments/deployed";
import { preflight } from "../../preflight/preflight";
import { prerequisitesReport } from "../../reports/prerequisites/report";
import type { PlacedPrerequisite, PrerequisitesReport } from "../../reports/prerequisites/report";
import { withEmergencies } from "../../environments/seats/hosting";
import type { Path } from "../../environments/path";
import type { SourceLocation } from "../../environments/violation";
import { edited } from "../fixtures/city-edits";
import { CITIES, load, MILAN } from "../fixtures/city-files";
import { accessCityWith } from "../fixtures/access-city";
import { monitored } from "../fixtures/monitoring";
import { standing } from "../fixtures/standing";
import { typedHere } from "../fixtures/typed-here";

/** In place of a file's line, what of it is meant. */
function shownPath(path: Path): SourceLocation {
  return { file: path.join("."), line: 1, column: 1 };
}

function itemsOf({ vCenter, network, vault, directory, monitoring }: PrerequisitesReport): PlacedPrerequisite[] {
  return [...vCenter, ...network, ...vault, ...directory, ...monitoring];
}

test.each(["milan", "catania"])("every name of %s's file is told with its line", async (id) => {
  const { code, out } = await typedHere(["report", "prerequisites", id, "--format", "json"]);
  expect(code).toBe(0);
  const report = JSON.parse(out) as PrerequisitesReport;
  expect(report.city).toBe(id);
  const lines = readFileSync(join(REPOSITORY, "environments", `${id}.yaml`), "utf8").split("\n");
  const derived = ["login", "paths", "state"];
  const strangers = itemsOf(report).filter(
    ({ kind, name, line }) => !derived.includes(kind) && lines[line - 1]?.includes(name) !== true,
  );
  expect(strangers).toEqual([]);
});

test("a page has a table for each of those who are asked, and names that Markdown would change as they are", async () => {
  const { out } = await typedHere(["report", "prerequisites", "milan"]);
  const parts = ["## vCenter", "## Network", "## Vault and state", "## Directory", "## Monitoring"];
  expect(out.match(/^## .*/gm)).toEqual(parts);
  expect(out).toMatch(/^\| cluster \| milano-vdi-a \| DRS on; just these 12 hosts, .* \| \d+ \|$/m);
  expect(out).toContain("| group | MILANO\\\\vdi-helpdesk |");
  expect(out).toMatch(/^\| login \| milan-first-secrets \| a role with 1 privilege: /m);
});

test.each(loadDeployed(CITIES, undefined).map((file) => [file.deployed.city.id, file] as const))(
  "whatever %s's preflight misses in an empty vCenter is among them",
  (_, file) => {
    const { datacenters } = standing(file.deployed);
    const nothing = {
      clusters: [],
      hosts: [],
      datastores: [],
      storageClusters: [],
      switches: [],
      portGroups: [],
      machines: [],
    };
    const { findings } = preflight(file, { source: "a test", inventory: { ...nothing, datacenters } });
    const names = new Set(
      itemsOf(prerequisitesReport(file.deployed, file.placeOf)).flatMap(({ name, must }) => [
        name,
        ...must.split(/, | /),
      ]),
    );
    const missed = findings.map(({ message }) => /^there is no [\w ]+ "(.*)" in /.exec(message)?.[1] ?? message);
    expect(missed.length).toBeGreaterThan(10);
    expect(missed.filter((name) => !names.has(name))).toEqual([]);
  },
);

test("access machines ask for a template, and for the name in DNS that people's clients connect to", () => {
  const { vCenter, network } = prerequisitesReport(accessCityWith(), shownPath);
  expect([...vCenter, ...network].filter(({ file }) => file.startsWith("access."))).toEqual([
    expect.objectContaining({ name: "debian-12-access", must: expect.stringContaining("haproxy") }),
    expect.objectContaining({ name: "postazioni.porto.example", must: "in DNS, at 10.66.2.4" }),
  ]);
});

test("local administrators ask for a schema, and for a group policy and rights on each unit", () => {
  const unit = "OU=Postazioni,DC=comune,DC=milano,DC=example";
  const windows = ["anagrafe", "educazione", "tecnica", "polizia-locale", "sala-operativa"];
  const { cities, violations } = load({
    "milan.yaml": edited(
      MILAN,
      Object.fromEntries(windows.map((pool) => [`pools.${pool}.+organizationalUnit`, unit])),
      {
        "secrets.directory.+localAdministrators": { readBy: "help-desk", rotateEveryDays: 7 },
        assignments: undefined,
      },
    ),
  });
  expect(violations).toEqual([]);
  const [milan] = withEmergencies(cities);
  if (milan === undefined) throw new Error("no city");
  const { directory } = prerequisitesReport(milan, shownPath);
  const asked = directory.filter(({ kind }) => ["schema", "group policy", "rights"].includes(kind));
  expect(asked.map(({ kind, name, file }) => [kind, name, file])).toEqual([
    ["schema", "Windows LAPS", "secrets.directory.localAdministrators"],
    ["group policy", unit, "pools.0.organizationalUnit"],
    ["rights", unit, "pools.0.organizationalUnit"],
  ]);
  expect(asked[1]?.must).toContain(
    "PasswordAgeDays 7, PasswordLength 24, PasswordComplexity 4, ADPasswordEncryptionEnabled 1, ADPasswordEncryptionPrincipal " +
      "vdi-helpdesk@comune.milano.example",
  );
});

test("monitoring asks for an exporter in every image and on the gateways, a login that reads, and who is told", () => {
  const withRole = { "support.roles": [{ name: "watch", group: "MILANO\\vdi-watch", duty: "monitoring" }] };
  const [watched, unwatched] = [[monitored(), withRole], []].map((edits) => {
    const { cities, violations } = load({ "milan.yaml": edited(MILAN, ...edits, { assignments: undefined }) });
    expect(violations).toEqual([]);
    return withEmergencies(cities).map((milan) => prerequisitesReport(milan, shownPath).monitoring)[0];
  });
  expect(unwatched).toEqual([]);
  expect(watched?.map(({ kind, name, must, file }) => `${kind} ${name}: ${must.slice(0, 50)} (${file})`)).toEqual([
    "Prometheus server in management: Prometheus and Alertmanager; node_exporter with a  (monitoring.from)",
    "login milan-metrics: in the group MILANO\\vdi-watch, for npm run metrics (support.roles.0.group)",
    ...["office.versions.2026.10", "office.versions.2026.11", "drawing.versions.2026.10"].map(
      (version) =>
        `template win11-${version.replace(".versions.", "-").replace("2026.", "2026-")}: windows_exporter on port 9182, which the guest's o (images.windows-${version}.template)`,
    ),
    ...["10", "11"].map(
      (month) =>
        `template ubuntu-light-2026-${month}: node_exporter on port 9182, which the guest's own  (images.linux-light.versions.2026.${month}.template)`,
    ),
    "template debian-12-gateway: Debian's prometheus-node-exporter, which takes por (network.gateway.template)",
    'Vault https://vault.comune.milano.example:8200: telemetry { prometheus_retention_time = "24h" disa (platform.vault.address)',
    ...[
      "desktops: takes what Alertmanager posts (monitoring.owners.0",
      "security: takes what Alertmanager posts (monitoring.owners.2",
    ].map((rest) => `webhook https://alerts.comune.milano.example/${rest}.webhook)`),
    "mail server mail.comune.milano.example:587: takes Alertmanager's mail, with TLS, from vdi@comu (monitoring.mail.smarthost)",
    "handbook https://handbook.comune.milano.example/vdi.html: the page of npm run report -- handbook milan --htm (monitoring.handbook)",
  ]);
});
