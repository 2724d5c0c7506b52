import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { publicPage } from "../../reports/public/page";
import { publicReport } from "../../reports/public/published";
import { PUBLIC_WORDS } from "../../reports/public/words";
import { WORDS } from "../../reports/handbook/words";
import { REPOSITORY } from "../../runtime/paths";
import { sampleCity } from "../fixtures/sample-city";

/** A report in both languages: its folder, and its words. */
const REPORTS = [
  ["public", PUBLIC_WORDS],
  ["handbook", WORDS],
] as const;
/** Words that Italian has from English, or the other way round. */
const SAME = new Set(["help desk", "mail", "escalation", "auditor", "monitoring", "console"]);
/** What a page says that is a name in any language. */
const NAMES = /^\s*(?:\(CSV\)|[^\p{L}]*)\s*$/u;

function sourcesOf(folder: string): ts.SourceFile[] {
  const path = join(REPOSITORY, "reports", folder);
  return readdirSync(path).map((name) =>
    ts.createSourceFile(name, readFileSync(join(path, name), "utf8"), ts.ScriptTarget.Latest, true),
  );
}

/** The texts that stand in a page's markup itself. */
function markupTexts(node: ts.Node): string[] {
  const own = ts.isJsxText(node) ? [node.text] : [];
  return [...own, ...node.getChildren().flatMap(markupTexts)];
}

/** All words of a language, each with its place. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

describe.each(REPORTS)("the words of report %s", (folder, words) => {
  test("are there in both languages, and are not the same words", () => {
    const [italian, english] = [leaves(words.it), leaves(words.en)];
    expect(italian.map(([path]) => path)).toEqual(english.map(([path]) => path));
    const same = italian.filter(([, text], index) => typeof text === "string" && text === english[index]?.[1]);
    expect(same.map(([, text]) => text).filter((text) => !SAME.has(String(text)))).toEqual([]);
    expect(italian.every(([, text]) => text !== "")).toBe(true);
  });

  test("are all used, and no page has others in its markup", () => {
    const sources = sourcesOf(folder);
    const code = sources
      .filter(({ fileName }) => fileName !== "words.ts")
      .map(({ text }) => text)
      .join("\n");
    expect(Object.keys(words.it).filter((key) => !new RegExp(`\\b${key}\\b`).test(code))).toEqual([]);
    expect(sources.flatMap(markupTexts).filter((text) => !NAMES.test(text))).toEqual([]);
  });
});

test("what is published can be had in English, with the file's own words and the city's open data as they are", () => {
  const report = publicReport(sampleCity());
  const [italian, english] = [publicPage(report), publicPage(report, "en")];
  expect(italian).toContain('<html lang="it">');
  expect(english).toContain('<html lang="en">');
  expect(english).toContain("Lavoro agile");
  expect(english).toContain('<li lang="it"><a href="progetto.csv">');
  expect(english).not.toMatch(/Finanziamento|Direzione|Beneficiario/);
});
