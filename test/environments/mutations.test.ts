import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { loadCities } from "../../environments/load";
import { EnvironmentError, formatViolation } from "../../environments/violation";
import { MILAN, copyAssignments } from "../fixtures/city-files";
import { mutatedBytes, mutatedTree, withUnknownKey } from "../fixtures/mutations";
import { runs } from "../fixtures/soak";

const RUNS = runs(200);
const CONTROL = /\p{Cc}/u;
let file: string;

beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), "mutations-")), "milan.yaml");
  copyAssignments(join(file, ".."));
});

afterAll(() => {
  rmSync(join(file, ".."), { recursive: true });
});

/** Loads a content; what it throws must be an EnvironmentError whose lines are whole and safe to print. */
function linesOf(content: string | Uint8Array): string[] {
  writeFileSync(file, content);
  try {
    return loadCities([file]).flatMap(() => []);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const lines = error.violations.map(formatViolation);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => CONTROL.test(line))).toEqual([]);
    expect(error.violations.filter(({ line, column }) => line < 1 || column < 1)).toEqual([]);
    return lines;
  }
}

describe("a mutated file", () => {
  test("gives a city or violations whatever happened to its bytes", () => {
    fc.assert(
      fc.property(mutatedBytes(MILAN), (content) => {
        expect(() => linesOf(content)).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("gives a city or violations whatever happened to its values", () => {
    fc.assert(
      fc.property(mutatedTree(parse(MILAN)), (tree) => {
        const content = stringify(tree, { aliasDuplicateObjects: false });
        expect(() => linesOf(content)).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  test("is refused wherever it has an unknown key", () => {
    fc.assert(
      fc.property(withUnknownKey(parse(MILAN)), ({ tree, key }) => {
        const lines = linesOf(stringify(tree, { aliasDuplicateObjects: false }));
        expect(lines.join("\n")).toContain(`unknown key "${key}"`);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});
