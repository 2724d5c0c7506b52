import { describe, expect, test } from "@jest/globals";
import { Redactor } from "../../lab/redactor";

describe("the redactor", () => {
  test("replaces every secret that it knows, also those it is told of later", () => {
    const redactor = new Redactor(["first-secret"]);
    redactor.add("second-secret");
    expect(redactor.apply("a first-secret b second-secret first-secret")).toBe("a [redacted] b [redacted] [redacted]");
  });

  test("leaves no rest of a secret that contains another one", () => {
    expect(new Redactor(["password", "password-and-more"]).apply("password-and-more")).toBe("[redacted]");
  });

  test("refuses a value so short that it would garble ordinary text", () => {
    expect(() => new Redactor(["admin"])).toThrow("at least 8 characters");
  });
});
