import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { areSafe, isSafe, seatTable, THRESHOLD } from "../../../reports/public/disclosure";
import type { SeatCell, Seats, SeatTable } from "../../../reports/public/disclosure";
import { runs } from "../../fixtures/soak";

const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 3000 }));
const seats = fc.tuple(size, size).map(([a, b]) => ({ planned: Math.max(a, b), released: Math.min(a, b) }));
const city = fc.record({
  cells: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom(2025, 2026, 2027, null), seats)
      .map(([directorate, workSite, own]): SeatCell => ({ directorate, workSite, ...own })),
    { minLength: 1, maxLength: 14, selector: ({ directorate, workSite }) => `${directorate} ${String(workSite)}` },
  ),
  people: fc.array(size, { minLength: 5, maxLength: 5 }),
});

function tableOf({ cells, people }: { cells: readonly SeatCell[]; people: readonly number[] }): SeatTable {
  return seatTable(cells, new Map(["a", "b", "c", "d", "e"].map((name, index) => [name, people[index] ?? 0])));
}

function sum(all: readonly Seats[]): Seats {
  const of = (key: keyof Seats): number => all.reduce((total, one) => total + one[key], 0);
  return { planned: of("planned"), released: of("released") };
}

describe("a published table", () => {
  test("has no number that points at a person, and none follows from the others", () => {
    fc.assert(
      fc.property(city, (random) => {
        const { rows, total, columns } = tableOf(random);
        if (total === null) return;
        const all = [...rows, total].flatMap((row) => [...row.cells, row.total]);
        expect(all.filter((one) => !areSafe(one))).toEqual([]);
        // What is left of a sum without some of its parts is the sum of at least one safe row or column.
        for (const [index] of columns.entries()) {
          const named = rows
            .filter(({ directorate }) => directorate !== null)
            .map(({ cells }) => cells[index] ?? { planned: 1, released: 1 });
          const left = (total.cells[index]?.planned ?? 0) - sum(named).planned;
          expect(isSafe(left)).toBe(true);
        }
        expect(isSafe(total.total.planned - sum(total.cells).planned)).toBe(true);
      }),
      { numRuns: runs(400) },
    );
  });

  test("sums up to what the plan has, and takes together none or at least two", () => {
    fc.assert(
      fc.property(city, (random) => {
        const { rows, total, together } = tableOf(random);
        if (total === null) return;
        expect(total.total).toEqual(sum(random.cells));
        expect(sum(rows.map((row) => row.total))).toEqual(total.total);
        const present = new Set(random.cells.map(({ directorate }) => directorate)).size;
        expect(together === 1 && present > 1).toBe(false);
      }),
      { numRuns: runs(400) },
    );
  });

  test("names no directorate of fewer people than the threshold, whatever seats it has", () => {
    fc.assert(
      fc.property(city, ({ cells, people }) => {
        const { rows } = tableOf({ cells, people: [3, ...people.slice(1)] });
        expect(rows.map(({ directorate }) => directorate)).not.toContain("a");
      }),
      { numRuns: runs(200) },
    );
  });
});

test("a directorate of three people is summed up with the smallest other", () => {
  const cells = [
    { directorate: "a", workSite: null, planned: 3, released: 3 },
    { directorate: "b", workSite: null, planned: 400, released: 400 },
    { directorate: "c", workSite: null, planned: 40, released: 40 },
  ];
  const { rows, together } = tableOf({ cells, people: [3, 500, 50, 0, 0] });
  expect(rows.map(({ directorate, total }) => [directorate, total.planned])).toEqual([
    ["b", 400],
    [null, 43],
  ]);
  expect([together, THRESHOLD]).toEqual([2, 5]);
});

test("a work site of two seats joins the one before", () => {
  const cells = [
    { directorate: "a", workSite: 2026, planned: 100, released: 100 },
    { directorate: "a", workSite: 2027, planned: 2, released: 0 },
  ];
  const table = tableOf({ cells, people: [200, 0, 0, 0, 0] });
  expect(table.total).toBeNull();
  expect(
    tableOf({
      cells: [...cells, { directorate: "b", workSite: 2026, planned: 50, released: 40 }],
      people: [200, 90, 0, 0, 0],
    }),
  ).toMatchObject({
    columns: [[2026, 2027]],
    rows: [{ directorate: null, total: { planned: 152, released: 140 } }],
  });
});
