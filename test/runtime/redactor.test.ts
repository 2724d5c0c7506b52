import { describe, expect, test } from "@jest/globals";
import { Redactor } from "../../runtime/redactor";

describe("the redactor", () => {
  test("replaces every secret that it knows, also those it is told of later", () => {
    const redactor = new Redactor(["first-secret"]);
    redactor.add("second-secret");
    expect(redactor.apply("a first-secret b second-secret first-secret")).toBe("a [redacted] b [redacted] [redacted]");
  });

  test("leaves no rest of a secret that contains another one", () => {
    expect(new Redactor(["password", "password-and-more"]).apply("password-and-more")).toBe("[redacted]");
  });

  test("knows a secret as JSON has it, JavaScript's and Go's", () => {
    const secret = 'a"b\\c<d>&e';
    const redactor = new Redactor([secret]);
    const inGo = '{"password":"a\\"b\\\\c\\u003cd\\u003e\\u0026e"}';
    expect(JSON.parse(inGo)).toEqual({ password: secret });
    for (const json of [JSON.stringify({ password: secret }), inGo])
      expect(redactor.apply(json)).toBe('{"password":"[redacted]"}');
  });

  test.each(["\n", "\r\n", "\r"])("knows each line of a secret of several, ended by %j", (end) => {
    const [begin, ...key] = ["-----BEGIN PRIVATE KEY-----", "MIGHAgEAMBMGByqGSM49", "  c2VjcmV0IGtleQ==", "short"];
    const redactor = new Redactor([[begin, ...key, ""].join(end)]);
    for (const line of key.slice(0, 2)) expect(redactor.apply(`key: ${line}`)).not.toContain(line.trim());
    expect(redactor.apply("short")).toBe("short");
    expect(redactor.apply(JSON.stringify([begin, ...key, ""].join(end)))).toBe('"[redacted]"');
  });

  test("refuses a value so short that it would garble ordinary text", () => {
    expect(() => new Redactor(["admin"])).toThrow("at least 8 characters");
  });
});
