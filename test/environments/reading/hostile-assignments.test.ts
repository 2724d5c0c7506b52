import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatViolation } from "../../../environments/violation";
import { edited, textEdit } from "../../fixtures/city-edits";
import { SMALL, assignmentsCsv, load, loadPaths, milanWith } from "../../fixtures/city-files";
import { mutatedBytes } from "../../fixtures/mutations";
import { runs } from "../../fixtures/soak";

const HEADER = "seat,staff,directorate,from,to\n";
const ROW = "sa-ana-0001,MI900001,anagrafe,2026-01-01,\n";
/** What a city has: comments, a blank line, people who come and who are gone. */
const CSV = `# who has which seat\n\n${assignmentsCsv(
  "sa-ana-0001,MI900001,anagrafe,2026-01-01,",
  "# more",
  "sa-ana-0003,MI900002,anagrafe,2026-01-01,2026-10-31",
  "sa-ana-0003,MI900003,anagrafe,2026-11-01,",
)}`;
const LARGEST = 16 * 1024 * 1024;
const CONTROL = /\p{Cc}/u;
let folder: string;
let place: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hostile-assignments-"));
  writeFileSync(join(folder, "milan.yaml"), SMALL);
  place = join(folder, "milan.assignments.csv");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is said where something else stands in the CSV file's place. */
function linesWhere(put: () => void): string[] {
  rmSync(place, { recursive: true, force: true });
  put();
  return loadPaths([join(folder, "milan.yaml")]).violations.map(formatViolation);
}

/** What is said of a CSV file with such bytes. */
function linesOf(content: string | Uint8Array): string[] {
  return load({ "city.yaml": SMALL, "milan.assignments.csv": content }).violations.map(formatViolation);
}

describe("what is not a readable CSV file", () => {
  test("is refused where it is not there", () => {
    expect(linesWhere(() => undefined)).toEqual([
      "milan.assignments.csv:1:1: there is no such file; allowed: a file that this user can read; repair: correct the " +
        "file's name or make the file",
    ]);
  });

  test("is refused where it is a directory", () => {
    const put = () => {
      mkdirSync(place);
    };
    expect(linesWhere(put)).toEqual([
      "milan.assignments.csv:1:1: it is a directory; allowed: a regular file; repair: name a city's CSV file of assignments",
    ]);
  });

  test.each(["/etc/passwd", "milan.yaml", "/dev/zero", "nowhere"])(
    "is refused where it is a symbolic link to %s, of which nothing is shown",
    (target) => {
      const put = () => {
        symlinkSync(target, place);
      };
      expect(linesWhere(put)).toEqual([
        "milan.assignments.csv:1:1: it is a symbolic link; allowed: a regular file; repair: name a city's CSV file of " +
          "assignments",
      ]);
    },
  );

  test.each([
    "../milan.assignments.csv",
    "/etc/passwd.csv",
    "a/b.csv",
    "..csv",
    ".csv",
    "a\\\\b.csv",
    "a.txt",
    "a.csv/",
  ])("is refused where its name is %s", (name) => {
    expect(milanWith(textEdit("milan.assignments.csv", `"${name}"`))).toEqual([
      expect.stringMatching(/^assignments: .* does not have the right form; allowed: the plain name of a CSV file/),
    ]);
  });

  test("is refused by its size alone", () => {
    expect(linesOf(Buffer.alloc(LARGEST + 1))).toEqual([
      "milan.assignments.csv:1:1: it has 16777217 bytes; allowed: at most 16777216 bytes; repair: check that it is a city's " +
        "CSV file of assignments",
    ]);
  });

  test("is refused by its lines alone", () => {
    expect(linesOf(HEADER + "\n".repeat(200_000))).toEqual([
      "milan.assignments.csv:200001:1: it has more than 200,000 lines; allowed: at most 200,000 lines; repair: check that " +
        "it is the right file",
    ]);
  });
});

