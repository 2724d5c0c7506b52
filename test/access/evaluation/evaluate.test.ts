import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { PolicyEvaluator } from "../../../access/evaluation/evaluate";
import type { Capability, Policy } from "../../../access/policy";
import { RuleScan } from "../../../bench/rule-scan";
import { pathCases } from "../../fixtures/policies";

/** A policy with a rule for each path. */
function policy(name: string, rules: Readonly<Record<string, readonly Capability[]>>): Policy {
  const entries = Object.entries(rules);
  return { name, rules: entries.map(([path, capabilities]) => ({ path, capabilities, why: "For the test." })) };
}

function evaluator(...rules: Readonly<Record<string, readonly Capability[]>>[]): PolicyEvaluator {
  return new PolicyEvaluator(rules.map((one, index) => policy(`p${String(index)}`, one)));
}

describe("capabilities", () => {
  test("are those of every rule held against every path, whatever the policies", () => {
    fc.assert(
      fc.property(pathCases, ({ policies, asked }) => {
        const [evaluator, scan] = [new PolicyEvaluator(policies), new RuleScan(policies)];
        const answers = (of: { capabilities(path: string): readonly Capability[] }) =>
          asked.map((path) => [path, of.capabilities(path)]);
        expect(answers(evaluator)).toEqual(answers(scan));
      }),
      { numRuns: 500 },
    );
  });

  test("are deny alone where no rule is for the path", () => {
    expect(evaluator({ "a/b": ["read"] }).capabilities("a/c")).toEqual(["deny"]);
    expect(evaluator().capabilities("a")).toEqual(["deny"]);
    expect(evaluator({ a: [] }).capabilities("a")).toEqual(["deny"]);
  });

  test("are sorted and unite over rules and policies of one path, though it is written with a slash before", () => {
    const united = evaluator({ "a/b": ["update", "read"] }, { "/a/b": ["list", "read"] });
    expect(united.capabilities("a/b")).toEqual(["list", "read", "update"]);
    expect(united.capabilities("//a/b")).toEqual(["list", "read", "update"]);
  });

  test("are nothing where one rule of the path denies, in whatever order", () => {
    expect(evaluator({ "a/*": ["read"] }, { "a/*": ["deny"] }).capabilities("a/b")).toEqual(["deny"]);
    expect(evaluator({ "a/*": ["deny", "read"] }, { "a/*": ["read"] }).capabilities("a/b")).toEqual(["deny"]);
  });

  test("are not denied by a rule of another path that loses", () => {
    expect(evaluator({ "a/*": ["deny"] }, { "a/b": ["read"] }).capabilities("a/b")).toEqual(["read"]);
  });

  test("do not depend on the order of policies", () => {
    fc.assert(
      fc.property(pathCases, ({ policies, asked }) => {
        const [one, other] = [new PolicyEvaluator(policies), new PolicyEvaluator(policies.toReversed())];
        for (const path of asked) expect(one.capabilities(path)).toEqual(other.capabilities(path));
      }),
    );
  });
});

