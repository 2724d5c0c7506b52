import { describe, expect, test } from "@jest/globals";
import { Token } from "cdktf";
import type { DeclaredCity } from "../../environments/model/city";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity, synthesizedText } from "../fixtures/synthesized-city";

/** The sample with a text that the schema would have refused, in a field of its own that no schema knows either. */
function forgotten(text: string): DeclaredCity {
  return { ...sampleCity(), ...{ tomorrow: [{ note: text }] } };
}

describe("a text that the schema forgot", () => {
  test.each([
    ["an expression", "a ${file(1)}"],
    ["an expression behind a line separator", "a\u2028${file(1)}"],
    ["a directive", "%{ if true }"],
    ["the rest of an expression", "{file(1)}"],
    ["a token of cdktf's", "#{TfToken[TOKEN.1]}"],
    ["a number that is a token of cdktf's", `a ${String(Token.asNumber({ resolve: () => 1, creationStack: [] }))}`],
    ["a map that is a token of cdktf's", "String Map Token Value"],
  ])("gets into no stack: %s", (_, text) => {
    expect(() => synthesizedText(forgotten(text))).toThrow("sample.tomorrow.0.note holds an expression");
  });

  test("gets into no stack as a key", () => {
    const city = { ...sampleCity(), ...{ tomorrow: { "${x}": 1 } } };
    expect(() => synthesizedText(city)).toThrow("the key sample.tomorrow.${x} is an expression");
  });

  test("is let in where it opens nothing", () => {
    expect(synthesizedText(forgotten("1.5e3 $ { % 50 %")).size).toBeGreaterThan(0);
  });
});

test("a cluster's name with quotes is escaped in an expression", () => {
  const text = JSON.stringify(sampleCity()).replaceAll('"vdi-a"', JSON.stringify('VDI "B" c:'));
  const stacks = synthesizedCity(JSON.parse(text) as DeclaredCity);
  const expressions = [...stacks.values()].flatMap(({ json }) => textsOf(json).filter((text) => text.includes("${")));
  const named = expressions.filter((expression) => expression.includes("VDI "));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((expression) => !expression.includes(String.raw`"VDI \"B\" c:"`))).toEqual([]);
  expect(named.filter((expression) => expression.includes('"VDI "B"'))).toEqual([]);
});

/** Every text of synthesized JSON. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
