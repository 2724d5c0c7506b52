import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { milanAssigning } from "../../fixtures/city-files";

const WHOLE = "MI900001,servizi-civici,2026-01-01,";

/** What is said of a seat in the second line. */
function seat(name: string, ...edits: readonly Edit[]): string[] {
  return milanAssigning([`${name},${WHOLE}`], ...edits);
}

describe("assignment-seat", () => {
  test("lets pass the first and the last seat of a dedicated pool", () => {
    expect(milanAssigning([`mi-ana-0001,${WHOLE}`, "mi-ana-1450,MI900002,servizi-civici,2026-01-01,"])).toEqual([]);
  });

  test("is broken by a seat of no pool, and says what names begin with", () => {
    expect(seat("mi-xyz-0001")).toEqual([
      '2:1: seat: "mi-xyz-0001" is a seat of no pool; allowed: a name that begins with "mi-ana-", "mi-tec-", "mi-pol-" or ' +
        '"mi-sop-"; repair: correct the seat\'s name or take the line out',
    ]);
  });

  test.each([
    ["another city's seat", "ct-ana-0001", '"ct-ana-0001" is a seat of no pool;'],
    ["a floating pool's seat", "mi-edu-0001", '"mi-edu-0001" is a seat of the floating pool "educazione";'],
    ["the number 0", "mi-ana-0000", '"mi-ana-0000" was not issued; allowed: numbers from 1 to 1450,'],
    ["a number above the pool's", "mi-ana-1451", '"mi-ana-1451" was not issued; allowed: numbers from 1 to 1450,'],
  ])("is broken by %s", (_, name, message) => {
    expect(seat(name)).toEqual([expect.stringContaining(`2:1: seat: ${message}`)]);
  });

  test("is broken by a seat that was retired", () => {
    const said = seat("mi-ana-0007", { "pools.anagrafe.+retired": [7] });
    expect(said).toEqual([expect.stringContaining('"mi-ana-0007" is retired;')]);
  });

  test("is broken by a seat of a pool that was decommissioned", () => {
    const said = seat("mi-tec-0007", { "pools.tecnica.+decommissioned": true });
    expect(said).toEqual([expect.stringContaining('is a seat of the decommissioned pool "tecnica";')]);
  });
});

describe("assignment-once", () => {
  test("lets a seat pass on, the day after", () => {
    const rows = ["mi-ana-0001,MI900002,servizi-civici,2026-07-01,", `mi-ana-0001,${WHOLE}2026-12-31`];
    expect(milanAssigning([rows[0]?.replace("2026-07-01", "2027-01-01") ?? "", rows[1] ?? ""])).toEqual([]);
  });

  test("is broken by two holders on one day, at the line of the later one", () => {
    const later = "mi-ana-0001,MI900002,servizi-civici,2026-12-31,";
    expect(milanAssigning([later, `mi-ana-0001,${WHOLE}2026-12-31`])).toEqual([
      '2:1: seat: "mi-ana-0001" is held by MI900001 from 2026-01-01 to 2026-12-31 (line 3); allowed: a seat has one holder ' +
        "at a time, and the next one's first day is after the last day of the one before; repair: take one of the two lines " +
        "out, or end the first before the second begins",
    ]);
  });

  test("is broken by everyone who comes within a long period, not only by the next", () => {
    const rows = [
      `mi-ana-0001,${WHOLE}`,
      "mi-ana-0001,MI900002,servizi-civici,2026-02-01,2026-12-31",
      "mi-ana-0001,MI900003,servizi-civici,2027-02-01,",
    ];
    expect(milanAssigning(rows)).toEqual([
      expect.stringContaining('3:1: seat: "mi-ana-0001" is held by MI900001 from 2026-01-01 without end (line 2)'),
      expect.stringContaining('4:1: seat: "mi-ana-0001" is held by MI900001 from 2026-01-01 without end (line 2)'),
    ]);
  });
});

