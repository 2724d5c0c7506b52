import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { currentAssignments } from "../../../environments/seats/assignments";
import { loadCities, loadFiles } from "../../../environments/load";
import { applyOverlay } from "../../../environments/overlay";
import { edited } from "../../fixtures/city-edits";
import { CITY_FILES, MILAN, SMALL, assignmentsCsv, load, milanAssigning } from "../../fixtures/city-files";
import { sampleCity } from "../../fixtures/sample-city";
import { runs } from "../../fixtures/soak";

const [FILE] = CITY_FILES;

describe("a city's assignments", () => {
  test("are the rows of its CSV file, each with its line", () => {
    const csv = `# a comment, with a comma\n\n${assignmentsCsv("mi-ana-0001,MI900001,tecnica,2026-01-01,", "# one more", "mi-tec-0620,MI900002,tecnica,2026-01-01,2027-01-31")}`;
    const { cities } = load({ "city.yaml": MILAN, "milan.assignments.csv": csv });
    expect(cities[0]?.assignments).toEqual([
      { seat: "mi-ana-0001", staff: "MI900001", directorate: "tecnica", from: "2026-01-01", to: undefined, line: 4 },
      { seat: "mi-tec-0620", staff: "MI900002", directorate: "tecnica", from: "2026-01-01", to: "2027-01-31", line: 6 },
    ]);
  });

  test("are none where no file is named, and where the file has its header alone", () => {
    expect(sampleCity().assignments).toEqual([]);
    expect(milanAssigning([])).toEqual([]);
  });

  test("are read where the last line does not end", () => {
    const csv = assignmentsCsv("mi-ana-0001,MI900001,tecnica,2026-01-01,").trimEnd();
    expect(load({ "city.yaml": MILAN, "milan.assignments.csv": csv }).cities[0]?.assignments).toHaveLength(1);
  });

  test("have places in the CSV file", () => {
    const [file] = loadFiles([FILE]);
    if (file === undefined) throw new Error("no city");
    const place = file.placeOf;
    const csv = FILE.replace(".yaml", ".assignments.csv");
    expect(place(["assignments", 1, "staff"])).toEqual({ file: csv, line: 3, column: 13 });
    expect(place(["assignments", 1])).toEqual({ file: csv, line: 3, column: 1 });
    expect(place(["assignments"])).toMatchObject({ file: FILE, column: 14 });
  });

  test("are in the lab those of the seats that it has", () => {
    const [city] = loadCities([FILE]);
    if (city === undefined) throw new Error("no city");
    const endpoints = { vsphere: "127.0.0.1:1", vault: "http://127.0.0.1:2", issuer: "http://127.0.0.1:3" };
    const lab = applyOverlay(city, { endpoints: { milan: endpoints }, providers: {}, seatsPerPool: 2 });
    const seats = lab.assignments.map(({ seat }) => seat);
    expect(seats).toEqual(["mi-ana-0002", "mi-tec-0002", "mi-pol-0002", "mi-sop-0002"]);
  });
});

describe("currentAssignments", () => {
  const row = (seat: string, from: string, to?: string) => ({
    seat,
    staff: "MI900001",
    directorate: "a",
    from,
    to,
    line: 2,
  });

  test("has who holds a seat on the day asOf, its first and last day included", () => {
    const assignments = [
      row("past", "2026-01-01", "2026-11-23"),
      row("ends", "2026-01-01", "2026-11-24"),
      row("begins", "2026-11-24"),
      row("future", "2026-11-25"),
    ];
    const current = currentAssignments({ asOf: "2026-11-24", assignments });
    expect([...current.keys()]).toEqual(["ends", "begins"]);
    expect(current.get("begins")).toBe(assignments[2]);
  });
});

