import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { formatted } from "../../../editing/yaml/formatted";
import { insertItem } from "../../../editing/yaml/insert-item";
import { textDiff } from "../../../editing/yaml/text-diff";
import { REPOSITORY } from "../../../runtime/paths";

const FILES = [
  ...["environments/milan.yaml", "environments/catania.yaml", "test/fixtures/sample.yaml"],
  ...["test/fixtures/cities/milan.yaml", "test/fixtures/cities/catania.yaml"],
];
const LISTS = [["pools"], ["network", "segments"], ["network", "flows"], ["network", "blocks"], ["applications"]];
const ITEM = [
  ["name", "nuova"],
  ["version", "2026.10"],
  ["seats", 20],
  ["purpose", "a: b, [c] # d"],
  ["ports", ["tcp/443", "udp/3478-3481"]],
  ["privateVlan", { secondary: 12, type: "isolated" }],
] as const;
const VALUE = Object.fromEntries(ITEM) as unknown;

function listAt(text: string, path: readonly string[]): unknown[] {
  const found = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    parse(text),
  );
  return (found as unknown[] | undefined) ?? [];
}

const PLACES = FILES.flatMap((file) => LISTS.map((list) => [file, list.join("."), list] as const));

describe.each(PLACES)("a new item in %s, %s", (file, _name, list) => {
  const before = readFileSync(join(REPOSITORY, file), "utf8");
  const { text, line } = insertItem(before, list, ITEM);

  test("is the list's last one, and every other line is as before", () => {
    expect(listAt(text, list)).toEqual([...listAt(before, list), VALUE]);
    const [old, now] = [before.split("\n"), text.split("\n")];
    const added = now.length - old.length;
    const at = now.findIndex((one, index) => one !== old[index]);
    expect([...now.slice(0, at), ...now.slice(at + added)]).toEqual(old);
    expect(now[line - 1]).toMatch(/^ *- (?:name: nuova|\{)/);
  });
});

test.each(FILES.slice(0, 3))("new items in %s are written as prettier would", async (file) => {
  const before = readFileSync(join(REPOSITORY, file), "utf8");
  const after = LISTS.reduce((text, list) => insertItem(text, list, ITEM).text, before);
  expect(await formatted(after)).toBe(after);
});

describe("a new item", () => {
  const add = (text: string, ...list: string[]): string => insertItem(text, list, [["id", "b"]]).text;

  test.each([
    ["after the last line, where that has no end", "l:\n  - id: a", "l:\n  - id: a\n  - id: b\n"],
    [
      "after the comment behind the last value",
      "l:\n  - id: a # one\nm: 1\n",
      "l:\n  - id: a # one\n  - id: b\nm: 1\n",
    ],
    [
      "after a text of several lines",
      "l:\n  - id: |\n      a\n      c\nm: 1\n",
      "l:\n  - id: |\n      a\n      c\n  - id: b\nm: 1\n",
    ],
    [
      "apart, as the others are",
      "l:\n  - id: a\n\n  - id: c\nm: 1\n",
      "l:\n  - id: a\n\n  - id: c\n\n  - id: b\nm: 1\n",
    ],
    ["with hyphens as far left as the list's key", "l:\n- id: a\nm: 1\n", "l:\n- id: a\n- id: b\nm: 1\n"],
    ["in an empty list", "l: [] # none\nm: 1\n", "l: # none\n  - id: b\nm: 1\n"],
    ["in brackets", "l: [{ id: a }]\n", "l: [{ id: a }, { id: b }]\n"],
    ["in brackets over lines", "l:\n  [\n    { id: a },\n  ]\n", "l:\n  [\n    { id: a },\n    { id: b },\n  ]\n"],
    ["in a list that is not there", "m: 1\n", "m: 1\nl:\n  - id: b\n"],
  ])("stands %s", (_name, before, after) => {
    expect(add(before, "l")).toBe(after);
  });

  test("is refused where its map takes no new line", () => {
    expect(() => add("n: { a: 1 }\n", "n", "l")).toThrow(
      "n takes no new line; repair: write its keys each on its own line",
    );
  });
});

describe("textDiff", () => {
  test("shows what is new with the lines around it", () => {
    expect(textDiff("a.yaml", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx\n5\n")).toBe(
      "--- a/a.yaml\n+++ b/a.yaml\n@@ -2,5 +2,6 @@\n 2\n 3\n 4\n+x\n 5\n \n",
    );
  });

  test("is empty where nothing changed", () => {
    expect(textDiff("a.yaml", "1\n", "1\n")).toBe("");
  });
});
