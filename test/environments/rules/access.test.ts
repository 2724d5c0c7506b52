import { mkdtempSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../../environments/violation";
import { loadPaths } from "../../fixtures/city-files";

const FIXTURES = join(__dirname, "../../fixtures");
const FILE = readFileSync(join(FIXTURES, "access.yaml"), "utf8");

/** The lines of the violations of the fixture with each text replaced by the next one. */
function violations(...edits: readonly (readonly [string, string])[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "access-rules-"));
  try {
    cpSync(join(FIXTURES, "access.assignments.csv"), join(folder, "access.assignments.csv"));
    const text = edits.reduce((before, [from, to]) => {
      if (!before.includes(from)) throw new Error(`the fixture has no ${from}`);
      return before.replace(from, to);
    }, FILE);
    writeFileSync(join(folder, "city.yaml"), text);
    return loadPaths([join(folder, "city.yaml")]).violations.map(formatViolation);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Which edit is refused with which words. */
const CASES: readonly (readonly [
  title: string,
  edits: readonly (readonly [string, string])[],
  words: readonly string[],
])[] = [
  [
    "a pool that nobody can reach",
    [["to: desktops\n      ports: [tcp/3389]", "to: desktops\n      ports: [tcp/22]"]],
    ["pools[name=anagrafe]", "nobody can reach its seats", "ports: [tcp/3389]"],
  ],
  [
    "people who do not reach the access machines",
    [["from: vpn, to: access,", "from: administrators, to: access,"]],
    ["access.from[1]", 'people in "vpn" do not reach "access" on tcp/3389', "write { id: vpn-to-access"],
  ],
  [
    "two pools with one listening name",
    [["    returnMinutes: 30", "    accessName: anagrafe"]],
    ["accessName", 'people ask for the pool "anagrafe" by the name "anagrafe" too'],
  ],
  ["a return longer than a working day", [["returnMinutes: 30", "returnMinutes: 481"]], ["returnMinutes", "480"]],
  [
    "RDP that is open to the internet",
    [["{ name: vpn, ranges: [10.61.0.0/20] }", "{ name: vpn, ranges: [0.0.0.0/0], except: [10.0.0.0/8] }"]],
    ["from", 'it opens RDP to "vpn", which has public addresses', "VPN's own addresses"],
  ],
  [
    "an assignment of a seat in a floating pool",
    [
      [
        'code: ana\n    directorate: anagrafe\n    workstation: light\n    imageVersion: "2026.10"\n    seats: 4\n    assignment: dedicated',
        'code: ana\n    directorate: anagrafe\n    workstation: light\n    imageVersion: "2026.10"\n    seats: 4\n    assignment: floating',
      ],
    ],
    ['"po-ana-0001" is a seat of the floating pool "anagrafe"'],
  ],
  [
    "a service without the virtual address of both",
    [[", 10.66.2.4, 10.66.2.4]", ", 10.66.2.4, 10.66.2.7]"]],
    ["does not say which addresses the access machines have", "addresses: [first, second, virtual, virtual]"],
  ],
  [
    "a service without RDP",
    [["ports: [tcp/3389]\n    - { name: directory", "ports: [tcp/443]\n    - { name: directory"]],
    ['which "access" does not offer'],
  ],
  [
    "a cluster that is not there",
    [["clusters: [vdi, vdi]", "clusters: [vdi, vdj]"]],
    ['"vdj" names no cluster', 'write "vdi"'],
  ],
  [
    "a pool called as the access machines' role in Vault",
    [["  - name: remoto\n", "  - name: access-machines\n"]],
    ['"access-machines" is an access machine'],
  ],
  [
    "a place where nobody is",
    [["from: [offices, vpn]", "from: [offices, vpm]"]],
    ['"vpm" names no segment or network outside'],
  ],
  ["a VPN that access.from lacks", [["from: [offices, vpn]", "from: [offices]"]], ["which access.from does not have"]],
  [
    "certificates without an authority that they could come from",
    [["    template: debian-12-access", "    vaultService: directory\n    template: debian-12-access"]],
    ["access.machines.vaultService", "no platform.vault and secrets.authority"],
  ],
  [
    "certificates from a Vault that the access machines do not reach",
    [
      ["    template: debian-12-access", "    vaultService: vault\n    template: debian-12-access"],
      [
        "    - { name: directory,",
        "    - { name: vault, segment: shared, addresses: [10.66.3.12], ports: [tcp/8200] }\n    - { name: directory,",
      ],
    ],
    ['do not reach "vault" on tcp/8200', "write a flow from access to vault"],
  ],
  [
    "both machines and a broker",
    [["  machines:\n", "  broker: rds\n  machines:\n"]],
    ["either machines, or the broker"],
  ],
];

describe("how people reach their seats", () => {
  test("is right in the fixture", () => {
    expect(violations()).toEqual([]);
  });

  test.each(CASES)("%s is refused, with its line and a repair", (_title, edits, words) => {
    const text = violations(...edits).join("\n");
    expect(text).toMatch(/^city\.yaml:\d+:\d+: |^access\.assignments\.csv:\d+:\d+: /m);
    for (const word of words) expect(text).toContain(word);
  });
});

test("access machines that nobody lets Prometheus ask", () => {
  const watched =
    "monitoring: { handbook: https://h.porto.example/vdi.html, from: management, owners: [{ name: vdi, webhook: https://a.porto.example/x, " +
    "answers: [desktops, platform, network, secrets, configuration, monitoring] }] }\nassignments:";
  const flow = (to: string, port: string) =>
    `{ id: watch-${to}, from: management, to: ${to}, ports: [${port}], owner: A, purpose: p, ticket: T, until: 2027-12-31 }`;
  const flows = (...more: string[]) => [
    ["assignments:", watched] as const,
    ["  flows:\n", `  flows:\n${more.map((one) => `    - ${one}\n`).join("")}`] as const,
  ];
  expect(violations(...flows(flow("desktops", "tcp/9100")))).toEqual([
    expect.stringContaining('monitoring.from: "management" does not reach access on tcp/8405'),
  ]);
  const offered = ["ports: [tcp/3389]", "ports: [tcp/3389, tcp/8405]"] as const;
  expect(violations(offered, ...flows(flow("desktops", "tcp/9100"), flow("access", "tcp/8405")))).toEqual([]);
});
