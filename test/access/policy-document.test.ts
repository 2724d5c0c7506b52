import { describe, expect, test } from "@jest/globals";
import { policyDocument } from "../../access/policy-document";

describe("policyDocument", () => {
  test("writes each path with its capabilities and the reason", () => {
    expect(policyDocument([{ path: "milan/kv/data/*", capabilities: ["read", "list"], why: "Reads." }])).toBe(
      '# Reads.\npath "milan/kv/data/*" {\n  capabilities = ["read", "list"]\n}\n',
    );
  });

  test("does not depend on the order of rules", () => {
    const a = { path: "a", capabilities: ["read" as const], why: "A." };
    const b = { path: "b", capabilities: ["list" as const], why: "B." };
    expect(policyDocument([b, a])).toBe(policyDocument([a, b]));
  });
});
