import { describe, expect, test } from "@jest/globals";
import { count, listed, nearest, quoted, shortened } from "../../environments/display";

describe("a shown text", () => {
  test("has no character that a terminal obeys or hides", () => {
    expect(quoted("a\u001b[2J\n\u202e\u2028\u200b\ud800")).toBe(
      '"a\\u{1b}[2J\\u{a}\\u{202e}\\u{2028}\\u{200b}\\u{d800}"',
    );
  });

  test("keeps the letters of names", () => {
    expect(quoted("Città di Milano – Servizi")).toBe('"Città di Milano – Servizi"');
  });

  test("has at most 60 characters, escapes counted", () => {
    expect(shortened("x".repeat(60))).toBe("x".repeat(60));
    expect(shortened("x".repeat(61))).toBe(`${"x".repeat(57)}...`);
    expect(shortened("\0".repeat(60))).toHaveLength(60);
  });
});

describe("a count", () => {
  test("has its noun in the singular for one alone, and thousands apart", () => {
    expect([0, 1, 15000].map((number) => count(number, "seat"))).toEqual(["0 seats", "1 seat", "15,000 seats"]);
  });
});

describe("a list of choices", () => {
  test("reads as a sentence does", () => {
    expect(listed([])).toBe("nothing");
    expect(listed(["a"])).toBe('"a"');
    expect(listed(["a", "b", "c"])).toBe('"a", "b" or "c"');
  });

  test("is cut off after twelve", () => {
    const names = Array.from({ length: 20 }, (_, index) => `n${String(index)}`);
    expect(listed(names)).toMatch(/^"n0", .*"n11" and 8 more$/);
  });
});

describe("the nearest choice", () => {
  test("is the one with the fewest edits, in whatever case", () => {
    expect(nearest("Seat", ["name", "seats", "segment"])).toBe("seats");
  });

  test("is none where all are far", () => {
    expect(nearest("password", ["name", "seats"])).toBeUndefined();
    expect(nearest("x", ["ab"])).toBeUndefined();
  });
});
