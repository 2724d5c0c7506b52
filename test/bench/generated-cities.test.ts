import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeLabCity } from "../../bench/lab-city";
import { writeLargeCity } from "../../bench/large-city";
import { environmentFiles, loadCities } from "../../environments/load";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "generated-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a large city breaks no rule, and somebody has every dedicated seat", () => {
  writeLargeCity(folder, { pools: 20, seatsPerPool: 75 });
  const [city] = loadCities(environmentFiles(folder));
  expect(city?.pools.map(({ seats }) => seats)).toEqual(Array.from({ length: 20 }, () => 75));
  expect(city?.assignments).toHaveLength(12 * 75);
});

test("a city for the lab breaks no rule, whatever its pools", () => {
  const floating = { name: "many", code: "man", seats: 1000, assignment: "floating" } as const;
  const dedicated = { name: "people", code: "peo", seats: 250, assignment: "dedicated" } as const;
  writeLabCity(folder, { pools: [floating, dedicated], seatsPerStack: 1000, held: true });
  const [city] = loadCities(environmentFiles(folder));
  expect(city?.pools.map(({ name, seats }) => [name, seats])).toEqual([
    ["many", 1000],
    ["people", 250],
  ]);
  expect(city?.assignments).toHaveLength(250);
});