describe("assignment-staff-once", () => {
  test("lets whoever changes seats have the new one from the day after", () => {
    const rows = [`mi-ana-0001,${WHOLE}2026-12-31`, "mi-tec-0001,MI900001,tecnica,2027-01-01,"];
    expect(milanAssigning(rows)).toEqual([]);
  });

  test("is broken by two seats at a time", () => {
    expect(milanAssigning([`mi-ana-0001,${WHOLE}`, "mi-tec-0001,MI900001,tecnica,2026-06-01,"])).toEqual([
      '3:13: staff: "MI900001" holds mi-ana-0001 from 2026-01-01 without end (line 2); allowed: a staff number holds one ' +
        "seat at a time; repair: take one of the two lines out, or end the first before the second begins",
    ]);
  });
});

describe("assignment-directorate", () => {
  test("lets another directorate's person have a seat of a pool", () => {
    expect(milanAssigning(["mi-ana-0001,MI900001,tecnica,2026-01-01,"])).toEqual([]);
  });

  test("is broken by one that is not declared", () => {
    expect(milanAssigning(["mi-ana-0001,MI900001,tecnic,2026-01-01,"])).toEqual([
      expect.stringMatching(/^2:22: directorate: "tecnic" names no directorate; .*; repair: write "tecnica"$/),
    ]);
  });
});

describe("assignment-dates", () => {
  test("lets a seat be held on the very day asOf, for one day, and later", () => {
    const rows = ["mi-ana-0001,MI900001,tecnica,2026-11-24,2026-11-24", "mi-ana-0002,MI900002,tecnica,2030-01-01,"];
    expect(milanAssigning(rows)).toEqual([]);
  });

  test("is broken by an end before the beginning", () => {
    expect(milanAssigning(["mi-ana-0001,MI900001,tecnica,2027-01-02,2027-01-01"])).toEqual([
      "2:41: to: its last day 2027-01-01 is before its first, 2027-01-02; allowed: an assignment does not end before it " +
        "begins, nor before asOf; repair: correct the dates",
    ]);
  });

  test("is broken by a row that is past", () => {
    expect(milanAssigning(["mi-ana-0001,MI900001,tecnica,2026-01-01,2026-11-23"])).toEqual([
      expect.stringMatching(
        /^2:41: to: it ended on 2026-11-23, before asOf 2026-11-24; .*; repair: take the line out$/,
      ),
    ]);
  });
});

describe("assignment-quota", () => {
  const two: Edit = { "directorates.servizi-civici.+quota": 2 };
  const rows = [
    "mi-ana-0001,MI900001,servizi-civici,2026-01-01,2026-12-31",
    "mi-ana-0002,MI900002,servizi-civici,2026-02-01,",
    "mi-ana-0003,MI900003,servizi-civici,2027-01-01,",
  ];

  test("lets a seat be given on when another was given back the day before", () => {
    expect(milanAssigning(rows, two)).toEqual([]);
  });

  test("is broken on the first day that one seat more is held, once a directorate", () => {
    const more = [
      ...rows,
      "mi-ana-0005,MI900005,servizi-civici,2027-03-01,",
      "mi-ana-0004,MI900004,servizi-civici,2027-02-01,",
    ];
    expect(milanAssigning(more, two)).toEqual([
      "6:22: directorate: it is one more than the quota of 2 seats on 2027-02-01; allowed: on no day a directorate's people " +
        "hold more seats than its quota, by default its staff; repair: take lines out, end some sooner, or raise the " +
        "directorate's quota",
    ]);
  });

  test("is broken by any seat where the quota is 0", () => {
    const none: Edit = { "directorates.tecnica.+quota": 0 };
    expect(milanAssigning(["mi-ana-0001,MI900001,tecnica,2026-01-01,"], none)).toHaveLength(1);
  });

  test("has the directorate's staff for a default", () => {
    const given = rows.map((row) => row.replace("servizi-civici", "tecnica").replace("2026-12-31", ""));
    const staff: Edit[] = [{ "directorates.tecnica.staff": 2 }];
    expect(milanAssigning(given, ...staff).filter((line) => line.includes("quota of 2 seats"))).toHaveLength(1);
  });
});
