import { describe, expect, test } from "@jest/globals";
import type { AccessRequest, Operation } from "../../../access/evaluation/decision";
import { PolicyEvaluator } from "../../../access/evaluation/evaluate";
import type { PolicyRule } from "../../../access/policy";

const ALL = ["create", "read", "update", "patch", "delete", "list", "scan"] as const;
const WITH_PARAMETERS: readonly Operation[] = ["create", "read", "update", "patch"];

/** An evaluator of a policy for each, with all capabilities for the path `a` unless it says otherwise. */
function evaluator(...rules: Partial<PolicyRule>[]): PolicyEvaluator {
  return new PolicyEvaluator(
    rules.map((rule, index) => ({
      name: `p${String(index)}`,
      rules: [{ path: "a", capabilities: ALL, why: "For the test.", ...rule }],
    })),
  );
}

function reason(of: PolicyEvaluator, request: Partial<AccessRequest>): string {
  return of.decide({ path: "a", operation: "update", ...request }).reason;
}

/** Why an update with these parameters is allowed or not. */
function sent(of: PolicyEvaluator, parameters: Record<string, unknown>): string {
  return reason(of, { parameters });
}

describe("a decision", () => {
  test.each(ALL)("allows %s with that capability alone, and names the policy that gives it", (operation) => {
    const others = ALL.filter((one) => one !== operation);
    const two = evaluator({ capabilities: others }, { capabilities: [operation] });
    expect(two.decide({ path: "a", operation })).toMatchObject({
      allowed: true,
      reason: "granted",
      rule: { policy: "p1" },
    });
    expect(evaluator({ capabilities: [...others, "sudo"] }).decide({ path: "a", operation })).toMatchObject({
      allowed: false,
      reason: "no-capability",
      rule: { policy: "p0" },
    });
  });

  test("names the policy that denies, whatever others grant", () => {
    const two = evaluator({}, { capabilities: ["read", "deny"] });
    expect(two.decide({ path: "a", operation: "read" })).toMatchObject({ reason: "denied", rule: { policy: "p1" } });
  });

  test("has no rule where none is for the path", () => {
    expect(evaluator({}).decide({ path: "b", operation: "read" })).toEqual({ allowed: false, reason: "no-rule" });
  });
});

describe("sudo", () => {
  const system = (path: string, ...more: "sudo"[]) => evaluator({ path, capabilities: ["read", "list", ...more] });

  test("is asked for besides at paths of the system", () => {
    expect(reason(system("sys/auth/*"), { path: "sys/auth/a", operation: "read" })).toBe("no-sudo");
    expect(reason(system("sys/auth/*", "sudo"), { path: "sys/auth/a", operation: "read" })).toBe("granted");
    expect(reason(system("sys/auth"), { path: "sys/auth", operation: "read" })).toBe("granted");
  });

  test("is asked for of a list where the path with a slash is protected", () => {
    const all = system("*");
    expect(reason(all, { path: "auth/token/accessors", operation: "list" })).toBe("no-sudo");
    expect(reason(all, { path: "sys/leases", operation: "read" })).toBe("no-sudo");
    expect(reason(all, { path: "sys/leases", operation: "list" })).toBe("granted");
  });

  test("is asked for where the request says that the mount protects the path", () => {
    expect(reason(evaluator({}), { sudo: true })).toBe("no-sudo");
    expect(reason(system("sys/audit"), { path: "sys/audit", operation: "read", sudo: false })).toBe("granted");
  });
});

describe("wrapping", () => {
  test("must be asked for where there is a bound, and lie within both", () => {
    const bounded = evaluator({ minWrappingSeconds: 5, maxWrappingSeconds: 10 });
    expect(reason(bounded, {})).toBe("wrapping");
    expect([0, 4, 11].map((wrapSeconds) => reason(bounded, { wrapSeconds }))).toEqual(Array(3).fill("wrapping"));
    expect([5, 7, 10].map((wrapSeconds) => reason(bounded, { wrapSeconds }))).toEqual(Array(3).fill("granted"));
  });

  test("of no length is enough where only the longest is bounded", () => {
    expect(reason(evaluator({ maxWrappingSeconds: 10 }), { wrapSeconds: 0 })).toBe("granted");
    expect(reason(evaluator({ minWrappingSeconds: 5 }), { wrapSeconds: 0 })).toBe("wrapping");
  });

  test.each(["delete", "list", "scan"] as const)("is bounded for %s too", (operation) => {
    expect(reason(evaluator({ minWrappingSeconds: 5 }), { operation })).toBe("wrapping");
  });

  test("is bounded by the smallest of all policies, of the shortest as of the longest", () => {
    const several = evaluator({}, { minWrappingSeconds: 5, maxWrappingSeconds: 20 }, { minWrappingSeconds: 2 });
    expect(reason(several, { wrapSeconds: 2 })).toBe("granted");
    expect(reason(several, { wrapSeconds: 1 })).toBe("wrapping");
    expect(evaluator({}, { maxWrappingSeconds: 9 }).decide({ path: "a", operation: "read" })).toMatchObject({
      reason: "wrapping",
      rule: { policy: "p1" },
    });
  });

  test("is never right where the smallest of both leave no time", () => {
    const never = evaluator({ minWrappingSeconds: 10 }, { maxWrappingSeconds: 5 });
    expect([0, 5, 7, 10].map((wrapSeconds) => reason(never, { wrapSeconds }))).toEqual(Array(4).fill("wrapping"));
  });
});

