import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { City } from "../../../environments/model/city";
import type { Pool } from "../../../environments/model/desktops";
import { platformSchema } from "../../../environments/model/platform";
import { seatName, seatNumber, seatNumbers, shardName, shardsOf } from "../../../environments/seats/seats";
import { sampleCity } from "../../fixtures/sample-city";

const sizes = fc.integer({ min: 1, max: 600 });
const retirements = fc.uniqueArray(fc.integer({ min: 1, max: 600 }), { maxLength: 50 });
const stackSizes = fc.integer({ min: 1, max: 1000 });

function cityWith(seatsPerStack: number): City {
  const city = sampleCity();
  return { ...city, platform: { ...city.platform, seatsPerStack } };
}

function poolWith(seats: number, retired: number[]): Pool {
  const [pool] = sampleCity().pools;
  if (pool === undefined) throw new Error("the sample has no pool");
  return { ...pool, seats, retired };
}

/** The shard of each seat, by the seat's name. */
function places(city: City, pool: Pool): Map<string, number> {
  return new Map(shardsOf(city, pool).flatMap(({ number, seats }) => seats.map((seat) => [seat, number])));
}

describe("a seat's name", () => {
  test("has the city's code, the pool's code and four digits", () => {
    expect(seatName("mi", "ana", 17)).toBe("mi-ana-0017");
    expect(seatName("mi", "ana", 9999)).toBe("mi-ana-9999");
  });
});

describe("a shard's name", () => {
  test("has the pool's name and at least two digits", () => {
    expect(shardName("anagrafe", 1)).toBe("anagrafe-01");
    expect(shardName("anagrafe", 100)).toBe("anagrafe-100");
  });
});

describe("a seat's number", () => {
  test("is read from its name", () => {
    expect(seatNumber("mi-ana-0017")).toBe(17);
  });
});

describe("the seats of a pool", () => {
  test("are those that were issued and are not retired", () => {
    expect(seatNumbers({ seats: 5, retired: [2, 5, 9], decommissioned: false, waves: [] })).toEqual([1, 3, 4]);
  });

  test("are those of the waves that are released", () => {
    const waves = [
      { id: "2026-2", workSite: 2026, seats: "4-6", released: false },
      { id: "2026-1", workSite: 2026, seats: "1-3", released: true },
      { id: "2027-1", workSite: 2027, seats: "7-8", released: true },
    ];
    expect(seatNumbers({ seats: 8, retired: [2, 5], decommissioned: false, waves })).toEqual([1, 3, 7, 8]);
    expect(shardsOf(cityWith(4), { ...poolWith(8, [2, 5]), waves })).toEqual([
      { number: 1, seats: ["sa-ana-0001", "sa-ana-0003"], removed: ["sa-ana-0002"] },
      { number: 2, seats: ["sa-ana-0007", "sa-ana-0008"], removed: ["sa-ana-0005"] },
    ]);
  });

  test("are none where the pool is decommissioned", () => {
    expect(seatNumbers({ seats: 5, retired: [2], decommissioned: true, waves: [] })).toEqual([]);
  });

  test("keep name and stack when the pool grows", () => {
    fc.assert(
      fc.property(sizes, sizes, retirements, stackSizes, (seats, more, retired, seatsPerStack) => {
        const city = cityWith(seatsPerStack);
        const before = places(city, poolWith(seats, retired));
        const after = places(city, poolWith(seats + more, retired));
        expect([...before].filter(([seat, shard]) => after.get(seat) !== shard)).toEqual([]);
      }),
    );
  });

  test("keep name and stack when another seat retires", () => {
    fc.assert(
      fc.property(sizes, retirements, stackSizes, sizes, (seats, retired, seatsPerStack, gone) => {
        const city = cityWith(seatsPerStack);
        const before = places(city, poolWith(seats, retired));
        const after = places(city, poolWith(seats, [...retired, gone]));
        const { city: identity } = city;
        const left = seatName(identity.code, poolWith(1, []).code, gone);
        expect([...after]).toEqual([...before].filter(([seat]) => seat !== left));
      }),
    );
  });

  test("are each in exactly one stack, in stacks of bounded size", () => {
    fc.assert(
      fc.property(sizes, retirements, stackSizes, (seats, retired, seatsPerStack) => {
        const pool = poolWith(seats, retired);
        const shards = shardsOf(cityWith(seatsPerStack), pool);
        const names = shards.flatMap((shard) => shard.seats);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toEqual(seatNumbers(pool).map((number) => seatName("sa", pool.code, number)));
        expect(shards.every((shard) => shard.seats.length <= seatsPerStack)).toBe(true);
      }),
    );
  });

  test("never lose a stack: whoever retires, all of them or the pool itself, the same ones are there", () => {
    fc.assert(
      fc.property(sizes, retirements, stackSizes, fc.boolean(), (seats, retired, seatsPerStack, decommissioned) => {
        const city = cityWith(seatsPerStack);
        const numbers = (pool: Pool): number[] => shardsOf(city, pool).map(({ number }) => number);
        const full = numbers(poolWith(seats, []));
        expect(full).toEqual(Array.from({ length: Math.ceil(seats / seatsPerStack) }, (_, index) => index + 1));
        expect(numbers({ ...poolWith(seats, retired), decommissioned })).toEqual(full);
      }),
    );
  });

  test("leave an empty stack behind where all of it are retired or the pool is decommissioned", () => {
    const pool = poolWith(4, [1, 2]);
    expect(shardsOf(cityWith(2), pool)).toEqual([
      { number: 1, seats: [], removed: ["sa-ana-0001", "sa-ana-0002"] },
      { number: 2, seats: ["sa-ana-0003", "sa-ana-0004"], removed: [] },
    ]);
    expect(shardsOf(cityWith(2), { ...pool, decommissioned: true }).map(({ seats }) => seats)).toEqual([[], []]);
  });

  test("are 250 a stack unless the file says otherwise: another default would move deployed seats", () => {
    expect(platformSchema.parse({ ...sampleCity().platform, seatsPerStack: undefined }).seatsPerStack).toBe(250);
  });
});
