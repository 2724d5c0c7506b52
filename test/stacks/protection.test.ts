import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DeclaredCity } from "../../environments/model/city";
import type { Pool } from "../../environments/model/desktops";
import { listedNumbers } from "../../environments/model/seat-numbers";
import { placeOf, placesOf } from "../../environments/seats/places";
import { versionOf } from "../../environments/seats/rollout";
import { seatName, seatNumber } from "../../environments/seats/seats";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity } from "../fixtures/synthesized-city";
import { planMachines } from "../fixtures/terraform-model";
import type { Action, State } from "../fixtures/terraform-model";
import { runs } from "../fixtures/soak";

/** Every machine of a city, as its stacks are deployed one after the other. */
class Deployed {
  private readonly states = new Map<string, State>();

  /** What a deployment of the city as it is now does with which seat; it is refused as Terraform refuses it. */
  public deploy(city: DeclaredCity): Map<string, Action> {
    const actions = new Map<string, Action>();
    for (const [name, stack] of synthesizedCity(city)) {
      if (!name.includes("-desktops-")) continue;
      const plan = planMachines(this.states.get(name) ?? new Map(), stack);
      for (const [seat, action] of plan.actions) actions.set(seat, action);
      this.states.set(name, plan.after);
    }
    return actions;
  }
}

/** An edit of the pool anagrafe of the sample, which is dedicated and has four seats. */
type Edit = (pool: Pool) => Pool;

const SEATS = 8;
const number = fc.integer({ min: 1, max: SEATS });
const numbers = fc.uniqueArray(number, { maxLength: 3 });
const version = fc.constantFrom("2026.10", "2026.11");
const state = fc.constantFrom("canary", "batch-1", "promoted", "rolled-back");
const weight = fc.integer({ min: 1, max: 3 });
const IN_A = { cluster: "vdi-a", spread: undefined };
const EDITS: fc.Arbitrary<Edit> = fc.oneof(
  version.map((imageVersion): Edit => (pool) => ({ ...pool, imageVersion })),
  fc.tuple(version, fc.integer({ min: 1, max: 50 }), state).map(([to, canaryPercent, now]): Edit => {
    return (pool) => ({ ...pool, rollout: { to, canaryPercent, batches: [75], state: now, stopAtPercent: 10 } });
  }),
  fc.constant<Edit>((pool) => ({ ...pool, rollout: undefined })),
  numbers.map((replace): Edit => (pool) => ({ ...pool, replace })),
  number.map((gone): Edit => (pool) => ({ ...pool, retired: [...new Set([...pool.retired, gone])] })),
  number.map((more): Edit => (pool) => ({ ...pool, seats: Math.max(pool.seats, more) })),
  fc.constantFrom("office", "cad").map((workstation): Edit => (pool) => ({ ...pool, workstation })),
  fc.constantFrom("anagrafe", "tecnica").map((directorate): Edit => (pool) => ({ ...pool, directorate })),
  fc.constantFrom("vsan-a", "vsan-b").map((datastore): Edit => (pool) => ({ ...pool, datastore, ...IN_A })),
  fc.constant<Edit>((pool) => ({ ...pool, datastore: undefined, ...IN_A })),
  fc.tuple(weight, weight).map(
    ([a, b]): Edit =>
      (pool) =>
        spreadOver(pool, a, b),
  ),
);

function spreadOver(pool: Pool, a: number, b: number): Pool {
  const spread = [
    { cluster: "vdi-a", weight: a },
    { cluster: "vdi-b", weight: b },
  ];
  return { ...pool, cluster: undefined, datastore: undefined, spread };
}

function withAnagrafe(city: DeclaredCity, edit: Edit): DeclaredCity {
  return { ...city, pools: city.pools.map((pool) => (pool.name === "anagrafe" ? edit(pool) : pool)) };
}

function anagrafe({ pools }: DeclaredCity): Pool {
  const pool = pools.find(({ name }) => name === "anagrafe");
  if (pool === undefined) throw new Error("the sample has no pool anagrafe");
  return pool;
}

/** Whether an edit of the pool may do such a thing to a seat. */
function namedSeats(before: Pool, now: Pool): Record<Action, (seat: string) => boolean> {
  const own = (seat: string): boolean => seat.startsWith("sa-ana-");
  const listed = listedNumbers(now.replace);
  const retired = new Set(now.retired.filter((gone) => !before.retired.includes(gone)));
  return {
    create: own,
    update: own,
    replace: (seat) => own(seat) && listed.has(seatNumber(seat)),
    delete: (seat) => own(seat) && retired.has(seatNumber(seat)),
  };
}

