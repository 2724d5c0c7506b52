import { describe, expect, test } from "@jest/globals";
import type { Gate } from "../../environments/model/gates";
import { codeQuality, sarif } from "../../preview/annotations";
import type { Annotated } from "../../preview/annotations";
import type { PlacedGates } from "../../preview/report";

const PLACE = { file: "environments/città nuova.yaml", line: 153, column: 5 };
const WAIVER = { reason: "A new office", owner: "M. Rossi", until: "2026-12-31" };

function finding(gate: Gate, scope: string) {
  return { gate, scope, text: "12 seats restarted", ...PLACE };
}

const GATES: PlacedGates = {
  closed: [finding("restarted", "anagrafe"), finding("restarted", "tecnica")],
  waived: [{ ...finding("destroyed", "milan-network"), waiver: WAIVER }],
  lapsed: [],
  unchecked: [],
};

const REPORT: Annotated = { city: "milan", gates: GATES };

describe("what gates say, as SARIF", () => {
  test("is an error on the line of the file for what stops the change", () => {
    const { version, runs } = sarif(REPORT);
    expect(version).toBe("2.1.0");
    expect(runs[0]?.results?.[0]).toMatchObject({
      ...{ ruleId: "restarted", level: "error", message: { text: "anagrafe: 12 seats restarted" } },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "environments/citt%C3%A0%20nuova.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 153, startColumn: 5 },
          },
        },
      ],
    });
  });

  test("is a suppressed note for what a waiver lets pass, with who answers for it", () => {
    expect(sarif(REPORT).runs[0]?.results?.[2]).toMatchObject({
      ...{ ruleId: "destroyed", level: "note" },
      suppressions: [{ justification: expect.stringContaining("waived by M. Rossi until 2026-12-31: A new office") }],
    });
  });

  test("names each gate once as a rule, and is whole without any finding", () => {
    expect(sarif(REPORT).runs[0]?.tool.driver.rules).toEqual([{ id: "destroyed" }, { id: "restarted" }]);
    expect(sarif({ city: "milan", gates: { closed: [], waived: [], lapsed: [], unchecked: [] } }).runs).toMatchObject([
      { results: [] },
    ]);
  });

  test("knows a finding again on another line, and not for another scope", () => {
    const prints = (gates: PlacedGates) =>
      sarif({ city: "milan", gates }).runs[0]?.results?.map(({ partialFingerprints: all }) => all);
    const moved = { ...GATES, closed: GATES.closed.map((one) => ({ ...one, line: 1, text: "13 seats restarted" })) };
    expect(prints(moved)).toEqual(prints(GATES));
    expect(new Set(prints(GATES)?.map((one) => JSON.stringify(one))).size).toBe(3);
  });
});

test("no two findings have the same fingerprint, neither of two cities nor of the same scope", () => {
  const closed = [finding("privilege", "team:auditors"), { ...finding("privilege", "team:auditors"), text: "others" }];
  const gates = { ...GATES, closed };
  const prints = ["milan", "catania"].flatMap((city) => codeQuality({ city, gates }).map((one) => one.fingerprint));
  expect(new Set(prints).size).toBe(6);
});

test("what gates say, for GitLab, has the same lines and fingerprints", () => {
  const [stopped, , waived] = codeQuality(REPORT);
  expect(stopped).toMatchObject({
    ...{ description: "anagrafe: 12 seats restarted", check_name: "restarted", severity: "blocker" },
    location: { path: "environments/città nuova.yaml", lines: { begin: 153 } },
  });
  expect(waived).toMatchObject({ severity: "info", check_name: "destroyed" });
  const fingerprints = sarif(REPORT).runs[0]?.results?.map((one) => Object.values(one.partialFingerprints ?? {})[0]);
  expect(codeQuality(REPORT).map(({ fingerprint }) => fingerprint)).toEqual(fingerprints);
});
