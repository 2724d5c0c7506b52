import { cpSync, readFileSync, symlinkSync, lstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { CITIES, SMALL } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const MESSY = "# top\r\nb:   {a: 1,c: 'x'}   # kept\n\n\n\na:\n    - 2\n";
const NEAT = '# top\nb: { a: 1, c: "x" } # kept\n\na:\n  - 2\n';

function file(text: string, name = "city.yaml"): string {
  writeFileSync(folder(name), text);
  return folder(name);
}

describe("fmt", () => {
  test("writes as prettier does, with comments and keys where they were", async () => {
    const { code, out } = await typedHere(["fmt", file(MESSY)]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/city\.yaml: formatted\n$/) });
    expect(readFileSync(folder("city.yaml"), "utf8")).toBe(NEAT);
  });

  test("has the settings of the repository's own check", () => {
    expect(JSON.parse(readFileSync(join(REPOSITORY, ".prettierrc.json"), "utf8"))).toEqual({ printWidth: 120 });
    expect(readFileSync(join(REPOSITORY, ".editorconfig"), "utf8")).toMatch(/\[\*\][^[]*indent_size = 2/);
  });

  test("finds nothing to do in the shipped files, which CI's check has seen", async () => {
    const { code, out, err } = await typedHere(["fmt", "--check", "--environments", join(REPOSITORY, "environments")]);
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "2 files: formatted already\n" });
  });

  test("names what is not formatted with --check, exits with 1 and writes nothing", async () => {
    cpSync(join(CITIES, "milan.yaml"), folder("milan.yaml"));
    const { code, out } = await typedHere(["fmt", "--check", folder("milan.yaml"), file(MESSY)]);
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringMatching(/^[^\n]*city\.yaml: not formatted; repair: run fmt\n$/),
    });
    expect(readFileSync(folder("city.yaml"), "utf8")).toBe(MESSY);
  });

  test("touches no file where one is no YAML, and says where", async () => {
    const { code, err } = await typedHere(["fmt", file(MESSY), file("a: [\n", "bad.yaml")]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/bad\.yaml:\d+:\d+: not YAML/) });
    expect(readFileSync(folder("city.yaml"), "utf8")).toBe(MESSY);
  });

  test("formats a file that the schema refuses, and takes a byte order mark off", async () => {
    await typedHere(["fmt", file(`\uFEFF${SMALL.replace("seats: 5,", "seats:   many,")}`)]);
    expect(readFileSync(folder("city.yaml"), "utf8")).toBe(SMALL.replace("seats: 5,", "seats: many,"));
  });

  test("writes the target of a symbolic link", async () => {
    file(MESSY);
    symlinkSync(folder("city.yaml"), folder("link.yaml"));
    await typedHere(["fmt", folder("link.yaml")]);
    expect(lstatSync(folder("link.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(folder("city.yaml"), "utf8")).toBe(NEAT);
  });
});
