import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cityBounds, cityRules, crossCityRules } from "../../../environments/rules";
import { rulesPage } from "../../../environments/rules/rules-page";
import { select } from "../../../environments/rules/helpers/select";
import { sampleCity } from "../../fixtures/sample-city";

const RULES = [...cityRules, ...crossCityRules];
const FOLDER = join(__dirname, "../../../environments/rules");

interface Exported {
  readonly id?: unknown;
  readonly check?: unknown;
}

/** Ids of the rules that the files of the topics export. */
async function exportedIds(): Promise<unknown[]> {
  const topics = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = topics.flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => join(FOLDER, name, file)));
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, Exported>>));
  const rules = modules.flatMap((module) => Object.values(module)).filter(({ check }) => typeof check === "function");
  return rules.map(({ id }) => id);
}

describe("the rules", () => {
  test("are each in one topic, and all files of the topics are listed", async () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const exported = await exportedIds();
    expect(exported.length).toBeGreaterThan(80);
    expect(exported.filter((id) => !ids.includes(String(id)))).toEqual([]);
  });

  test("have the bounds of a city among them", () => {
    expect(cityRules).toEqual(expect.arrayContaining([...cityBounds]));
  });

  test("are in docs/rules.md as they are here", () => {
    expect(readFileSync(join(FOLDER, "../../docs/rules.md"), "utf8")).toBe(rulesPage());
  });
});

describe("a selector", () => {
  const city = sampleCity();

  test("finds values with their paths, in lists and in maps", () => {
    expect(select(city, "pools.*.name")).toEqual(
      city.pools.map(({ name }, index) => ({ path: ["pools", index, "name"], value: name })),
    );
    expect(select(city, "workstations.*.image").map(({ path }) => path)).toEqual(
      Object.keys(city.workstations).map((key) => ["workstations", key, "image"]),
    );
  });

  test("finds nothing in what is left out", () => {
    const without = { ...city, secrets: { ...city.secrets, people: undefined } };
    expect(select(without, "secrets.people.teams.*.name")).toEqual([]);
  });

  test("that leads nowhere is refused by the compiler", () => {
    // @ts-expect-error a pool has no such key
    expect(select(city, "pools.*.nmae")).toEqual([]);
  });
});
