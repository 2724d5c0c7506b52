import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { reportCommand } from "../../cli/report";
import { cityRules, crossCityRules } from "../../environments/rules/index";
import { evidencePage, evidenceReport, MEASURE_LISTS } from "../../reports/evidence/report";
import { REPOSITORY } from "../../runtime/paths";
import { load, MILAN } from "../fixtures/city-files";

const measures = MEASURE_LISTS.flatMap((list) => list.measures);

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

test("every rule that a measure names is there", () => {
  const known = new Set([...cityRules, ...crossCityRules].map(({ id }) => id));
  expect(measures.flatMap(({ rules = [] }) => rules).filter((rule) => !known.has(rule))).toEqual([]);
});

test("every test that a measure names is there", () => {
  const tests = measures.flatMap((measure) => measure.tests ?? []);
  expect(tests.length).toBeGreaterThan(10);
  expect(tests.filter(({ file, title }) => !read(file).includes(title))).toEqual([]);
});

test("every command and report that a measure names is there", () => {
  const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
  const reports = new Set(reportCommand().commands.map((command) => command.name()));
  const missing = measures
    .flatMap(({ commands = [] }) => commands)
    .filter((command) => {
      const [script = "", name = ""] = command.split(" ");
      return !Object.hasOwn(scripts, script) || (script === "report" && !reports.has(name));
    });
  expect(missing).toEqual([]);
});

test("a measure that nothing meets here says what is missing, and each says what is the city's own", () => {
  expect(measures.filter(({ here, gap }) => here === "" && gap === "")).toEqual([]);
  expect(measures.filter(({ here, rules, commands, tests }) => here === "" && (rules ?? commands ?? tests))).toEqual(
    [],
  );
  expect(measures.filter(({ city }) => city === "")).toEqual([]);
});

test("nothing claims conformity", () => {
  const words = /\b(?:compliant|complies|compliance|conforms?|conformant|certified|guarantees?)\b/i;
  expect(measures.filter((measure) => words.test(JSON.stringify(measure)))).toEqual([]);
});

test("the record of processing has every letter of article 30(1), and names nobody", () => {
  const [city] = load({ "milan.yaml": MILAN }).cities;
  if (city === undefined) throw new Error("Milan does not load");
  const report = evidenceReport(city);
  expect(report.processing.map(({ letter }) => letter).join("")).toBe("abcdefg");
  const page = evidencePage(report);
  expect(city.assignments.filter(({ staff }) => page.includes(staff))).toEqual([]);
  expect(page).toContain("## Record of processing activities");
});
