import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readings } from "../../../environments/reading/typed-number";
import { textEdit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";
import { runs } from "../../fixtures/soak";

const WHOLE = "a whole number from 1 to 9999";
const AMOUNT = "a number of at least 0, with at most two decimals";
const UNUSUAL = "is a number in unusual notation";

function seats(written: string): string[] {
  return milanWith(textEdit("seats: 1450", `seats: ${written}`));
}

function price(written: string): string[] {
  return milanWith(textEdit("cpu: 3.20", `cpu: ${written}`));
}

describe("a whole number that nobody can tell", () => {
  test.each(["1²", "½", "1½", "①", "٥٠", "1:00", "24:10", "2900/2", "~1450", "1450-1500", "MCDL", "1450 posti"])(
    "is refused without a guess: %s",
    (written) => {
      expect(seats(written)).toEqual([
        expect.stringContaining(`"${written}" is text; allowed: ${WHOLE}; repair: write ${WHOLE} (`),
      ]);
    },
  );
});

describe("a whole number as people type it", () => {
  test.each([
    ["4.000", "4.000 may mean 4000 or 4", "write 4000"],
    ["1.450", "1.450 may mean 1450 or 1.45", "write 1450"],
    ["4.0", "4.0 has a decimal point", "write 4"],
    ["1450.00", "1450.00 has a decimal point", "write 1450"],
    ["1e3", `1e3 ${UNUSUAL}`, "write 1000"],
    ["0o17", `0o17 ${UNUSUAL}`, "write 15"],
    ["017", `017 ${UNUSUAL}`, "write 17"],
    ["0x1F", `0x1F ${UNUSUAL}`, "write 31"],
    ["+5", `+5 ${UNUSUAL}`, "write 5"],
    ["5.", `5. ${UNUSUAL}`, "write 5"],
    ["4,000", '"4,000" is text', "write 4000 without quotes"],
    ["4 000", '"4 000" is text', "write 4000 without quotes"],
    ["4\u202f000", '"4\u202f000" is text', "write 4000 without quotes"],
    ["4'000", `"4'000" is text`, "write 4000 without quotes"],
    ["1_000", '"1_000" is text', "write 1000 without quotes"],
    ["４０００", '"４０００" is text', "write 4000 without quotes"],
    ["1.450,00", '"1.450,00" is text', "write 1450 without quotes"],
    ['"4.000"', '"4.000" is text', "write 4000 without quotes"],
    ["+1_450", '"+1_450" is text', "write 1450 without quotes"],
    ["'0x1F'", '"0x1F" is text', "write 31 without quotes"],
  ])("is refused with what was meant where it is written %s", (written, message, repair) => {
    expect(seats(written)).toEqual([`pools[name=anagrafe].seats: ${message}; allowed: ${WHOLE}; repair: ${repair}`]);
  });

  test.each(["4.5", ".5", "12.000", "1.234.567", ".inf", ".nan", "-0", "4,5", "4.00.0"])(
    "is refused, and nothing proposed that would be refused next, where it is written %s",
    (written) => {
      expect(seats(written)).toEqual([expect.stringContaining(`repair: write ${WHOLE} (`)]);
    },
  );

  test.each([
    ["diskGib: 80", "diskGib: 8GiB", "write 8 without quotes"],
    ["diskGib: 80", "diskGib: 8 GB", "write 8 without quotes"],
    ["diskGib: 80", "diskGib: 81920 MiB", "write 80 without quotes"],
    ["diskGib: 80", "diskGib: 0.5 TB", "write 512 without quotes"],
    ["secrets:\n", "secrets:\n  certificateDays: 30 giorni\n", "write 30 without quotes"],
    ["secrets:\n", "secrets:\n  loginMinutes: 0.5h\n", "write 30 without quotes"],
  ])("is refused with the number in the key's unit: %s, %s", (from, to, repair) => {
    expect(milanWith(textEdit(from, to))).toEqual([expect.stringContaining(`repair: ${repair}`)]);
  });

  test("is refused without a guess where the unit is another kind's", () => {
    expect(milanWith(textEdit("diskGib: 80", "diskGib: 8 min"))).toEqual([
      expect.stringContaining("repair: write a whole number"),
    ]);
  });

  test("is refused in lists and among seat ranges too", () => {
    expect(milanWith(textEdit("seats: 1450", "seats: 1450\n    retired: [1.211]"))).toEqual([
      expect.stringContaining("write 1211"),
    ]);
    expect(milanWith(textEdit("seats: 1-2400", "seats: 1 - 2.400"))).toEqual([
      expect.stringContaining('write "1-2400"'),
    ]);
  });

  test("is said beside everything else that is wrong", () => {
    expect(milanWith(textEdit("seats: 1450", "seats: 4.000"), textEdit("seats: 620", "sets: 620"))).toEqual([
      expect.stringContaining("write 4000"),
      expect.stringContaining('the key "seats" is missing'),
      expect.stringContaining('unknown key "sets"'),
    ]);
  });
});

describe("an amount as people type it", () => {
  test.each(["3.20", "3", "0.5", "0.500", "6382308.62", "3.2000"])("is taken where it is written %s", (written) => {
    expect(price(written)).toEqual([]);
  });

  // In an amount 4.000 may be four thousand, as in Italy, or four: nobody but whoever typed it knows.
  test.each([
    ["4.000", "4.000 may mean 4000 or 4", "write 4000, or 4 if that is meant"],
    ["12.345", "12.345 may mean 12345 or 12.345", "write 12345"],
    ["3,20", '"3,20" is text', "write 3.20 without quotes"],
    ["4,000", '"4,000" is text', "write 4000 without quotes, or 4 if that is meant"],
    ["6.382.308,62", '"6.382.308,62" is text', "write 6382308.62 without quotes"],
    ["6,382,308.62", '"6,382,308.62" is text', "write 6382308.62 without quotes"],
    ["€ 3,20", '"€ 3,20" is text', "write 3.20 without quotes"],
    ["3,20 EUR", '"3,20 EUR" is text', "write 3.20 without quotes"],
    [".5", `.5 ${UNUSUAL}`, "write 0.50"],
  ])("is refused with what was meant where it is written %s", (written, message, repair) => {
    expect(price(written)).toEqual([`prices.cpu: ${message}; allowed: ${AMOUNT}; repair: ${repair}`]);
  });

  test("is refused in braces, where its comma ends it", () => {
    const found = milanWith(textEdit("programmed: 6382308.62", "programmed: 6382308,62"));
    expect(found).toContainEqual(
      expect.stringContaining("repair: write a decimal point in place of the comma before it"),
    );
  });
});

describe("for every number", () => {
  const number = fc.nat(9_999_999);
  const grouped = (value: number, separator: string): string => value.toLocaleString("en").replaceAll(",", separator);

  test.each([".", ",", " ", "\u00a0", "\u202f", "'", "_"])("groups of thousands by %j mean it first", (separator) => {
    fc.assert(
      fc.property(number, (value) => {
        expect(readings(grouped(value, separator))[0]).toBe(value);
      }),
    );
  });

  test("its hexadecimal, octal and binary forms mean it", () => {
    fc.assert(
      fc.property(number, fc.constantFrom([16, "0x"], [8, "0o"], [2, "0b"] as const), (value, [base, prefix]) => {
        expect(readings(`${prefix}${value.toString(base)}`)).toEqual([value]);
      }),
    );
  });

  test("an Italian amount means it", () => {
    const amount = fc.tuple(number, fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(amount, ([whole, cents]) => {
        const decimals = String(cents).padStart(2, "0");
        expect(readings(`${grouped(whole, ".")},${decimals}`)).toEqual([Number(`${String(whole)}.${decimals}`)]);
      }),
    );
  });

  test("plain digits are taken where a whole number is wanted, and every other form is refused", () => {
    const form = fc.constantFrom(
      (value: number) => String(value),
      (value: number) => grouped(value, "."),
      (value: number) => `${String(value)}.0`,
      (value: number) => `0${String(value)}`,
      (value: number) => `+${String(value)}`,
      (value: number) => value.toExponential(),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000 }), form, (value, write) => {
        const written = write(value);
        const found = milanWith(textEdit("staff: 4350", `staff: ${written}`));
        const repairs = found.map((line) => line.slice(line.indexOf("repair: ")));
        expect(repairs).toEqual(written === String(value) ? [] : [`repair: write ${String(value)}`]);
      }),
      { numRuns: runs(40) },
    );
  });
});
