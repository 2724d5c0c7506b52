import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { completed } from "../../editing/add/given";
import { POOL } from "../../editing/add/pool";
import { loadCities } from "../../environments/load";
import { assignmentsCsv, SMALL } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const ADDED = ["--name", "nuova", "--code", "nuo", "--directorate", "tecnica", "--workstation", "office"];
const REST = ["--seats", "1", "--assignment", "floating", "--cluster", "vdi-a", "--segment", "desktops"];

beforeEach(() => {
  mkdirSync(folder("cities"), { recursive: true });
  writeFileSync(folder("cities/sample.yaml"), SMALL);
  writeFileSync(folder("cities/milan.assignments.csv"), assignmentsCsv());
});

async function add(kind: string, ...args: string[]) {
  return typedHere(["add", kind, "sample", "--environments", folder("cities"), ...args]);
}

function file(): string {
  return readFileSync(folder("cities/sample.yaml"), "utf8");
}

describe("add", () => {
  test("adds a pool with the newest image, and says where", async () => {
    const { code, out, err } = await add("pool", ...ADDED, ...REST);
    expect({ code, err }).toEqual({ code: 0, err: "Its deployment creates the pool's stacks and its machines.\n" });
    expect(out).toMatch(/sample\.yaml:76: the pool nuova is added\n$/);
    const [city] = loadCities([folder("cities/sample.yaml")]);
    expect(city?.pools.at(-1)).toMatchObject({ name: "nuova", imageVersion: "2026.11", cluster: "vdi-a", seats: 1 });
  });

  test("adds a segment and then a flow to it", async () => {
    await add("segment", "--name", "stampanti", "--zone", "services", "--vlan", "2130", "--subnet", "10.99.4.0/24");
    const { code, err } = await add(
      ...([
        "flow",
        "--id",
        "printers",
        "--from",
        "zone:desktops",
        "--to",
        "stampanti",
        "--ports",
        "tcp/9100,tcp/631",
      ] as const),
      ...["--owner", "Assistenza", "--purpose", "printing: all floors", "--ticket", "CHG-1", "--until", "2027-01-31"],
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    const [city] = loadCities([folder("cities/sample.yaml")]);
    expect(city?.network.flows.at(-1)).toMatchObject({ id: "printers", ports: ["tcp/9100", "tcp/631"] });
  });

  test("tells all that is missing at once where nobody can be asked", async () => {
    const { code, err } = await add("pool", "--name", "nuova");
    expect(code).toBe(2);
    expect(err.match(/^--[\w-]+ is missing/gm)).toEqual(
      ["code", "workstation", "image-version", "seats", "assignment", "cluster", "segment"].map(
        (one) => `--${one} is missing`,
      ),
    );
    expect(err).toContain(
      '--segment is missing: segment of its machines; allowed: "desktops" or "cad"; repair: add --segment',
    );
    expect(file()).toBe(SMALL);
  });

  test("says that a pool's segment has to be declared first", async () => {
    const { code, err } = await add("pool", ...ADDED, ...REST.slice(0, 6), "--segment", "desktop");
    expect(code).toBe(2);
    expect(err).toContain("repair: write \"desktops\", or declare it first in network.segments, with 'add segment'");
  });

  test("writes nothing where the file would be wrong, and says where", async () => {
    const { code, err } = await add("pool", ...ADDED, "--seats", "many", ...REST.slice(2));
    expect(code).toBe(2);
    expect(err).toMatch(/sample\.yaml:82:14: pools\[name=nuova\]\.seats: "many" is text; allowed: a whole number/);
    expect(err).toContain("Nothing was written: with this pool the file would be wrong");
    expect(file()).toBe(SMALL);
  });

  test("writes nothing into a file that is wrong already", async () => {
    const wrong = SMALL.replace("seats: 5,", "seats: 0,");
    writeFileSync(folder("cities/sample.yaml"), wrong);
    const { code, err } = await add("pool", ...ADDED, ...REST);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("Nothing was added: repair these first") });
    expect(file()).toBe(wrong);
  });

  test("prints the change as a diff with --dry-run, and writes nothing", async () => {
    const { code, out } = await add("pool", ...ADDED, ...REST, "--dry-run");
    expect(code).toBe(0);
    expect(out).toContain("\n+  - {\n+      name: nuova,\n+      code: nuo,\n");
    expect(out.match(/^-(?!-)/gm)).toBeNull();
    expect(file()).toBe(SMALL);
  });

  test("asks a person for what is missing, with what is there and what is usual", async () => {
    const [city] = loadCities([folder("cities/sample.yaml")]);
    const asked: string[] = [];
    const answers = new Map([
      ["code", "nuo"],
      ["seats", "1"],
      ["assignment", "floating"],
      ["cluster", "vdi-a"],
      ["segment", "desktops"],
    ]);
    const given = { name: "nuova", directorate: "tecnica", workstation: "office" };
    const values =
      city &&
      (await completed(POOL, given, city, (question) => {
        asked.push(question);
        return Promise.resolve(answers.get(question.split(":")[0] ?? "") ?? "");
      }));
    expect(values).toMatchObject({ ...given, code: "nuo", cluster: "vdi-a", "image-version": "2026.11" });
    expect(asked.at(-1)).toBe("segment: segment of its machines, one of desktops, cad: ");
    expect(asked).toContainEqual(expect.stringMatching(/^image-version: .* one of 2026\.10, 2026\.11 \[2026\.11\]: $/));
  });
});
