import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { simulateClones } from "../../bench/clone-simulation";
import type { CloneJob, CloneModel } from "../../bench/clone-simulation";

const HOSTS = Array.from({ length: 12 }, (_, index) => `host-${String(index)}`);
const MODEL: CloneModel = {
  hosts: new Map([["a", HOSTS]]),
  ...{ storeMibPerSecond: 1e9, streamMibPerSecond: 1024, fixedSeconds: 0 },
};
const JOB: CloneJob = {
  ...{ gib: 10, source: { host: "templates", datastore: "golden" } },
  ...{ cluster: "a", datastore: "store", linked: false },
};

function clones(number: number, more: Partial<CloneJob> = {}): CloneJob[] {
  return Array.from({ length: number }, () => ({ ...JOB, ...more }));
}

describe("a simulation of clones", () => {
  test("has one clone take its copy at its own speed, and what else it takes", () => {
    const { seconds, gib } = simulateClones(clones(1), { ...MODEL, fixedSeconds: 60 }, 8);
    expect([seconds, gib]).toEqual([70, 10]);
  });

  test("has none take any time", () => {
    expect(simulateClones([], MODEL, 8)).toEqual({ seconds: 0, mostCopying: 0, mostWaiting: 0, gib: 0 });
  });

  test("is bound by the budget: so many at a time, one round after the other", () => {
    expect(simulateClones(clones(12), MODEL, 4)).toMatchObject({ seconds: 30, mostCopying: 4, mostWaiting: 0 });
  });

  test("is bound by the template's host: 8 full clones, or 16 linked ones; the others wait in vCenter", () => {
    expect(simulateClones(clones(64), MODEL, 64)).toMatchObject({ seconds: 80, mostCopying: 8, mostWaiting: 56 });
    expect(simulateClones(clones(64, { linked: true }), MODEL, 64)).toMatchObject({ seconds: 40, mostCopying: 16 });
  });

  test("is bound by the one host of a cluster, of which a clone of its own template takes twice", () => {
    const model = { ...MODEL, hosts: new Map([["a", ["templates"]]]) };
    expect(simulateClones(clones(8), model, 8)).toMatchObject({ seconds: 20, mostCopying: 4 });
  });

  test("is bound by a datastore, which its clones share", () => {
    const model = { ...MODEL, storeMibPerSecond: 2048 };
    expect(simulateClones(clones(8), model, 8).seconds).toBeCloseTo(40);
  });

  test("copies all that there is, no faster than the datastore, and no slower with more at a time", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 100, max: 4000 }),
        (gibs, budget, speed) => {
          const jobs = gibs.map((gib) => ({ ...JOB, gib }));
          const all = gibs.reduce((sum, gib) => sum + gib, 0);
          const { gib, seconds, mostCopying } = simulateClones(jobs, { ...MODEL, storeMibPerSecond: speed }, budget);
          expect(gib).toBeCloseTo(all, 3);
          expect(seconds).toBeGreaterThanOrEqual((all * 1024) / speed - 1e-6);
          expect(mostCopying).toBeLessThanOrEqual(Math.min(budget, 8));
        },
      ),
    );
  });
});
