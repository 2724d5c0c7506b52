import { describe, expect, test } from "@jest/globals";
import { effectiveFlows } from "../../../environments/network/effective-flows";
import { reachOf } from "../../../environments/network/network-plan";
import type { City } from "../../../environments/model/city";
import { portTexts } from "../../../segmentation/ports";
import { PORT_PRESETS } from "../../../segmentation/port-presets";
import { networkPage, networkReport, networkText } from "../../../reports/network-report";
import { markdown } from "../../../segmentation/render/markdown";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { MILAN, load, milanWith } from "../../fixtures/city-files";
import { withBlocks, withExpectation, withFlow } from "../../fixtures/statements";

/** Milan with edits, which must be accepted. */
function milan(...edits: Edit[]): City {
  const { cities, violations } = load({ "milan.yaml": edited(MILAN, ...edits) });
  expect(violations).toEqual([]);
  const [city] = cities;
  if (city === undefined) throw new Error("no city");
  return city;
}

const shares = withFlow({ from: "zone:desktops", to: "plotters", ports: "[file-shares, ntp, tcp/9100]" });

describe("a preset of ports", () => {
  test("stands in a flow beside ports, and becomes exactly its ports", () => {
    const city = milan(shares);
    const flow = effectiveFlows(city).find(({ id }) => id === "extra");
    expect(flow).toMatchObject({ ports: ["tcp/445", "udp/123", "tcp/9100"], presets: ["file-shares", "ntp"] });
    const rule = reachOf(city).plan.openings.find(({ id }) => id === "extra");
    expect(rule && portTexts(rule.ports)).toEqual(["tcp/445", "tcp/9100", "udp/123"]);
  });

  test.each(PORT_PRESETS.map((preset) => [preset.name, preset] as const))(
    "%s opens what is listed for it, as a service, a flow, a block and an expectation",
    (name, { ports }) => {
      const city = milan(
        { "network.services.registry-portal.ports": [name] },
        withBlocks({ from: "plotters", to: "shared", ports: `[${name}]` }),
        withExpectation("mustReach", "desktops-anagrafe", "registry-portal", name),
      );
      const flow = effectiveFlows(city).find(({ id }) => id === "registry.portal");
      expect(flow).toMatchObject({ ports, presets: [name] });
      const { blocks } = reachOf(city).plan;
      expect(blocks[0]?.ports).toEqual(reachOf(city).plan.openings.find(({ id }) => id === "registry.portal")?.ports);
    },
  );

  test("is refused in an expectation that does not hold on every one of its ports", () => {
    const expected = withExpectation("mustReach", "access-gateways", "directory", "active-directory");
    expect(milanWith(expected)).toEqual([expect.stringContaining("network.mustReach[0]: 10.21.0.10 does not reach")]);
  });

  test.each([
    ["active-directori", "active-directory"],
    ["Windows-Activation", "windows-activation"],
    ["fileshares", "file-shares"],
    ["ntpd", "ntp"],
    ["nvidia-licence-system", "nvidia-license-system"],
  ])("%s is refused, and %s was meant", (typed, meant) => {
    for (const [path, edit] of [
      ["network.flows[id=extra].ports[0]", withFlow({ from: "access", to: "plotters", ports: `["${typed}"]` })],
      ["network.services[name=vault].ports[0]", { "network.services.vault.ports": [typed] }],
      ["network.mustReach[0].port", withExpectation("mustReach", "access", "vault", typed)],
    ] as const) {
      const [found = "", ...others] = milanWith(edit);
      expect(others).toEqual([]);
      expect(found).toContain(`${path}: "${typed}" does not have the right form; allowed: `);
      expect(found).toContain(
        "or a preset: active-directory, certificate-revocation, dns, file-shares, ntp, nvidia-license-server, ",
      );
      expect(found).toContain(`repair: write "${meant}"`);
    }
  });

  test("that a service does not offer is refused in a flow to it", () => {
    expect(milanWith(withFlow({ from: "access", to: "vault", ports: "[windows-activation]" }))).toEqual([
      expect.stringContaining('"windows-activation" is not offered by the service "vault"; allowed: "tcp/8200"'),
    ]);
  });

  test("has only ports of the file's own notation, in no two ways, and a source", () => {
    for (const { ports, source, purpose } of PORT_PRESETS) {
      expect([...ports].sort()).toEqual([...new Set(ports)].sort());
      expect(milanWith(withFlow({ from: "access", to: "plotters", ports: JSON.stringify(ports) }))).toEqual([]);
      expect(source).toMatch(/^(?:Microsoft|NVIDIA|RFC )/);
      expect(purpose.length).toBeGreaterThan(0);
    }
  });
});

describe("the reports", () => {
  test("show the presets that rules name, with their ports, rules and sources", () => {
    const city = milan(shares, { "network.management.ports": ["tcp/22", "tcp/443", "icmp", "dns"] });
    const report = networkReport(city, () => ({ file: "milan.yaml", line: 1, column: 1 }));
    expect(report.presets.map(({ name, rules }) => ({ name, rules }))).toEqual([
      { name: "active-directory", rules: ["desktops-to-directory"] },
      { name: "dns", rules: ["management-path"] },
      { name: "file-shares", rules: ["extra"] },
      { name: "ntp", rules: ["extra"] },
    ]);
    expect(networkText(report)).toContain("\n  file-shares: tcp/445; in extra; Microsoft, ");
    expect(markdown(networkPage(city))).toContain("| ntp | time | udp/123 | extra | RFC 5905, section 7.2 |");
  });

  test("do not find Active Directory over-wide, for all of RPC's range, but a range of the same size", () => {
    const found = (ports: string): string[] => {
      const flow = withFlow({ from: "access", to: "plotters", ports });
      const { findings } = networkReport(milan(flow), () => ({ file: "milan.yaml", line: 1, column: 1 }));
      return findings.map(({ rule, kind }) => `${rule} ${kind}`);
    };
    expect(found("[active-directory]")).toEqual([]);
    expect(found("[tcp/49152-65535]")).toEqual(["extra over-wide"]);
    expect(found("[active-directory, tcp/20000-21000]")).toEqual(["extra over-wide"]);
  });
});
