import { describe, expect, test } from "@jest/globals";
import { policyDocument } from "../../access/policy-document";

describe("policyDocument", () => {
  test("writes each path with its capabilities and the reason", () => {
    expect(policyDocument([{ path: "milan/kv/data/*", capabilities: ["read", "list"], why: "Reads." }])).toBe(
      '# Reads.\npath "milan/kv/data/*" {\n  capabilities = ["read", "list"]\n}\n',
    );
  });

  test("writes parameters and bounds of wrapping, sorted by name", () => {
    const rule = {
      path: "a",
      capabilities: ["update" as const],
      why: "Writes.",
      allowedParameters: { ttl: ["1h", 5, true], "*": [] },
      deniedParameters: { "a.b": ["*x"] },
      requiredParameters: ["ttl", "name"],
      minWrappingSeconds: 60,
      maxWrappingSeconds: 1.5,
    };
    expect(policyDocument([rule])).toBe(
      [
        "# Writes.",
        'path "a" {',
        '  capabilities = ["update"]',
        "  allowed_parameters = {",
        '    "*" = []',
        '    "ttl" = ["1h", 5, true]',
        "  }",
        "  denied_parameters = {",
        '    "a.b" = ["*x"]',
        "  }",
        '  required_parameters = ["name", "ttl"]',
        '  min_wrapping_ttl = "60s"',
        '  max_wrapping_ttl = "1.5s"',
        "}",
        "",
      ].join("\n"),
    );
  });

  test("keeps HCL from taking text for an expression", () => {
    expect(policyDocument([{ path: "a/${b", capabilities: ["read"], why: "Reads." }])).toContain(
      'path "a/\\u0024{b" {',
    );
  });

  test("does not depend on the order of rules, though they have one path", () => {
    const a = { path: "a", capabilities: ["read" as const], why: "A." };
    const b = { path: "b", capabilities: ["list" as const], why: "B." };
    const again = { path: "a", capabilities: ["list" as const], why: "A again." };
    expect(policyDocument([b, again, a])).toBe(policyDocument([a, b, again]));
  });
});