describe("required parameters", () => {
  const required = evaluator({ requiredParameters: ["X"] }, { requiredParameters: ["y"] });

  test("are those of all policies together, and are sent in lower case", () => {
    expect(sent(required, { x: 1, y: null })).toBe("granted");
    expect(sent(required, { x: 1 })).toBe("parameter-missing");
    expect(sent(required, { X: 1, y: 1 })).toBe("parameter-missing");
    expect(sent(required, { x: undefined, y: 1 })).toBe("parameter-missing");
    expect(reason(required, {})).toBe("parameter-missing");
  });
});

describe("denied parameters", () => {
  test("deny a name whatever its case, with any value where the rule has none", () => {
    const denied = evaluator({ deniedParameters: { X: [] } });
    expect(sent(denied, { x: 1 })).toBe("parameter-denied");
    expect(sent(denied, { y: 1 })).toBe("granted");
    expect(sent(denied, {})).toBe("granted");
  });

  test("deny their values alone, and those of all policies", () => {
    const denied = evaluator({ deniedParameters: { x: ["a"] } }, { deniedParameters: { x: ["b"] } });
    expect([{ x: "a" }, { x: "b" }, { x: "c" }].map((one) => sent(denied, one))).toEqual([
      "parameter-denied",
      "parameter-denied",
      "granted",
    ]);
    const any = evaluator({ deniedParameters: { x: ["a"] } }, { deniedParameters: { x: [] } });
    expect(sent(any, { x: "c" })).toBe("parameter-denied");
  });

  test("deny all with *, whatever values it has, but not a request without parameters", () => {
    const all = evaluator({ deniedParameters: { "*": ["a"] } });
    expect(sent(all, { x: "b" })).toBe("parameter-denied");
    expect(sent(all, {})).toBe("granted");
  });

  test("are stronger than allowed ones", () => {
    const both = evaluator({ allowedParameters: { x: [] } }, { deniedParameters: { x: ["a"] } });
    expect(sent(both, { x: "a" })).toBe("parameter-denied");
    expect(sent(both, { x: "b" })).toBe("granted");
  });
});

describe("allowed parameters", () => {
  test("leave no others, also for a policy that restricts nothing by itself", () => {
    const allowed = evaluator({ allowedParameters: { x: [] } }, {});
    expect(sent(allowed, { X: 1 })).toBe("granted");
    expect(sent(allowed, { x: 1, y: 1 })).toBe("parameter-not-allowed");
    expect(sent(allowed, {})).toBe("granted");
  });

  test("have the values of all policies, and any where one has none", () => {
    const values = evaluator({ allowedParameters: { x: ["a"] } }, { allowedParameters: { x: ["b"] } });
    expect([{ x: "a" }, { x: "b" }].map((one) => sent(values, one))).toEqual(["granted", "granted"]);
    expect(sent(values, { x: "c" })).toBe("parameter-not-allowed");
    const any = evaluator({ allowedParameters: { x: [] } }, { allowedParameters: { x: ["b"] } });
    expect(sent(any, { x: "c" })).toBe("granted");
  });

  test("are all with *, but those with values are held to them", () => {
    expect(sent(evaluator({ allowedParameters: { "*": ["a"] } }), { x: "b" })).toBe("granted");
    const all = evaluator({ allowedParameters: { "*": [], x: ["a"] } });
    expect(sent(all, { y: "b" })).toBe("granted");
    expect(sent(all, { x: "b" })).toBe("parameter-not-allowed");
  });

  test("restrict nothing where there are none", () => {
    expect(sent(evaluator({ allowedParameters: {} }), { x: 1 })).toBe("granted");
  });

  test.each(WITH_PARAMETERS)("are held against %s", (operation) => {
    const request = { operation, parameters: { y: "1" } };
    expect(reason(evaluator({ allowedParameters: { x: [] } }), request)).toBe("parameter-not-allowed");
  });

  test.each(["delete", "list", "scan"] as const)("are not held against %s, nor are others", (operation) => {
    const strict = evaluator({
      allowedParameters: { x: [] },
      deniedParameters: { "*": [] },
      requiredParameters: ["z"],
    });
    expect(reason(strict, { operation, parameters: { y: "1" } })).toBe("granted");
  });
});

describe("a value of a parameter", () => {
  const allows = (value: string | number | boolean, given: unknown) =>
    sent(evaluator({ allowedParameters: { x: [value] } }), { x: given }) === "granted";

  test.each([
    ["a*", "ab", true],
    ["a*", "ba", false],
    ["*a", "ba", true],
    ["*a", "ab", false],
    ["*a*", "bab", true],
    ["**", "anything", true],
    ["*", "anything", false],
    ["*", "*", true],
    ["a*b", "axb", false],
    ["", "", true],
    ["A", "a", false],
  ])("%j meets the text %j: %j", (value, given, met) => {
    expect(allows(value, given)).toBe(met);
  });

  test("of true or false meets itself, not its text", () => {
    expect(allows(true, true)).toBe(true);
    expect(allows(true, false)).toBe(false);
    expect(allows("true", true)).toBe(false);
  });

  test("of a number is never met, neither is its text by a number", () => {
    expect(allows(1, 1)).toBe(false);
    expect(allows("1", 1)).toBe(false);
    expect(allows(1, "1")).toBe(false);
  });

  test.each([[null], [["a"]], [{ a: "a" }]])("is never %j", (given) => {
    expect(allows("a", given)).toBe(false);
  });
});