describe("a row", () => {
  test("is said with the place of every cell that is wrong, all at once", () => {
    const rows = ["mi-ana-1,mi900001,Tecnica,2026-02-30,2027/01/01", "mi-ana-0001,MI900001,tecnica,2026-01-01,"];
    expect(milanAssigning([...rows, "x,,,,"])).toEqual([
      '2:1: seat: "mi-ana-1" does not have the right form; allowed: a seat\'s full name such as mi-ana-0017; repair: correct it',
      "2:10: staff: it does not have the right form, and is not repeated here as it may be a name; allowed: a staff number " +
        "of two capitals and six digits such as MI900417, never a person's name; repair: write the person's staff number",
      '2:19: directorate: "Tecnica" does not have the right form; allowed: the id of a directorate such as servizi-civici; ' +
        "repair: write tecnica",
      '2:27: from: "2026-02-30" does not have the right form; allowed: its first day such as 2026-11-24; repair: correct it',
      '2:38: to: "2027/01/01" does not have the right form; allowed: its last day such as 2027-12-31, or nothing where it ' +
        "has no end; repair: write 2027-01-01",
      '4:1: seat: "x" does not have the right form; allowed: a seat\'s full name such as mi-ana-0017; repair: correct it',
      expect.stringContaining("4:3: staff: it is empty; allowed: a staff number"),
      expect.stringContaining("4:4: directorate: it is empty; allowed: the id"),
      expect.stringContaining("4:5: from: it is empty; allowed: its first day"),
    ]);
  });

  test.each([
    ["a name", "Maria Rossi"],
    ["a tax code", "RSSMRA80A01F205X"],
    ["a passport's number", "YA1234567"],
    ["an identity card's number", "CA12345AB"],
    ["an address", "maria.rossi@comune.milano.example"],
  ])("has no place for %s as a staff number, and does not show it", (_, staff) => {
    const said = milanAssigning([`mi-ana-0001,${staff},tecnica,2026-01-01,`]);
    expect(said).toEqual([expect.stringContaining("2:13: staff: it does not have the right form")]);
    expect(said.join("")).not.toContain(staff);
  });

  test("is said together with what is wrong in the city's own file, each in its own", () => {
    const csv = assignmentsCsv("mi-ana-0001,MI900001,tecnica,2026-01-01,soon");
    const { violations } = load({
      "city.yaml": edited(MILAN, { "network.switch.mtu": 9 }),
      "milan.assignments.csv": csv,
    });
    expect(violations.map(({ file, path, value }) => [file, path, value])).toEqual([
      ["city.yaml", "network.switch.mtu", "9"],
      ["milan.assignments.csv", "to", "soon"],
    ]);
  });

  test("that is right is held against the rules beside one that is wrong", () => {
    expect(milanAssigning(["mi-ana-9999,MI900001,tecnica,2026-01-01,", "x"])).toEqual([
      expect.stringContaining('2:1: seat: "mi-ana-9999" was not issued'),
      expect.stringContaining("3:1: the line has 1 cell;"),
    ]);
  });

  test("keeps its place after characters of two code units and carriage returns", () => {
    const csv = `# 𝄞\r\n${assignmentsCsv("\ud834\udd1e,MI900001,tecnica,2026-01-01,soon").replaceAll("\n", "\r\n")}`;
    const { violations } = load({ "city.yaml": MILAN, "milan.assignments.csv": csv });
    expect(violations.map(({ line, column, rule }) => [line, column, rule])).toEqual([
      [1, 5, "line-ends"],
      [3, 1, "wrong-form"],
      [3, 32, "wrong-form"],
    ]);
  });
});

describe("assignments of one seat", () => {
  /** Periods of 1 to 60 days in 2027, of people each of whom has one. */
  const periods = fc.array(fc.tuple(fc.nat(120), fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 8 });
  const day = (number: number) => new Date(Date.UTC(2027, 0, 1 + number)).toISOString().slice(0, 10);

  test("are let pass exactly where no day has two holders", () => {
    fc.assert(
      fc.property(periods, (drawn) => {
        const rows = drawn.map(
          ([from, length], index) => `sa-ana-0001,MI90000${String(index)},anagrafe,${day(from)},${day(from + length)}`,
        );
        const days = drawn.flatMap(([from, length]) => Array.from({ length: length + 1 }, (_, index) => from + index));
        const files = { "city.yaml": SMALL, "milan.assignments.csv": assignmentsCsv(...rows) };
        expect(load(files).violations.length > 0).toBe(new Set(days).size < days.length);
      }),
      { numRuns: runs(60) },
    );
  }, 60_000);
});

describe("a large file", () => {
  test("of every seat of a pool is read whole", () => {
    const rows = Array.from({ length: 2800 }, (_, index) => {
      const seat = `mi-pol-${String(index + 1).padStart(4, "0")}`;
      return `${seat},MI${String(100_000 + index)},polizia-locale,2026-01-01,`;
    });
    expect(milanAssigning(rows)).toEqual([]);
  });

  test("that is wrong in every line says a thousand mistakes, and that it stopped", () => {
    const csv = assignmentsCsv("a,b,c,d\n".repeat(20_000));
    const { violations } = load({ "city.yaml": MILAN, "milan.assignments.csv": csv });
    expect(violations).toHaveLength(1001);
    expect(violations.at(-1)).toMatchObject({
      line: 1002,
      message: "there are more than 1,000 violations; the others are not told",
    });
  }, 60_000);
});
