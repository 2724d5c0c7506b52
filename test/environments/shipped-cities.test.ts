import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { environmentFiles, loadCities } from "../../environments/load";
import { REPOSITORY } from "../../runtime/paths";

/** The examples that are shipped. Other tests have cities of their own, in test/fixtures/cities. */
const FILES = environmentFiles(join(REPOSITORY, "environments"));
const CITIES = loadCities(FILES);

describe("the shipped cities", () => {
  test("are Milan and Catania, which host for each other, in files without a mistake", () => {
    expect(FILES.map((file) => basename(file))).toEqual(["catania.yaml", "milan.yaml"]);
    const hosted = CITIES.flatMap(({ emergency }) => emergency.surge.flatMap(({ hostedBy }) => hostedBy ?? []));
    expect(hosted).toEqual(["catania"]);
  });

  test.each(FILES)("have as many seats as their file says, and name the schema for editors: %s", (file) => {
    const text = readFileSync(file, "utf8");
    const [city] = CITIES.filter(({ city: { id } }) => `${id}.yaml` === basename(file));
    const seats = city?.pools.reduce((sum, pool) => sum + pool.seats, 0) ?? 0;
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./city.schema.json");
    expect(text).toContain(`\n# ${seats.toLocaleString("en")} seats. `);
  });

  test("have 15,000 seats together, which is what docs/benchmarks.md measures", () => {
    const pools = CITIES.flatMap((city) => city.pools);
    expect(pools.reduce((sum, { seats }) => sum + seats, 0)).toBe(15_000);
  });
});