describe("a dedicated seat", () => {
  test("is never replaced or destroyed by any edit that does not name it, and no other pool's is touched at all", () => {
    fc.assert(
      fc.property(fc.array(EDITS, { minLength: 1, maxLength: 5 }), (edits) => {
        const deployed = new Deployed();
        let city = sampleCity();
        deployed.deploy(city);
        for (const edit of edits) {
          const before = anagrafe(city);
          city = withAnagrafe(city, edit);
          const named = namedSeats(before, anagrafe(city));
          const wrong = [...deployed.deploy(city)].filter(([seat, action]) => !named[action](seat));
          expect(wrong).toEqual([]);
        }
        expect(deployed.deploy(city)).toEqual(new Map());
      }),
      { numRuns: runs(25) },
    );
  }, 120_000);

  test("has the version of its pool once it was listed, whatever it had before", () => {
    const deployed = new Deployed();
    deployed.deploy(sampleCity());
    const renewed = withAnagrafe(sampleCity(), (pool) => ({ ...pool, imageVersion: "2026.11", replace: [1, 3] }));
    expect(deployed.deploy(renewed)).toEqual(
      new Map([
        ["sa-ana-0001", "replace"],
        ["sa-ana-0003", "replace"],
      ]),
    );
    expect(deployed.deploy(withAnagrafe(renewed, (pool) => ({ ...pool, replace: [] })))).toEqual(new Map());
  });

  test("is not forgotten where seats are lowered: Terraform refuses to destroy it", () => {
    const deployed = new Deployed();
    deployed.deploy(sampleCity());
    expect(() => deployed.deploy(withAnagrafe(sampleCity(), (pool) => ({ ...pool, seats: 1, retired: [] })))).toThrow(
      "sa-ana-0003 is protected",
    );
  });
});

describe("a spread", () => {
  const names = Array.from({ length: 30 }, (_, index) => seatName("sa", "ana", index + 1));
  const pool: Edit = (old) => ({ ...old, seats: names.length, retired: [] });
  const city = (a: number, b: number): DeclaredCity => withAnagrafe(sampleCity(), (old) => spreadOver(pool(old), a, b));
  const inB = (now: DeclaredCity): Set<string> => {
    const places = placesOf(now, anagrafe(now));
    return new Set(names.filter((seat) => placeOf(places, seat)?.cluster === "vdi-b"));
  };

  test.each(["dedicated", "floating"] as const)(
    "of a %s pool moves in each step exactly the seats whose place is another, and replaces none",
    (assignment) => {
      const deployed = new Deployed();
      const of = (now: DeclaredCity): DeclaredCity => withAnagrafe(now, (old) => ({ ...old, assignment }));
      deployed.deploy(of(withAnagrafe(sampleCity(), pool)));
      let had = new Set<string>();
      for (const [a, b] of [
        [1, 0],
        [3, 1],
        [1, 1],
        [0, 1],
        [1, 2],
      ] as const) {
        const has = inB(city(a, b));
        const moved = names.filter((seat) => has.has(seat) !== had.has(seat));
        expect([...deployed.deploy(of(city(a, b)))].sort()).toEqual(moved.map((seat) => [seat, "update"]));
        expect(has.size > 0).toBe(b > 0);
        had = has;
      }
      expect([...deployed.deploy(of(withAnagrafe(sampleCity(), pool))).keys()].sort()).toEqual([...had].sort());
    },
  );
});

describe("a rollout in a floating pool", () => {
  const floating = (edit: Edit): DeclaredCity => {
    const pool: Edit = (old) => ({ ...old, seats: 40, retired: [], assignment: "floating" });
    return withAnagrafe(sampleCity(), (old) => edit(pool(old)));
  };
  const rollout = (now: string): DeclaredCity =>
    floating((pool) => ({
      ...pool,
      rollout: { to: "2026.11", canaryPercent: 10, batches: [50], state: now, stopAtPercent: 10 },
    }));

  test("replaces in each state exactly the seats that come to its share, and nothing once it is the pool's own version", () => {
    const deployed = new Deployed();
    deployed.deploy(floating((pool) => pool));
    let had = new Set<string>();
    for (const now of ["canary", "batch-1", "promoted", "rolled-back", "promoted"]) {
      const city = rollout(now);
      const names = Array.from({ length: 40 }, (_, index) => `sa-ana-${String(index + 1).padStart(4, "0")}`);
      const has = new Set(names.filter((seat) => versionOf(anagrafe(city), seat) === "2026.11"));
      const moved = names.filter((seat) => has.has(seat) !== had.has(seat));
      expect([...deployed.deploy(city)].sort()).toEqual(moved.map((seat) => [seat, "replace"]));
      had = has;
    }
    expect(deployed.deploy(floating((pool) => ({ ...pool, imageVersion: "2026.11" })))).toEqual(new Map());
  });
});
