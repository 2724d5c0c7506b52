import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fleet, vcenters } from "../../bench/fleet-model";
import { simulateJobs } from "../../bench/job-simulation";
import type { SimulatedJob } from "../../bench/job-simulation";

const jobs = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 500 }),
      on: fc.array(fc.nat(), { maxLength: 2 }),
      place: fc.constantFrom("a", "b"),
    }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((all): SimulatedJob[] =>
    all.map(({ seconds, on, place }, index) => ({
      ...{ seconds, place, sessions: 1 },
      after: index === 0 ? [] : on.map((number) => number % index),
    })),
  );

describe("a simulation of jobs", () => {
  test("takes no less than the longest chain and the runners' even share, and no more than one after the other", () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 8 }), (all, runners) => {
        const { seconds, chain, mostAtATime } = simulateJobs(all, runners, 0);
        const work = all.reduce((sum, job) => sum + job.seconds, 0);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(chain, work / runners));
        expect(seconds).toBeLessThanOrEqual(work);
        expect(mostAtATime).toBeLessThanOrEqual(runners);
      }),
    );
  });

  test("counts a session until it was idle for long enough", () => {
    const three = Array.from({ length: 3 }, () => ({ seconds: 10, place: "a", sessions: 2 }));
    expect(simulateJobs(three, 1, 0).mostSessions).toBe(1);
    expect(simulateJobs(three, 1, 1000).mostSessions).toBe(6);
  });
});

describe("a fleet of cities", () => {
  test("has all seats in stacks, and no vCenter with more machines than run in one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 120 }), fc.integer({ min: 1000, max: 150_000 }), (cities, seats) => {
        const all = fleet(cities, seats);
        const inStacks = all.flatMap(({ seatsOf }) => [...seatsOf.values()]);
        expect(inStacks.reduce((sum, one) => sum + one, 0)).toBe(seats);
        expect(Math.max(...inStacks)).toBeLessThanOrEqual(250);
        expect(vcenters(all).flat()).toHaveLength(cities);
        for (const some of vcenters(all))
          expect(some.reduce((sum, city) => sum + city.seats, 0)).toBeLessThanOrEqual(40_000);
      }),
      { numRuns: 20 },
    );
  });
});
