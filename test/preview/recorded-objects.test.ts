import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { approvalOf, readApproval } from "../../preview/approval";
import { headline } from "../../preview/headline";
import { markdown } from "../../preview/markdown";
import { page } from "../../preview/page/page";
import { previewReport } from "../../preview/report";
import type { PreviewReport } from "../../preview/report";
import { readPlan } from "../../preview/terraform-plan";
import { unapproved } from "../../preview/unapproved";
import { deployedSample } from "../fixtures/deployed";

const STACK = "sample-network";

/** A plan that test/recorded/record-objects.ts recorded of Terraform. */
function recorded(name: string): string {
  return gunzipSync(readFileSync(join(__dirname, "../recorded/terraform", `${name}.json.gz`))).toString("utf8");
}

function previewOf(name: string): PreviewReport {
  const wanted = { ...deployedSample(), review: { gates: { destroyed: true as const }, waivers: [] } };
  const placeOf = () => ({ file: "sample.yaml", line: 1, column: 1 });
  return previewReport({ wanted, base: undefined, placeOf }, [{ stack: STACK, plan: readPlan(recorded(name)) }]);
}

describe("of what is no plain resource, a plan of Terraform's", () => {
  test("tells what an interrupted replacement left over from the resource itself, and what is given up", () => {
    expect(previewOf("objects").stacks[0]?.changes).toMatchObject([
      { address: "terraform_data.given_up", action: "forget" },
      { address: "terraform_data.tainted", action: "replace", reason: "replace_because_tainted", attributes: [] },
      { address: "terraform_data.updated", deposed: undefined, action: "update", attributes: ["input", "output"] },
      { address: "terraform_data.updated", deposed: "5f0e9a1c", action: "destroy" },
    ]);
  });

  test("is shown with why, in Markdown and on the page", () => {
    const report = previewOf("objects");
    const text = markdown(report, "Campione");
    expect(text).toContain(
      "| `terraform_data.tainted` | replace | tainted: making it broke off, or somebody marked it |",
    );
    expect(text).toContain(
      "| `terraform_data.updated` | destroy | left over by an interrupted replacement, 5f0e9a1c |",
    );
    const shown = page(report, { cityName: "Campione", diagram: null });
    expect(shown).toContain("tainted: making it broke off");
    expect(shown).toContain("left over by an interrupted replacement");
  });

  test("closes the gate of what is destroyed, also by what is left behind", () => {
    expect(previewOf("objects").gates.closed).toMatchObject([
      {
        ...{ gate: "destroyed", scope: STACK },
        text: "2 resources destroyed, or made anew in the place of another; 1 resource left behind: still there, and managed by nobody",
      },
    ]);
  });

  test("is let through by its own approval, whole, and the one object by none of the other's", () => {
    const plan = readPlan(recorded("objects"));
    const stacks = [{ stack: STACK, dependencies: [], configuration: "{}", lock: "", plan }];
    const approved = readApproval(JSON.stringify(approvalOf("sample", stacks))).stacks[STACK];
    if (approved === undefined) throw new Error("the approval lost its stack");
    expect(unapproved(approved, plan)).toEqual([]);
    const itself = approved.changes.filter(({ deposed }) => deposed === undefined);
    expect(unapproved({ ...approved, changes: itself }, plan)).toEqual([
      { address: "terraform_data.updated", deposed: "5f0e9a1c", action: "destroy", attributes: [] },
    ]);
    const leftOver = approved.changes.filter(({ deposed }) => deposed !== undefined);
    expect(unapproved({ ...approved, changes: leftOver }, plan)).toHaveLength(3);
  });

  test("of outputs alone names them, in the headline, in Markdown and on the page", () => {
    const report = previewOf("outputs");
    expect(report).toMatchObject({ result: "changes", stacks: [{ changes: [], outputs: ["told"] }] });
    expect(headline(report)).toBe("1 output changed");
    expect(markdown(report, "Campione")).toContain("| `told` | output | told to other stacks |");
    const shown = page(report, { cityName: "Campione", diagram: null });
    expect(shown).toMatch(/1 output, one by one/);
    expect(shown).toContain("<code>told</code>");
  });
});

describe("a plan of Terraform's that may not be all is refused", () => {
  test.each([
    ["targeted", "the plan may not be all that would be done: it is a part of what would be done (complete: false)"],
    ["check", "the plan may not be all that would be done: checks that fail: check.sound"],
  ])("as %s", (name, why) => {
    expect(() => readPlan(recorded(name))).toThrow(why);
  });
});
