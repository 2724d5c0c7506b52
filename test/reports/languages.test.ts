import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { publicPage } from "../../reports/public/page";
import { publicReport } from "../../reports/public/published";
import { REPOSITORY } from "../../runtime/paths";
import { WORDS } from "../../words/catalogue";
import { sampleCity } from "../fixtures/sample-city";

/** The folders of what is there in both languages, and those whose markup has no text of its own. */
const FOLDERS = ["reports/public", "reports/handbook", "reports/city-page", "reports/monitoring"];
const SOURCES = [...FOLDERS, "preview/page", "preview/page/browser"].flatMap(sourcesOf);
/** What is the same in both languages. */
const SAME = [
  ...["help desk", "mail", "escalation", "auditor", "monitoring", "console", "gateway", "datastore", "cluster", "CPU"],
  ...["stack", "vGPU", "{} €", "datastores"],
];
/** What a page says that is a name in any language. */
const NAMES = /^\s*(?:\(CSV\)|CUP|[^\p{L}]*)\s*$/u;

function sourcesOf(folder: string): ts.SourceFile[] {
  const path = join(REPOSITORY, folder);
  return readdirSync(path)
    .filter((name) => /\.(?:tsx?|js)$/.test(name))
    .map((name) =>
      ts.createSourceFile(join(folder, name), readFileSync(join(path, name), "utf8"), ts.ScriptTarget.Latest, true),
    );
}

/** The texts that stand in a page's markup itself. */
function markupTexts(node: ts.Node): string[] {
  const own = ts.isJsxText(node) ? [node.text] : [];
  return [...own, ...node.getChildren().flatMap(markupTexts)];
}

/** The text of a word; of one that is made of others, with letters for them. */
function textOf(word: unknown): unknown {
  if (typeof word !== "function") return word;
  try {
    return (word as (...values: string[]) => unknown)("A", "B", "C", "D");
  } catch {
    return word;
  }
}

/** All texts of a language, each with its place. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  const said = textOf(value);
  if (typeof said !== "object" || said === null) return [[path, said]];
  return Object.entries(said).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

describe("the catalogue", () => {
  const [italian, english] = [WORDS.it, WORDS.en].map((words) => ({ ...words, forms: {} }));

  test("has the same words in both languages, and none twice the same", () => {
    const [there, here] = [leaves(italian), new Map(leaves(english))];
    expect(there.map(([path]) => path).sort()).toEqual([...here.keys()].sort());
    const same = there.filter(([path, text]) => text === here.get(path));
    expect(same.filter(([, text]) => !SAME.includes(String(text)))).toEqual([]);
    expect(there.filter(([, text]) => text === "")).toEqual([]);
  });

  test("has no word that no page says", () => {
    const code = SOURCES.map(({ text }) => text).join("\n");
    const names = leaves(english).flatMap(([path]) => path.split(".").filter((name) => !/^\d*$/.test(name)));
    const said = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
    // Duties, alerts and the like are asked for by their own names.
    const asked = ["duties", "places", "tasks", "units", "states", "nouns", "fields", "amounts", "alerts"];
    const own = leaves(english).filter(([path]) => asked.some((table) => path.includes(`.${table}.`)));
    const others = new Set(own.map(([path]) => path.split(".").at(-1)));
    expect(new Set(names.filter((name) => !said(name) && !others.has(name)))).toEqual(new Set());
  });

  test("is all that pages of both languages say of their own", () => {
    const pages = SOURCES.filter(({ fileName }) => FOLDERS.some((folder) => fileName.startsWith(folder)));
    expect(pages.flatMap(markupTexts).filter((text) => !NAMES.test(text))).toEqual([]);
    const attributes = pages.flatMap(({ text }) => text.match(/\b(?:title|aria-label)="[^"]*"/g) ?? []);
    expect(attributes).toEqual([]);
  });
});

test("numbers, days and plurals are each language's own, numbers of four digits too", () => {
  const [it, en] = [WORDS.it.forms, WORDS.en.forms];
  expect([it.number(1234), en.number(1234)]).toEqual(["1.234", "1,234"]);
  expect([it.euro(6382308.62), en.euro(6382308.62)]).toEqual(["6.382.308,62 €", "€ 6,382,308.62"]);
  expect([it.percent(74.5), en.percent(74.5)]).toEqual(["74,5%", "74.5%"]);
  expect([it.day("2026-11-04"), en.day("2026-11-04")]).toEqual(["04/11/2026", "4 November 2026"]);
  expect([it.count(1, "seat"), it.count(0, "seat")]).toEqual(["1 postazione", "0 postazioni"]);
  expect([en.count(1, "seat"), it.count(1_000_000, "seat")]).toEqual(["1 seat", "1.000.000 postazioni"]);
});

test("what is published can be had in English, with the file's own words and the city's open data as they are", () => {
  const report = publicReport(sampleCity());
  const [italian, english] = [publicPage(report, "it"), publicPage(report, "en")];
  expect(italian).toContain('<html lang="it">');
  expect(english).toContain('<html lang="en">');
  expect(english).toContain("Lavoro agile");
  expect(english).toContain('<li lang="it"><a href="progetto.csv">');
  expect(english).not.toMatch(/Finanziamento|Direzione|Beneficiario/);
});
