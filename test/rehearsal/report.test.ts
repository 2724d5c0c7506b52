import { describe, expect, test } from "@jest/globals";
import { markdown } from "../../rehearsal/markdown";
import { rehearsalReport } from "../../rehearsal/report";
import type { Rehearsed } from "../../rehearsal/report";
import type { StackOutcome, Step } from "../../rehearsal/step";

const REHEARSED: Rehearsed = { city: "sample", base: "main", saved: null, login: null, seatsPerPool: 2 };

function step(name: Step["step"], result: Step["result"] = "passed", stacks: readonly StackOutcome[] = []): Step {
  return { step: name, result, seconds: 75.4, stacks, notes: [] };
}

function failed(stack: string, ...errors: string[]): StackOutcome {
  return { stack, result: "failed", seconds: 3, errors, logFile: `logs/${stack}.log` };
}

const ALL = [step("base"), step("change"), step("second plan"), step("way back"), step("plan of the base")];

describe("the report of a rehearsal", () => {
  test("passes where every step passed, and answers all three questions", () => {
    const report = rehearsalReport(REHEARSED, ALL);
    expect(report).toMatchObject({ result: "passed", failures: [], steps: ALL });
    expect(report.answers).toEqual({ applies: true, settles: true, goesBack: true });
  });

  test("names the step, the stack and Terraform's error of all that failed", () => {
    const steps = [step("change", "failed", [failed("sample-network", "taken", "denied")]), step("destroy")];
    const report = rehearsalReport({ ...REHEARSED, base: null }, steps);
    expect(report.result).toBe("failed");
    expect(report.failures).toEqual([
      { step: "change", stack: "sample-network", error: "taken" },
      { step: "change", stack: "sample-network", error: "denied" },
    ]);
    expect(report.answers).toEqual({ applies: false, settles: null, goesBack: true });
  });

  test("names what failed beside the stacks", () => {
    const report = rehearsalReport(REHEARSED, [{ ...step("change", "failed"), error: "cdktf synth failed" }]);
    expect(report.failures).toEqual([{ step: "change", stack: null, error: "cdktf synth failed" }]);
  });

  test("does not answer what was not tried, and does not pass", () => {
    const steps = [step("base", "failed"), step("change", "skipped"), step("second plan", "skipped")];
    const report = rehearsalReport(REHEARSED, steps);
    expect(report.result).toBe("failed");
    expect(report.answers).toEqual({ applies: null, settles: null, goesBack: null });
  });

  test("does not say that the way back works where its plan was not tried", () => {
    const steps = [...ALL.slice(0, 4), step("plan of the base", "skipped")];
    expect(rehearsalReport(REHEARSED, steps).answers.goesBack).toBeNull();
  });
});

describe("a rehearsal as Markdown", () => {
  test("says the answers, and what each step and stack took", () => {
    const done: StackOutcome = {
      stack: "sample-network",
      result: "done",
      seconds: 4.25,
      summary: "5 added",
      errors: [],
    };
    const shown = markdown(rehearsalReport(REHEARSED, [step("change", "passed", [done])]), "Campione");
    expect(shown).toContain("## Campione: the rehearsal passed");
    expect(shown).toContain("| The change can be deployed | yes |\n| A second plan is empty | not tried |");
    expect(shown).toContain("**Deploy the change: passed in 1 min 15 s**");
    expect(shown).toContain("| `sample-network` | 5 added | 4.3 s |");
    expect(shown).toContain("at most 2 seats of each pool");
  });

  test("says first what failed, in a line each, with what is Markdown in it shown as it is", () => {
    const outcome = failed("sample-network", "the name 'a|b' `is` taken");
    const shown = markdown(rehearsalReport(REHEARSED, [step("change", "failed", [outcome])]), "Cam*pione");
    expect(shown).toContain(String.raw`## Cam\*pione: the rehearsal failed with 1 error`);
    expect(shown).toContain("| Deploy the change | `sample-network` | ``the name 'a\\|b' `is` taken`` |");
    expect(shown).toContain("The whole log of `sample-network`: `logs/sample-network.log`");
  });

  test("says what was not looked at", () => {
    expect(markdown(rehearsalReport(REHEARSED, []), "Milano")).toMatch(
      /^Not looked at: guests: no machine boots, .*\.$/m,
    );
  });

  test("says with what it was rehearsed", () => {
    const rehearsed = { ...REHEARSED, saved: "saved/milan", login: "MI\\svc-deploy", seatsPerPool: 0 };
    expect(markdown(rehearsalReport(rehearsed, []), "Milano")).toContain(
      "with all seats, in a simulated vCenter that held the saved inventory `saved/milan`, by the permissions that it gives `MI\\svc-deploy`.",
    );
  });

  test("says of a stack that no file declares any more that it stays", () => {
    const left: StackOutcome = { stack: "sample-old", result: "left", seconds: null, errors: [] };
    const shown = markdown(rehearsalReport(REHEARSED, [step("second plan", "passed", [left])]), "Campione");
    expect(shown).toContain("| `sample-old` | stays: no file declares it any more |  |");
  });
});
