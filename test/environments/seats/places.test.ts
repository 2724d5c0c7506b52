import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { definitionOf } from "../../../environments/seats/definition";
import { machinesOf } from "../../../environments/seats/machines";
import { placeOf, placesOf, seatsByPlace } from "../../../environments/seats/places";
import type { Placement } from "../../../environments/seats/places";
import { percentile } from "../../../environments/seats/rollout";
import { seatName, shardsOf } from "../../../environments/seats/seats";
import { poolCity } from "../../fixtures/pool-city";
import { runs } from "../../fixtures/soak";

const SEATS = Array.from({ length: 2000 }, (_, index) => seatName("mi", "edu", index + 1));
const FEW = SEATS.slice(0, 60);

/** Weights of places, by their datastores' names. */
type Weights = Readonly<Record<string, number>>;

/** Two to five places; their weights are from 0 on, and one has some. */
const SPREADS: fc.Arbitrary<Weights> = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d", "e"), fc.nat(100), { minKeys: 2, noNullPrototype: true })
  .filter((weights) => Object.values(weights).some((weight) => weight > 0));

function places(weights: Weights): Placement[] {
  return Object.entries(weights).map(([name, weight]) => ({
    name: `cluster-${name}/${name}`,
    cluster: `cluster-${name}`,
    datastore: name,
    weight,
    path: [],
  }));
}

/** The datastore of each of the seats. */
function spread(weights: Weights, seats: readonly string[] = FEW): (string | undefined)[] {
  const all = places(weights);
  return seats.map((seat) => placeOf(all, seat)?.datastore);
}

/** Where the seats were and are that two spreads have in different places. */
function moves(before: Weights, after: Weights): { from: string | undefined; to: string | undefined }[] {
  const now = spread(after);
  return spread(before).flatMap((from, index) => (from === now[index] ? [] : [{ from, to: now[index] }]));
}

function shares(weights: Weights, seats: readonly string[] = SEATS): Record<string, number> {
  const there = spread(weights, seats);
  return Object.fromEntries(Object.keys(weights).map((name) => [name, there.filter((one) => one === name).length]));
}

describe("the place of a seat", () => {
  test("is no other when places come in another order", () => {
    fc.assert(
      fc.property(SPREADS, (weights) => {
        expect(spread(Object.fromEntries(Object.entries(weights).reverse()))).toEqual(spread(weights));
      }),
    );
  });

  test("changes only to a place that is added", () => {
    fc.assert(
      fc.property(SPREADS, fc.integer({ min: 1, max: 100 }), (weights, weight) => {
        expect(moves(weights, { ...weights, f: weight }).filter(({ to }) => to !== "f")).toEqual([]);
      }),
    );
  });

  test("changes only from a place that is removed or that gets the weight 0, and equally", () => {
    fc.assert(
      fc.property(SPREADS, fc.integer({ min: 1, max: 100 }), (weights, weight) => {
        const more = { ...weights, f: weight };
        expect(moves(more, weights).filter(({ from }) => from !== "f")).toEqual([]);
        expect(spread({ ...weights, f: 0 })).toEqual(spread(weights));
      }),
    );
  });

  test("changes only to a place whose weight grows, and only from one whose weight shrinks", () => {
    const weight = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(SPREADS, weight, weight, (weights, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const [small, large] = [
          { ...weights, f: less },
          { ...weights, f: more },
        ];
        expect(moves(small, large).filter(({ to }) => to !== "f")).toEqual([]);
        expect(moves(large, small).filter(({ from }) => from !== "f")).toEqual([]);
      }),
    );
  });

  test("is no other when all weights are multiplied: they count in proportion", () => {
    fc.assert(
      fc.property(SPREADS, fc.integer({ min: 2, max: 10 }), (weights, factor) => {
        const multiplied = Object.entries(weights).map(([name, weight]) => [name, weight * factor]);
        expect(spread(Object.fromEntries(multiplied) as Weights)).toEqual(spread(weights));
      }),
    );
  });

  test("is there for every place about as often as its weight says", () => {
    fc.assert(
      fc.property(SPREADS, (weights) => {
        const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
        for (const [name, seats] of Object.entries(shares(weights))) {
          const share = (weights[name] ?? 0) / total;
          // Five standard deviations of as many tosses of a coin, and some seats for the smallest shares.
          const tolerance = 10 + 5 * Math.sqrt(SEATS.length * share * (1 - share));
          expect(Math.abs(seats - SEATS.length * share)).toBeLessThanOrEqual(tolerance);
        }
      }),
      { numRuns: runs(20) },
    );
  });

  test("says nothing of whether a rollout takes it first: the canaries are in every place", () => {
    const canaries = SEATS.filter((seat) => percentile(seat, "2026.11") < 20);
    const { a = 0, b = 0 } = shares({ a: 50, b: 50 }, canaries);
    expect(a + b).toBe(canaries.length);
    expect(Math.abs(a - b)).toBeLessThan(5 * Math.sqrt(canaries.length));
  });

  test("is the same in every release: another hash would move machines", () => {
    expect(spread({ a: 60, b: 40 }, SEATS.slice(0, 8)).join(" ")).toBe("a b b b a b a a");
  });

  test("is none where no place has a weight", () => {
    expect(placeOf(places({ a: 0, b: 0 }), "mi-edu-0001")).toBeUndefined();
  });
});

