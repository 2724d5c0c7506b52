import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { driftMarkdown } from "../../preview/drift-markdown";
import { fitted, MOST_CHARACTERS } from "../../preview/fitted";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import type { PlacedFinding, PreviewReport } from "../../preview/report";
import type { ResourceChange } from "../../preview/resource-change";
import type { StackPreview } from "../../preview/stack-preview";
import { deployedSample } from "../fixtures/deployed";
import { runs } from "../fixtures/soak";

/** What each way to write a text makes longer: Markdown's own marks, bars, code's fences, what is not shown. */
const MARKS = fc.constantFrom("a", "\\", "|", "`", "<", "*", "\u0000", "\u2028", "\u{e000}", "à", "😀", "$", " ");
const TEXT = fc
  .tuple(fc.string({ unit: MARKS, minLength: 1, maxLength: 12 }), fc.constantFrom(1, 10, 40, 500))
  .map(([unit, times]) => unit.repeat(times));

/** Lists that are empty, or longer than what a preview shows of something. @param most how many times as long as a short one */
function many<T>(one: fc.Arbitrary<T>, most = 60): fc.Arbitrary<T[]> {
  return fc
    .tuple(fc.array(one, { maxLength: 3 }), fc.constantFrom(0, 1, most))
    .map(([some, times]) => Array.from({ length: times }, () => some).flat());
}

const FINDING: fc.Arbitrary<PlacedFinding> = fc.record({
  gate: fc.constantFrom("restarted", "dataZone", "privilege"),
  ...{ scope: TEXT, text: TEXT, file: TEXT },
  ...{ line: fc.nat(), column: fc.nat() },
});
const TERMS = { reason: TEXT, owner: TEXT, until: fc.constant("2026-12-31") };
const CHANGE: fc.Arbitrary<ResourceChange> = fc.record({
  ...{ address: TEXT, type: TEXT, reason: TEXT },
  action: fc.constantFrom("update", "destroy", "forget"),
  ...{ attributes: fc.array(TEXT, { maxLength: 3 }), replacedFor: fc.constant([]) },
});
const STACK: fc.Arbitrary<StackPreview> = fc.record({
  ...{ stack: TEXT, failure: fc.option(TEXT) },
  result: fc.constantFrom("changes", "failed"),
  ...{ changes: many(CHANGE, 10), outputs: many(TEXT, 10), drift: many(CHANGE, 10) },
});
const REPORT: fc.Arbitrary<PreviewReport> = fc.record({
  ...{
    city: fc.constant("sample"),
    asOf: fc.constant("2026-11-24"),
    file: fc.constant(null),
    pools: fc.constant([]),
    disturbed: fc.constant([]),
    withheld: fc.constant([]),
  },
  result: fc.constantFrom("changes", "stopped", "failed"),
  gates: fc.record({
    closed: many(FINDING),
    waived: many(fc.tuple(FINDING, fc.record(TERMS)).map(([finding, waiver]) => ({ ...finding, waiver }))),
    lapsed: many(fc.record({ gate: fc.constant("drift" as const), scope: TEXT, ...TERMS })),
    unchecked: fc.constant([]),
  }),
  stacks: many(STACK, 15),
  unplanned: many(fc.record({ stack: TEXT, withoutDriftAt: fc.option(TEXT) })),
});

describe("a comment", () => {
  test("is never longer than a platform takes, and keeps its head, whatever is to be told", () => {
    fc.assert(
      fc.property(REPORT, fc.string({ unit: MARKS, maxLength: 200 }), (report, name) => {
        const [preview, drift] = [markdown(report, name), driftMarkdown(report, name)];
        for (const text of [preview, drift]) expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
        expect(preview).toMatch(/^<!-- postazioni preview of sample -->\n\n## /);
        const short = report.gates.closed.some(({ scope, text }) => scope.length + text.length < 100);
        expect(!short || preview.includes("**Stopped.**")).toBe(true);
      }),
      { numRuns: runs(40) },
    );
  });

  test("of fifty gates closed, waived and lapsed and fifty stacks that failed, each at full length, tells the most of each", () => {
    const long = "restarted|".repeat(30);
    const finding = { gate: "restarted", scope: long, text: long, file: "sample.yaml", line: 7, column: 1 } as const;
    const waiver = { reason: long, owner: long, until: "2026-12-31" };
    const fifty = <T>(one: T): T[] => Array.from({ length: 50 }, () => one);
    const failed = fifty({ stack: "sample-network", failure: long });
    const report = previewReport({ wanted: deployedSample(), base: undefined, placeOf: () => finding }, failed);
    const gates = {
      ...{ closed: fifty(finding), waived: fifty({ ...finding, waiver }), unchecked: [] },
      lapsed: fifty({ gate: "drift" as const, scope: long, ...waiver }),
    };
    const text = markdown({ ...report, gates }, "Campione");
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.match(/^\| `restarted` \|/gm)?.length).toBeGreaterThan(20);
    expect(text.match(/^\| `sample-network` \|/gm)?.length).toBeGreaterThan(20);
    expect(text).toMatch(/\n[\d,]+ more lines would not fit here; the JSON has all\.\n$/);
  });

  test("leaves out a line that nobody would read, and not those after it", () => {
    const text = fitted(["head", ["| a |", `| ${"x".repeat(5000)} |`, "| b |"].join("\n")], ["last"]);
    expect(text).toBe("head\n\n| a |\n| b |\n\nlast\n\n1 more line would not fit here; the JSON has all.\n");
  });
});
