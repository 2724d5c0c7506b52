import { expect, test } from "@jest/globals";
import { cloneJobs } from "../../bench/cloning";
import { everyFieldCity } from "../fixtures/every-field";
import type { DeployedCity } from "../../environments/model/city";

const CITY = everyFieldCity() as unknown as DeployedCity;

test("each seat is a clone of what its template's disk holds, to its pool's datastore", () => {
  const jobs = cloneJobs(CITY, {});
  const [pool] = CITY.pools;
  expect(jobs).toHaveLength(pool?.seats ?? 0);
  expect(new Set(jobs.map(({ gib }) => gib)).size).toBe(1);
  expect(jobs.every(({ linked, cluster }) => !linked && cluster === pool?.cluster)).toBe(true);
});
