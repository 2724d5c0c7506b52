import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { portablePattern } from "../../cli/portable-pattern";

const SCHEMA = readFileSync(join(__dirname, "../../environments/city.schema.json"), "utf8");

describe("a pattern for editors", () => {
  test.each(["^\\P{Cc}+$", "^[^/\\p{Cc}]+$", "^[\\P{Cc}]+$", "^(?!\\p{Cc}).+$", "^[\\p{L}\\p{Nd} -]+$"])(
    "means the same with the flag u and without: %s",
    (pattern) => {
      const portable = portablePattern(pattern);
      const texts = ["Milano", "Città", "a/b", "tab\t", "\u0085", "p", "{Cc}", "7"];
      const accepted = (expression: RegExp): string[] => texts.filter((text) => expression.test(text));
      expect(accepted(new RegExp(portable))).toEqual(accepted(new RegExp(pattern, "u")));
      expect(accepted(new RegExp(portable, "u"))).toEqual(accepted(new RegExp(pattern, "u")));
    },
  );

  test("is in the schema of a city's file, which every editor reads alike", () => {
    expect(SCHEMA).not.toMatch(/\\[pP]\{/);
    expect(SCHEMA).toContain("\\\\u007f-\\\\u009f");
  });
});