describe("of the patterns that match a path, the one that decides", () => {
  /** Which of two patterns decides about a path: the first is read, the second list. */
  const decides = (read: string, list: string, path: string) =>
    evaluator({ [read]: ["read"], [list]: ["list"] }).capabilities(path);

  test.each([
    ["is the exact one before any other", "a/b", "a/b*", "a/b"],
    ["is the exact one before segments", "a/b", "a/+", "a/b"],
    ["is the longer of two beginnings", "a/b*", "a/*", "a/bc"],
    ["has its first wildcard later", "a/b/+", "a/+/c", "a/b/c"],
    ["has its first wildcard later, though it is open", "a/b*", "a/+", "a/bc"],
    ["is closed where both begin their wildcard at one place", "a/+/c", "a/+/c*", "a/b/c"],
    ["is closed before a beginning that ends at its wildcard", "a/+", "a/*", "a/b"],
    ["has fewer + of two that are closed", "a/+/c", "a/+/+", "a/b/c"],
    ["has fewer + of two that are open", "a/+/c/*", "a/+/+/d*", "a/b/c/d"],
    ["is longer where that is all that tells them apart", "a/+/cd*", "a/+/c*", "a/b/cde"],
    ["sorts later where nothing else tells them apart", "+/b/+/d", "+/+/c/d", "a/b/c/d"],
    ["counts a + inside a segment as its first wildcard", "a/bcd/+", "a/b+d/+", "a/bcd/e"],
  ])("%s", (_, winner, loser, path) => {
    expect(decides(winner, loser, path)).toEqual(["read"]);
  });

  test("takes + for a whole segment, empty or not, and for no more", () => {
    const segments = evaluator({ "a/+/c": ["read"] });
    for (const path of ["a/b/c", "a//c", "a/+/c"]) expect(segments.capabilities(path)).toEqual(["read"]);
    for (const path of ["a/c", "a/b/b/c", "a/b/c/d", "a/b/cc"]) expect(segments.capabilities(path)).toEqual(["deny"]);
  });

  test("takes a wildcard at any other place for an ordinary character", () => {
    const ordinary = evaluator({ "a*b": ["read"], "a/*/b": ["read"], "a+": ["read"], "a/+b": ["read"] });
    for (const path of ["a*b", "a/*/b", "a+", "a/+b"]) expect(ordinary.capabilities(path)).toEqual(["read"]);
    for (const path of ["axb", "a/x/b", "ax", "a/xb"]) expect(ordinary.capabilities(path)).toEqual(["deny"]);
  });

  test("begins the path, also in the middle of a segment, or all of them", () => {
    expect(evaluator({ "a/b*": ["read"] }).capabilities("a/bc/d")).toEqual(["read"]);
    expect(evaluator({ "+/b*": ["read"] }).capabilities("a/bc/d")).toEqual(["read"]);
    expect(evaluator({ "*": ["read"] }).capabilities("a")).toEqual(["read"]);
    expect(evaluator({ "a/*": ["read"] }).capabilities("a")).toEqual(["deny"]);
  });

  test("is measured in bytes, of which a letter may have two", () => {
    expect(decides("+/éé/+/d", "+/+/ccc/d", "a/éé/ccc/d")).toEqual(["read"]);
    expect(decides("+/+/ccc/d", "+/é/+/d", "a/é/ccc/d")).toEqual(["read"]);
  });
});

describe("a trailing slash", () => {
  const slashes = evaluator({ "a/b": ["read", "list"], "c/": ["read", "list"], "d*": ["list"], "d/+": ["scan"] });

  test("does not keep capabilities of the path without it from being shown", () => {
    expect(slashes.capabilities("a/b/")).toEqual(["list", "read"]);
    expect(slashes.capabilities("a/b//")).toEqual(["deny"]);
    expect(slashes.capabilities("c")).toEqual(["deny"]);
  });

  test("is added to what is listed, and dropped where no rule is for the path with it", () => {
    for (const path of ["a/b", "a/b/", "c", "c/"]) {
      expect(slashes.decide({ path, operation: "list" })).toMatchObject({ allowed: true });
    }
    expect(slashes.decide({ path: "d", operation: "list" })).toMatchObject({
      allowed: false,
      rule: { rule: { path: "d/+" } },
    });
    expect(slashes.decide({ path: "d", operation: "scan" })).toMatchObject({ allowed: true });
  });

  test("counts for every other operation", () => {
    expect(slashes.decide({ path: "a/b/", operation: "read" })).toEqual({ allowed: false, reason: "no-rule" });
    expect(slashes.decide({ path: "c", operation: "read" })).toMatchObject({ allowed: false });
    expect(slashes.decide({ path: "c/", operation: "read" })).toMatchObject({ allowed: true });
  });

  test("loses to a rule without it that is exact", () => {
    const both = evaluator({ "a/b": ["list"], "a/b/*": ["deny"] });
    expect(both.decide({ path: "a/b/", operation: "list" })).toMatchObject({ allowed: true });
  });
});
