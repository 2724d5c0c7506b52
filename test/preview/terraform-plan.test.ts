import { describe, expect, test } from "@jest/globals";
import { PlanError, readPlan } from "../../preview/terraform-plan";
import { planOf } from "../fixtures/terraform-plan";

const VERSION = { format_version: "1.2" };
const WHOLE = JSON.stringify({
  ...VERSION,
  ...planOf([{ actions: ["create"], key: "mi-ana-0001", after: { password: "hunter2-hunter2" } }]),
});

function wrong(text: string): string {
  try {
    readPlan(text);
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
  throw new Error("it was read");
}

describe("a plan", () => {
  test("is read whole", () => {
    expect(readPlan(WHOLE).resource_changes).toMatchObject([{ index: "mi-ana-0001" }]);
  });

  test("without changes may leave out the list of them", () => {
    expect(readPlan('{"format_version":"1.2","terraform_version":"1.14.1","planned_values":{}}')).toMatchObject({
      resource_changes: [],
      planned_values: { outputs: {} },
    });
  });
});

describe("what is no plan", () => {
  test.each([
    ["nothing", " \n", "the plan is empty"],
    ["the beginning of one", WHOLE.slice(0, -20), "the plan is not JSON, or only the beginning of it"],
    ["a number", "7", "it is JSON, but no plan of Terraform's: it has no format_version"],
    ["a state", '{"version":4,"serial":1}', "it is JSON, but no plan of Terraform's: it has no format_version"],
    [
      "another version's",
      WHOLE.replace('"1.2"', '"2.0"'),
      "the plan has format version 2.0; allowed: 1.x, of Terraform 1",
    ],
    ["an unfinished one", WHOLE.replace("{", '{"errored":true,'), "Terraform could not finish the plan"],
    [
      "a list of something else",
      WHOLE.replace(/"actions":\[[^\]]*\]/, '"actions":"create"'),
      "it is no plan of Terraform's: resource_changes.0.change.actions (invalid_type)",
    ],
  ])("is refused: %s", (_, text, message) => {
    expect(wrong(text)).toBe(message);
  });

  test("is not shown by what is said of it", () => {
    const many = JSON.stringify({
      ...VERSION,
      ...planOf([]),
      resource_changes: Array.from({ length: 9 }, () => "hunter2-hunter2"),
    });
    expect(wrong(many)).toMatch(/^it is no plan of Terraform's: (?:resource_changes\.\d \(\w+\), ){3}6 more$/);
  });
});
