import { describe, expect, test } from "@jest/globals";
import { PolicyEvaluator } from "../../../access/evaluation/evaluate";
import type { PolicyRule } from "../../../access/policy";
import { PolicyError } from "../../../access/evaluation/policy-error";

function evaluating(...rules: Partial<PolicyRule>[]): () => PolicyEvaluator {
  const filled = rules.map((rule) => ({ path: "a", capabilities: ["read"] as const, why: "For the test.", ...rule }));
  return () => new PolicyEvaluator([{ name: "pools", rules: filled }]);
}

describe("an evaluator", () => {
  test.each([["a/{{identity.entity.id}}/*"], ["a/{{b"], ["a}}"]])("refuses the templated path %s", (path) => {
    expect(evaluating({ path })).toThrow(`policy pools, path ${path}: a templated path depends on who asks`);
  });

  test.each([["a/+*"], ["+*/b"]])("refuses %s, as the server does", (path) => {
    expect(evaluating({ path })).toThrow(`policy pools, path ${path}: +* is refused by OpenBao`);
  });

  test("refuses bounds of wrapping that leave no time, but not beside a deny, which the server does not look at", () => {
    const bounds = { minWrappingSeconds: 10, maxWrappingSeconds: 5 };
    expect(evaluating(bounds)).toThrow("maxWrappingSeconds 5 is less than minWrappingSeconds 10");
    expect(evaluating({ ...bounds, capabilities: ["deny"] })).not.toThrow();
    expect(evaluating({ minWrappingSeconds: 10, maxWrappingSeconds: 0 })).not.toThrow();
  });

  test.each([-1, NaN, Infinity])("refuses to wrap for %d seconds", (minWrappingSeconds) => {
    expect(evaluating({ minWrappingSeconds })).toThrow(`${String(minWrappingSeconds)} is no time to wrap for`);
  });

  test("refuses names that differ in case only", () => {
    expect(evaluating({ allowedParameters: { ttl: [], TTL: ["1h"] } })).toThrow("parameter TTL stands there twice");
    expect(evaluating({ allowedParameters: { ttl: [] }, deniedParameters: { TTL: [] } })).not.toThrow();
  });

  test("refuses root, which has no rules", () => {
    expect(() => new PolicyEvaluator([{ name: "Root", rules: [] }])).toThrow("policy Root: has no rules in Vault");
  });

  test("tells all that is wrong at once", () => {
    const wrong = evaluating({ path: "a/+*" }, { path: "{{b}}" });
    expect(wrong).toThrow(PolicyError);
    expect(wrong).toThrow(/\+\* is refused[^]*a templated path/);
  });
});
