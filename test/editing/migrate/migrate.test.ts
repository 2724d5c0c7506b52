import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { CITIES, SMALL, lines } from "../../fixtures/city-files";
import { typedHere } from "../../fixtures/typed-here";
import { temporaryFolder } from "../../lab-unit/temporary-folder";

/** The head and the secrets of the shipped files before secrets.people.directory moved (commit 84a62ef). */
const BEFORE = join(__dirname, "../../fixtures/formats");
const folder = temporaryFolder();

interface Secrets {
  readonly secrets: { readonly directory?: unknown; readonly people: { readonly directory?: unknown } };
}

async function migrate(...args: string[]) {
  return typedHere(["migrate", ...args]);
}

function commentsOf(text: string): string[] {
  return (text.match(/(?:^|\s)#.*/gm) ?? []).map((comment) => comment.trim()).sort();
}

/** A file with a text in the temporary folder. */
function file(text: string): string {
  writeFileSync(folder("city.yaml"), text);
  return folder("city.yaml");
}

function written(): string {
  return readFileSync(folder("city.yaml"), "utf8");
}

describe("migrate", () => {
  test.each(["milan", "catania"])("moves the directory of %s's former file, and keeps all comments", async (city) => {
    const former = readFileSync(join(BEFORE, `before-1-${city}.yaml`), "utf8");
    const { code, out } = await migrate(file(former));
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining("secrets.people.directory is secrets.directory"),
    });
    const [before, after] = [parse(former) as Secrets, parse(written()) as Secrets];
    expect(after.secrets.directory).toEqual(before.secrets.people.directory);
    expect(after.secrets.people).toEqual({ ...before.secrets.people, directory: undefined });
    expect(commentsOf(written())).toEqual(commentsOf(former));
    const sorted = (text: string): string[] =>
      text
        .split("\n")
        .map((line) => line.trim())
        .sort();
    expect(sorted(written())).toEqual(sorted(former));
  });

  test("takes comments above a key along, and nothing of what stands around it", async () => {
    await migrate(
      file(
        "secrets:\n  # people\n  people:\n    # theirs\n    directory:\n      url: a\n\n    # teams\n    teams: []\n  ci: x\n",
      ),
    );
    expect(written()).toBe(
      "secrets:\n  # theirs\n  directory:\n    url: a\n  # people\n  people:\n\n    # teams\n    teams: []\n  ci: x\n",
    );
  });

  test("takes out what is there no more, and says why", async () => {
    const { out } = await migrate(
      file("platform:\n  vsphere:\n    server: a\n    allowUnverifiedTls: true # lab\n    datacenter: b\n"),
    );
    expect(out).toContain(
      "platform.vsphere.allowUnverifiedTls is taken out: a server's certificate is always verified",
    );
    expect(written()).toBe("platform:\n  vsphere:\n    server: a\n    datacenter: b\n");
  });

  test("changes a file of the present format in nothing, nor one that it has migrated", async () => {
    cpSync(join(CITIES, "milan.yaml"), folder("milan.yaml"));
    const { code, out } = await migrate(folder("milan.yaml"));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/milan\.yaml: has the present format\n$/) });
    expect(readFileSync(folder("milan.yaml"))).toEqual(readFileSync(join(CITIES, "milan.yaml")));
    const once = file(readFileSync(join(BEFORE, "before-1-milan.yaml"), "utf8"));
    await migrate(once);
    const migrated = written();
    await migrate(once);
    expect(written()).toBe(migrated);
  });

  test("writes nothing with --check, and exits with 1 where it would", async () => {
    const text = readFileSync(join(BEFORE, "before-1-milan.yaml"), "utf8");
    const { code, out } = await migrate("--check", file(text));
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("secrets.people.directory is") });
    expect(written()).toBe(text);
  });

  test.each([
    [
      "in braces",
      "secrets:\n  people: { directory: { url: a } }\n",
      ":2:13: secrets.people.directory: it stands in braces",
    ],
    [
      "at both places",
      "secrets:\n  directory: {}\n  people:\n    directory: {}\n",
      ":4:5: secrets.people.directory: secrets.directory is there too; repair: keep one of the two",
    ],
    ["in no YAML", "secrets: [\n", "not YAML"],
    [
      "in a newer format",
      "format: 2\n",
      ":1:9: format: the file's format 2 is newer than this toolkit's; allowed: format 1 or none",
    ],
  ])("refuses a key %s, and writes nothing", async (_name, text, expected) => {
    const { code, err } = await migrate(file(text));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(expected) });
    expect(written()).toBe(text);
  });
});

describe("a file's format", () => {
  test("may be said, and is the first one where it is not", () => {
    expect(lines(`format: 1\n${SMALL}`)).toEqual([]);
    expect(lines(SMALL)).toEqual([]);
  });

  test("is the only thing that is told of a file that is newer", () => {
    expect(lines(`format: 2\nnewKey: 1\n${SMALL}`)).toEqual([
      "city.yaml:1:9: format: the file's format 2 is newer than this toolkit's; allowed: format 1 or none; " +
        "repair: upgrade the toolkit to the version that the file was written for; its CHANGELOG.md says which",
    ]);
  });

  test.each([
    ["0", "0 is out of range"],
    ["1.5", "1.5"],
    ['"1"', '"1" is text'],
  ])("%s is refused as any wrong value", (value, expected) => {
    expect(lines(`format: ${value}\n${SMALL}`).join("\n")).toContain(`city.yaml:1:9: format: ${expected}`);
  });

  test("of before is told to be migrated, with where its key is now", () => {
    const [line] = lines(SMALL.replace("secrets:\n", "secrets:\n  people: { directory: {} }\n")).filter((one) =>
      one.includes("secrets.people.directory"),
    );
    expect(line).toContain('unknown key "directory"');
    expect(line).toContain("repair: run 'migrate': secrets.people.directory is secrets.directory");
  });
});