describe("what is not the text of a CSV file", () => {
  test.each<[what: string, content: string | Uint8Array, said: string]>([
    ["nothing", "", "1:1: the file has no header; allowed: seat,staff,directorate,from,to; repair: write the header"],
    ["comments and blank lines alone", "# a\n\n", "1:1: the file has no header"],
    ["binary", Buffer.from([0x50, 0x4b, 3, 4, 0xff]), "1:5: its bytes are not UTF-8"],
    [
      "a null byte",
      `${HEADER}sa-ana\0-0001`,
      "2:7: the character \\u{0} cannot be seen; allowed: text, line ends and tabs",
    ],
    ["a mark that turns text around", `${HEADER}\u202e`, "2:1: the character \\u{202e} cannot be seen"],
    ["a byte order mark", `\uFEFF${HEADER}`, "1:1: it begins with a byte order mark"],
    [
      "carriage returns",
      HEADER.replace("\n", "\r\n"),
      "1:31: the line has a carriage return; allowed: line ends of LF alone",
    ],
    ["no header", ROW, "1:1: the first line is not the header"],
    ["another header", `# a\nseat,staff,from,to\n${ROW}`, "2:1: the first line is not the header"],
    ["a header in another order", "staff,seat,directorate,from,to\n", "1:1: the first line is not the header"],
    ["semicolons", HEADER.replaceAll(",", ";"), "1:1: the first line is not the header"],
    [
      "the header twice",
      HEADER + HEADER,
      "2:1: the header is there already; allowed: one header; repair: take the line out",
    ],
    [
      "too few cells",
      `${HEADER}sa-ana-0001,MI900001,anagrafe,2026-01-01\n`,
      "2:1: the line has 4 cells; allowed: the 5 cells",
    ],
    ["too many cells", `${HEADER}${ROW.trimEnd()},,\n`, "2:43: the line has 7 cells; allowed: the 5 cells"],
    ["a blank in a line", `${HEADER} \n`, "2:1: the line has 1 cell; allowed: the 5 cells"],
    ["a quote that is not closed", `${HEADER}"${ROW}`, '2:1: seat: ""sa-ana-0001" does not have the right form'],
    [
      "a carriage return in a cell",
      `${HEADER}sa\r-ana-0001,MI900001,anagrafe,2026-01-01,\n`,
      '2:1: seat: "sa\\u{d}-ana-0001"',
    ],
    ["an escape character", `${HEADER}\u009b2J`, "2:1: the character \\u{9b} cannot be seen"],
  ])("is refused where it is or has %s", (_, content, said) => {
    expect(linesOf(content)).toContainEqual(expect.stringContaining(`milan.assignments.csv:${said}`));
  });

  test("spoils no line but its own", () => {
    expect(linesOf(`${HEADER}"${ROW}${ROW}`)).toHaveLength(1);
  });

  test("shows no more than 60 characters of a cell", () => {
    expect(linesOf(`${HEADER}${"x".repeat(100_000)},MI900001,anagrafe,2026-01-01,\n`).join("").length).toBeLessThan(
      300,
    );
  });

  test.each(["a\n", ",", ",,,,\n", '"', "#", "\r", "\r\n", "\u2028"])(
    "is refused in some seconds where it is 1 MiB of %j",
    (part) => {
      const said = linesOf(HEADER + part.repeat(Math.floor((1024 * 1024) / Buffer.byteLength(part))));
      expect(said.length).toBeGreaterThan(part === "#" ? -1 : 0);
    },
    60_000,
  );
});

describe("a mutated CSV file", () => {
  test("gives a city or violations whose lines are safe to print, whatever happened to its bytes", () => {
    fc.assert(
      fc.property(mutatedBytes(CSV), (content) => {
        const { cities, violations } = load({ "city.yaml": SMALL, "milan.assignments.csv": content });
        expect(cities.length === 1).toBe(violations.length === 0);
        expect(violations.map(formatViolation).filter((line) => CONTROL.test(line))).toEqual([]);
        expect(violations.filter(({ line, column }) => line < 1 || column < 1)).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  }, 120_000);

  test("is looked at beside a city's file that is no city", () => {
    const files = { "city.yaml": edited(SMALL, textEdit("seats: 5", "seats: many")), "milan.assignments.csv": "x" };
    expect(load(files).violations.map(({ file }) => file)).toEqual(["city.yaml", "milan.assignments.csv"]);
  });
});
