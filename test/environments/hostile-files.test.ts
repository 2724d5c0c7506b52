import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../environments/violation";
import { edited, textEdit } from "../fixtures/city-edits";
import { MILAN, copyAssignments, lines, load, loadPaths, milanWith } from "../fixtures/city-files";
import { sampleOf, SOAK, soakTest } from "../fixtures/soak";

const MIB = 1024 * 1024;
/** The most that a file may have, and a quarter of it where no soak runs. */
const LARGEST = (SOAK ? 768 : 192) * 1024;
/** Deep or long enough for whatever recurses, or looks at everything for each thing. */
const LARGE = 96 * 1024;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
  copyAssignments(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function linesOf(name: string): string[] {
  return loadPaths([join(folder, name)]).violations.map(formatViolation);
}

/** The rules that a file of so many bytes of one part breaks. */
function rulesOf(part: string, bytes: number): string[] {
  return load({ "city.yaml": part.repeat(Math.floor(bytes / part.length)) }).violations.map(({ rule }) => rule);
}

/** Whether a part opens something, is a mark of its own, or whitespace: `npm test` tries one of each. */
function styleOf(part: string): string {
  if (/^\s/.test(part)) return "blank";
  return /^[{[]/.test(part) ? "flow" : /\w/.test(part) ? "named" : "mark";
}

describe("what is not a readable file", () => {
  test("is refused where it is not there", () => {
    expect(linesOf("none.yaml")).toEqual([
      "none.yaml:1:1: there is no such file; allowed: a file that this user can read; repair: correct the file's name " +
        "or make the file",
    ]);
  });

  test("is refused where it is a directory", () => {
    mkdirSync(join(folder, "folder.yaml"));
    expect(linesOf("folder.yaml")).toEqual([
      "folder.yaml:1:1: it is a directory; allowed: a regular file; repair: name a city's YAML file",
    ]);
  });

  test("is refused where it is a device that never ends", () => {
    expect(loadPaths(["/dev/zero"]).violations).toEqual([
      expect.objectContaining({ rule: "file", message: "it is a device, a pipe or a socket" }),
    ]);
  });

  test("is refused where its path is impossible", () => {
    expect(loadPaths(["a\0b.yaml"]).violations).toHaveLength(1);
    expect(loadPaths([join(folder, "x".repeat(5000))]).violations).toHaveLength(1);
    expect(loadPaths([""]).violations).toHaveLength(1);
  });

  test("is refused where this user may not read it", () => {
    const path = join(folder, "locked.yaml");
    writeFileSync(path, MILAN);
    chmodSync(path, 0o000);
    const mayReadAll = process.getuid?.() === 0;
    expect(loadPaths([path]).violations.map(({ message }) => message)).toEqual(
      mayReadAll ? [] : ["it cannot be read (EACCES)"],
    );
  });

  test("is refused by its size alone where it has 10 MB", () => {
    writeFileSync(join(folder, "large.yaml"), Buffer.alloc(10 * MIB, 0x5b));
    expect(linesOf("large.yaml")).toEqual([
      "large.yaml:1:1: it has 10485760 bytes; allowed: at most 786432 bytes; repair: check that it is a city's YAML file",
    ]);
  });
});

describe("what is not text", () => {
  test("is refused at the first byte that is not UTF-8", () => {
    expect(lines(Buffer.from([...Buffer.from("city:\n  id: "), 0xff, 0xfe]))).toEqual([
      "city.yaml:2:7: its bytes are not UTF-8; allowed: text in UTF-8; repair: save it as UTF-8",
    ]);
  });

  test.each([
    ["a null byte", "\0", "\\u{0}"],
    ["an escape character", "\u001b", "\\u{1b}"],
    ["a mark that turns the direction of text", "\u202e", "\\u{202e}"],
  ])("is refused where it holds %s", (_, character, shown) => {
    expect(lines(`city:\n  id: mi${character}lan\n`)).toEqual([
      `city.yaml:2:9: the character ${shown} cannot be seen; allowed: text, line ends and tabs; repair: take it out, or ` +
        "write it as an escape in quotes",
    ]);
  });

  test("is refused where it begins with a byte order mark, and what follows is checked all the same", () => {
    const { violations } = load({ "city.yaml": `\uFEFF${edited(MILAN, textEdit("mtu: 9000", "mtu: 9"))}` });
    expect(violations.map(({ rule, line }) => [rule, line === 1])).toEqual([
      ["byte-order-mark", true],
      ["out-of-range", false],
    ]);
  });

  test("is refused where lines end with carriage returns, once, and what follows is checked all the same", () => {
    const { violations } = load({
      "city.yaml": edited(MILAN, textEdit("mtu: 9000", "mtu: 9")).replaceAll("\n", "\r\n"),
    });
    expect(violations.map(({ rule, line }) => [rule, line === 1])).toEqual([
      ["line-ends", true],
      ["out-of-range", false],
    ]);
  });
});

describe("what is not the YAML of a city", () => {
  test("is told once, where the parser says it twice", () => {
    expect(lines("city: {\n")).toHaveLength(1);
  });

  test.each([
    ["nothing", "", "city.yaml:1:1: the file is empty; allowed: a city's declaration"],
    ["comments alone", "# nothing\n", "city.yaml:1:1: the file is empty"],
    ["null", "---\n...\n", "it is empty; allowed: a map of city, asOf, project,"],
    ["a text", "garbage", 'city.yaml:1:1: "garbage" is text; allowed: a map of city, asOf, project,'],
    ["a list", "- 1\n", "city.yaml:1:1: it is a list of 1 item; allowed: a map of city, asOf, project,"],
    [
      "a bracket",
      "city: {\n",
      "city.yaml:2:1: not YAML: Flow map in block collection must be sufficiently indente...;",
    ],
    ["a tab", "city:\n\tid: milan\n", "city.yaml:2:1: not YAML: Tabs are not allowed as indentation"],
    ["a directive", "%YAML 1.1\n---\ncity: 1\n", "city.yaml:1:1: a directive begins with '%'; allowed: plain YAML 1.2"],
    ["a second document", "a: 1\n---\nb: 1\n", "city.yaml:2:1: a second document begins; allowed: one document a file"],
    [
      "a key twice",
      "city: 1\ncity: 2\n",
      'city.yaml:2:1: city: the key "city" is written twice; allowed: each key once',
    ],
    [
      "a number as key",
      "1: 2\n",
      'city.yaml:1:1: ["1"]: the key 1 is not text; allowed: keys of text; repair: put it in quotes: "1"',
    ],
    ["an empty key", ": 2\n", 'city.yaml:1:1: [""]: a key is empty; allowed: keys of text; repair: write a name'],
    ["a map as key", "? { a: 1 }\n: 2\n", "city.yaml:1:3: a key is not text; allowed: keys of text"],
    [
      "an anchor",
      "city: &c { id: x }\n",
      'city.yaml:1:10: city: it has the anchor "&c"; allowed: plain values; repair: take',
    ],
    ["an alias", "a: &c 1\ncity: *c\n", 'city.yaml:2:7: city: the alias "*c" stands for another value; allowed: plain'],
    [
      "a merge key",
      "city:\n  <<: { id: x }\n",
      'city.yaml:2:3: city: the merge key "<<" takes in another map; allowed',
    ],
    [
      "a tag",
      "city: !!str 5\n",
      'city.yaml:1:13: city: it has the tag "tag:yaml.org,2002:str"; allowed: values without',
    ],
    ["a tag of its own", "city: !!js/function x\n", 'it has the tag "tag:yaml.org,2002:js/function"'],
    ["the key __proto__", "__proto__: { x: 1 }\n", 'city.yaml:1:1: __proto__: unknown key "__proto__"'],
    [
      "the key constructor",
      "constructor: 1\n",
      'city.yaml:1:1: constructor: unknown key "constructor"; allowed: city,',
    ],
  ])("is refused where it is or has %s", (_, text, line) => {
    expect(lines(text)).toContainEqual(expect.stringContaining(line));
  });

  test("leaves no trace of __proto__ in any object", () => {
    expect(milanWith(textEdit("versions:", "versions:\n      __proto__: { template: polluted }"))).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, "template")).toBe(false);
  });

  test.each(["010", "0x10", "0o17", "1e3", "+5", ".5", "5.", ".inf", "-.inf", ".nan", "1_000"])(
    "is refused where a number is written %s",
    (number) => {
      expect(milanWith(textEdit("seats: 1450", `seats: ${number}`))).toHaveLength(1);
    },
  );

  test("is refused for its aliases before these expand, each of them said", () => {
    const laughs = Array.from({ length: 9 }, (_, level) => {
      const list =
        level === 0
          ? '["lol"]'
          : `[${Array<string>(9)
              .fill(`*a${String(level - 1)}`)
              .join(", ")}]`;
      return `a${String(level)}: &a${String(level)} ${list}`;
    });
    const { violations } = load({ "city.yaml": laughs.join("\n") });
    expect(violations.filter(({ rule }) => rule === "yaml-anchor")).toHaveLength(9);
    expect(violations.filter(({ rule }) => rule === "yaml-alias")).toHaveLength(72);
  });

  test.each(sampleOf(["{", "- ", "? ", "a: ", "[a: ", ": ", "[\n"], styleOf))(
    "is refused where it is 96 KiB of %j, each in the one before",
    (part) => {
      expect(rulesOf(part, LARGE)).toEqual(["yaml-depth"]);
    },
    15_000,
  );

  test("is refused where it is brackets alone, each in the one before", () => {
    expect(rulesOf("[", LARGEST)).toEqual(["yaml-depth"]);
  }, 60_000);

  test.each(sampleOf(["}", ",", "!", "&a ", "*a ", "%x\n", "---\n", "a: 1\n", "\n", "\t", ":", "- 1\n"], styleOf))(
    "is refused in a few seconds where it is 96 KiB of %j",
    (part) => {
      expect(rulesOf(part, LARGE).length).toBeGreaterThan(0);
    },
    15_000,
  );

  soakTest(
    "is refused in some seconds where it is quotes alone, which cost the parser most",
    () => {
      expect(rulesOf('"', LARGEST).length).toBeGreaterThan(0);
    },
    60_000,
  );
});
