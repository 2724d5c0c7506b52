import { describe, expect, test } from "@jest/globals";
import { driftMarkdown, driftMarker } from "../../preview/drift-markdown";
import { driftReport } from "../../preview/drift-report";
import { MOST_CHARACTERS } from "../../preview/fitted";
import type { PlanResult } from "../../preview/stack-preview";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

const GONE: PlanResult = {
  stack: "sample-network",
  plan: planOf([], {}, [{ type: "vsphere_folder", key: "a|b<img>", actions: ["delete"] }]),
};
const SAME: PlanResult = { stack: "sample-secrets", plan: planOf([{ actions: ["create"] }]) };
const FAILED: PlanResult = { stack: "sample-foundation", failure: "terraform plan: no connection" };

function report(results: readonly PlanResult[]) {
  return driftReport(deployedSample(), results, new Date(0));
}

describe("a report on drift", () => {
  test("names what was changed outside Terraform, and no change of the file that was not deployed", () => {
    expect(report([GONE, SAME])).toMatchObject({
      result: "drifted",
      stacks: [{ stack: "sample-network", drift: [{ action: "destroy" }] }, { drift: [] }],
    });
    expect(report([SAME]).result).toBe("none");
  });

  test("is failed where one stack of many is, or there is none, never an empty green one", () => {
    expect(report([FAILED, GONE])).toMatchObject({
      result: "failed",
      stacks: [{ failure: "terraform plan: no connection" }, {}],
    });
    expect(report([]).result).toBe("failed");
  });

  test("as Markdown begins with its marker, says how much, and shows names as they are", () => {
    const shown = driftMarkdown(report([FAILED, GONE]), "*Campione*");
    expect(shown.split("\n")[0]).toBe(driftMarker("sample"));
    expect(shown).toContain("## \\*Campione\\*: 1 resource changed outside Terraform; 1 stack could not be planned");
    expect(shown).toContain('`vsphere_folder.r0["a\\|b<img>"]` | gone |');
    expect(driftMarkdown(report([SAME]), "C")).toContain("## C: nothing was changed outside Terraform");
  });

  test("as Markdown fits into a comment, whatever drifted", () => {
    const drift = Array.from({ length: 5000 }, (_, seat) => ({ key: `seat-${String(seat)}`, actions: ["delete"] }));
    const shown = driftMarkdown(report([{ stack: "sample-network", plan: planOf([], {}, drift) }]), "C");
    expect(shown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(shown).toContain("4,800 more lines; the JSON has all.");
  });
});
