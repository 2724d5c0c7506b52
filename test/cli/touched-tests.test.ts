import { dirname } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { changedFiles, touchedTests } from "../../cli/touched-tests";
import { InputError } from "../../runtime/errors";

describe("the tests that a change touches", () => {
  test("are those of the changed file's room, or of the next folder above that has tests", () => {
    const rule = touchedTests(["environments/rules/flows/domain-reached.ts"]);
    expect(rule).toContain("test/environments/rules/domain-reached.test.ts");
    expect(rule.map((path) => dirname(path))).not.toContain("test/segmentation");
  });

  test("are those that import it themselves, whichever room they are in", () => {
    expect(touchedTests(["segmentation/address.ts"])).toEqual(
      expect.arrayContaining(["test/segmentation/address.test.ts", "test/environments/machine-ranges.test.ts"]),
    );
    expect(touchedTests(["test/fixtures/city-edits.ts"])).toContain("test/fixtures/city-edits.test.ts");
  });

  test("are changed tests, and none for a page of the docs", () => {
    expect(touchedTests(["test/cli/touched-tests.test.ts"])).toEqual(["test/cli/touched-tests.test.ts"]);
    expect(touchedTests(["docs/benchmarks.md"])).not.toContain("test/environments/addresses.test.ts");
  });
});

test("a commit that is not there is named", () => {
  expect(() => changedFiles("no-such-commit")).toThrow(
    new InputError("--since no-such-commit: git knows no such commit here"),
  );
});