describe("a pool's places", () => {
  const two = [
    { cluster: "vdi-a", weight: 1 },
    { cluster: "vdi-b", weight: 0, seats: 3 },
  ];

  test("are those of its spread, each with the datastore that it names, else its cluster's first", () => {
    const { city, pool } = poolCity({
      cluster: undefined,
      spread: [...two, { cluster: "vdi-a", datastore: "x", weight: 2 }],
    });
    expect(placesOf(city, pool)).toMatchObject([
      { cluster: "vdi-a", datastore: "vsan-a", weight: 1, path: ["spread", 0] },
      { cluster: "vdi-b", datastore: "vsan-b", weight: 0, bound: 3, path: ["spread", 1] },
      { cluster: "vdi-a", datastore: "x", weight: 2, path: ["spread", 2] },
    ]);
  });

  test("is the one that it names where it has no spread, and none where it names nothing", () => {
    const { city, pool } = poolCity({});
    expect(placesOf(city, pool)).toMatchObject([{ cluster: "vdi-a", datastore: "vsan-a", path: [] }]);
    expect(placesOf(city, { ...pool, cluster: undefined })).toEqual([]);
  });

  test("have together all its seats that are there", () => {
    const { city, pool } = poolCity({ cluster: undefined, spread: two });
    expect(seatsByPlace(city, pool).map(({ seats }) => seats)).toEqual([4, 0]);
  });

  test("are those of its machines", () => {
    const spread = two.map((place) => ({ ...place, weight: 1 }));
    const { city, pool } = poolCity({ cluster: undefined, spread, seats: 40 });
    const seats = shardsOf(city, pool).flatMap((shard) => shard.seats);
    const machines = seats.map(machinesOf(definitionOf(city, pool), new Map()));
    const all = placesOf(city, pool);
    expect(machines.map(({ place: { cluster, datastore } }) => ({ cluster, datastore }))).toEqual(
      machines.map(({ name }) => {
        const place = placeOf(all, name);
        return { cluster: place?.cluster, datastore: place?.datastore };
      }),
    );
    expect(new Set(machines.map(({ place }) => place.cluster)).size).toBe(2);
  });

  test("have to have a weight for its machines to be made", () => {
    const spread = two.map((place) => ({ ...place, weight: 0 }));
    const { city, pool } = poolCity({ cluster: undefined, spread });
    const machine = machinesOf(definitionOf(city, pool), new Map());
    expect(() => machine("sa-ana-0001")).toThrow("the seat sa-ana-0001 has no place");
  });
});
