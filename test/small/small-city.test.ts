import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadCities } from "../../environments/load";
import type { DeclaredCity } from "../../environments/model/city";
import { monitoringFiles } from "../../reports/monitoring/files";
import { REPOSITORY } from "../../runtime/paths";
import { edited } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { lines, load } from "../fixtures/city-files";
import { deployed } from "../fixtures/deployed";
import { synthesizedCity } from "../fixtures/synthesized-city";

const FILE = join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml");
const TEXT = readFileSync(FILE, "utf8");
/** What the smallest file has at most; guides begin with it. */
const MOST_LINES = 31;

const CI = {
  ...{ platform: "gitlab", issuer: "https://gitlab.valchiara.example", audience: "vault", repository: "a/b" },
  ...{ projectId: 1, branch: "main" },
};

const TOPICS = ["desktops", "platform", "network", "secrets", "configuration", "monitoring"];
const WATCHED = {
  "city.+domain": "comune.valchiara.example",
  "+monitoring": {
    ...{ handbook: "https://handbook.valchiara.example", from: "servers" },
    owners: [{ name: "all", webhook: "https://alerts.valchiara.example", answers: TOPICS }],
  },
  "network.+outside": [{ name: "servers", ranges: ["10.41.0.0/24"] }],
  "network.+flows": [
    {
      ...{ id: "monitoring", from: "servers", to: "desktops", ports: ["tcp/9182"] },
      ...{ owner: "Sistemi", purpose: "monitoring", ticket: "T-1", until: "2027-12-31" },
    },
  ],
};
const OF_A_VAULT =
  /job_name: vault|vault_|Vault|first_secret|SeatsLate|TokenExpires|AccountUnrotated|SecretNotRight|StateUnknown/;

function small(): DeclaredCity {
  const [city] = loadCities([FILE]);
  if (city === undefined) throw new Error("the small file is no city");
  return city;
}

/** The violations of the small file with edits. */
function smallWith(...edits: readonly Edit[]): string[] {
  return lines(edited(TEXT, ...edits)).map((line) => line.replace(/^city\.yaml:\d+:\d+: /, ""));
}

describe("the small file", () => {
  test(`has at most ${String(MOST_LINES)} lines and no violation`, () => {
    expect(TEXT.trimEnd().split("\n").length).toBeLessThanOrEqual(MOST_LINES);
    expect(lines(TEXT)).toEqual([]);
  });

  test("declares the stacks of what it has, and no other", () => {
    const stacks = synthesizedCity(small());
    expect([...stacks.keys()].sort()).toEqual([
      "valchiara-desktops-uffici-01",
      "valchiara-foundation",
      "valchiara-network",
    ]);
  });

  test("has no tag of a directorate, no attribute of holders, and its pool's folder in the city's own", () => {
    const foundation = synthesizedCity(small()).get("valchiara-foundation");
    expect(foundation?.resources("vsphere_tag_category")).toEqual([]);
    expect(foundation?.resources("vsphere_custom_attribute")).toEqual([]);
    expect(foundation?.resources("vsphere_folder").map(({ path }) => path)).toEqual([
      "valchiara",
      expect.stringMatching(/^\$\{vsphere_folder\.[\w-]+\.path\}\/uffici$/),
    ]);
    const [machines] =
      synthesizedCity(small()).get("valchiara-desktops-uffici-01")?.resources("vsphere_virtual_machine") ?? [];
    expect(machines).toMatchObject({ annotation: "dedicated", disk: [expect.objectContaining({ size: 64 })] });
    expect(machines).not.toHaveProperty("custom_attributes");
  });

  test("puts a pool into the only cluster, and asks for its name where there are two", () => {
    expect(small().pools.map(({ cluster }) => cluster)).toEqual(["municipio"]);
    const second = { name: "biblioteca", hosts: ["esx-3.comune.valchiara.example"] };
    expect(smallWith({ "platform.clusters.+": second })).toEqual([
      expect.stringMatching(/^pools\[name=uffici\]: neither cluster nor spread is there, and the city has several/),
    ]);
  });
});

describe("a city without a Vault", () => {
  test.each([
    ["ci", CI],
    ["values", [{ secret: "pools/uffici/licence" }]],
    ["mustNotRead", [{ who: "pool:uffici", secret: "pools/uffici/licence" }]],
    ["machinesSeenFrom", ["10.40.0.0/24"]],
  ])("says of secrets.%s that it needs one", (key, value) => {
    expect(smallWith({ "+secrets": { [key]: value } })).toContainEqual(
      expect.stringMatching(
        new RegExp(`^secrets\\.${key}: ${key} is there, and the city has no Vault; .*add platform\\.vault`),
      ),
    );
  });

  test("may be watched: its seats, platform and drift, and nothing of a Vault", () => {
    const text = edited(TEXT, WATCHED);
    expect(lines(text)).toEqual([]);
    const [city] = load({ "city.yaml": text }).cities;
    if (city?.monitoring === undefined) throw new Error("no monitoring");
    const files = monitoringFiles(deployed(city), city.monitoring, "en");
    // Alertmanager's own file names what silences what, whether or not it fires.
    const others = [...files].filter(([name]) => name !== "alertmanager.yml");
    expect(others.filter(([, content]) => OF_A_VAULT.test(content)).map(([name]) => name)).toEqual([]);
    expect(files.get("rules.yml")).toMatch(/SeatsUnusableFast[^]*HostsLost[^]*CertificateExpires[^]*DriftFound/);
    expect(files.get("targets/seats-uffici.json")).toContain("vx-uff-0001.comune.valchiara.example:9182");
  });
});

describe("a city with a Vault and no CI", () => {
  const vault = { address: "https://vault.comune.valchiara.example:8200" };

  test("has its store, authority and desktops' login, and no login of jobs", () => {
    const domain = "comune.valchiara.example";
    const text = edited(TEXT, { "platform.+vault": vault, "city.+domain": domain });
    expect(lines(text)).toEqual([]);
    const city = { ...small(), city: { ...small().city, domain }, platform: { ...small().platform, vault } };
    const secrets = synthesizedCity(city).get("valchiara-secrets");
    expect(secrets?.resources("vault_jwt_auth_backend")).toEqual([]);
    expect(secrets?.resources("vault_policy").map(({ name }) => name)).toEqual(["valchiara-pool-uffici"]);
    expect(secrets?.resources("vault_quota_rate_limit").map(({ name }) => name)).not.toContain("valchiara-ci");
  });
});

test("gateways without a management path are told to have one", () => {
  const gateway = { template: "debian-12-gateway", clusters: ["municipio", "municipio"], uplink: "desktops" };
  const rest = { nextHop: "10.40.0.254", management: "desktops", virtualRouterId: 7 };
  expect(smallWith({ "network.+gateway": { ...gateway, ...rest } })).toContainEqual(
    expect.stringMatching(/^network: the administrators would not reach the gateways .*add network\.management/),
  );
});
