import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { chosenOf } from "../../cli/init/ask";
import { foundInventory } from "../fixtures/found-inventory";
import { rvtoolsSheets, xlsx } from "../fixtures/rvtools-export";
import { REPOSITORY } from "../../runtime/paths";
import { typedHere } from "../fixtures/typed-here";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "init-city-"));
  writeFileSync(join(folder, "export.xlsx"), xlsx(rvtoolsSheets(foundInventory())));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function initCity(...options: string[]): ReturnType<typeof typedHere> {
  const environments = join(folder, "environments");
  return typedHere(["init", "city", "ragusa", "--environments", environments, ...options]);
}

const export_ = (): string[] => ["--rvtools", join(folder, "export.xlsx")];
const written = (): string => join(folder, "environments", "ragusa.yaml");

describe("init city", () => {
  test("writes a file that validate accepts, tells its questions, and leaves nothing beside it", async () => {
    const { code, out } = await initCity(...export_(), "--code", "rg", "--as-of", "2026-11-30");
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /ragusa\.yaml: 1 cluster, 3 hosts, 1 datastore, 1 image, 2 segments, 2 pools with 4 machines to adopt\n/,
      ),
    });
    expect(out).toMatch(/ragusa\.yaml:\d+: DNS domain of the desktops\n/);
    expect(readdirSync(join(folder, "environments"))).toEqual(["ragusa.yaml"]);
    const validated = await typedHere(["validate", written()]);
    expect(validated.code).toBe(0);
  });

  test("has the parts that are wanted, each with its questions at their lines", async () => {
    const { code, out, err } = await initCity(...export_(), "--with", "people,monitoring", "--as-of", "2026-11-30");
    expect({ code, err }).toEqual({
      code: 0,
      err: "vault is there too, for people\nflows is there too, for monitoring\n",
    });
    const lines = readFileSync(written(), "utf8").split("\n");
    const told = [...out.matchAll(/ragusa\.yaml:(\d+): (.*)/g)].map(([, line, text = ""]) => [
      lines[Number(line) - 1],
      text,
    ]);
    for (const [line, text = ""] of told) expect(line).toContain(text.slice(0, 40));
    expect(told.map(([, text]) => text)).toContainEqual("Which groups read which secrets?");
    expect((await typedHere(["validate", written()])).code).toBe(0);
  });

  test("makes a code that no city of the folder has, also one whose file is wrong elsewhere", async () => {
    const environments = join(folder, "environments");
    mkdirSync(environments);
    const small = readFileSync(join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml"), "utf8");
    writeFileSync(join(environments, "valchiara.yaml"), small.replace("code: vx", "code: ra"));
    writeFileSync(join(environments, "modica.yaml"), "city: { id: modica, code: rg }\n");
    const { out } = await initCity(...export_(), "--as-of", "2026-11-30");
    expect(readFileSync(written(), "utf8")).toMatch(/^ {2}code: ru # \? the province's two letters/m);
    expect(out).toContain("the province's two letters: they begin every seat's name");
  });

  test("overwrites nothing", async () => {
    mkdirSync(join(folder, "environments"));
    writeFileSync(written(), "mine");
    const { code, err } = await initCity(...export_());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("is there already: take another id") });
    expect(readFileSync(written(), "utf8")).toBe("mine");
  });

  test.each([
    [[], "no inventory: name one with --inventory or --rvtools, or a vCenter in VSPHERE_SERVER"],
    [["--inventory", "saved", "--rvtools", "a.xlsx"], "are two inventories: name one"],
    [["--inventory", "gone"], "gone cannot be read: "],
    [
      ["--rvtools", "gone.xlsx", "--code", "rgx", "--as-of", "today"],
      "--code: allowed: two lower-case letters\n--as-of: ",
    ],
  ])("with %j writes nothing, and says what to do", async (options, text) => {
    const { code, err } = await initCity(...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) });
    expect(existsSync(join(folder, "environments"))).toBe(false);
  });

  test("without a terminal names the option for what is open", async () => {
    const inventory = foundInventory();
    const [host] = inventory.hosts;
    const hosts = host === undefined ? [] : [...inventory.hosts, { ...host, name: "esx-m1", datacenter: "Modica" }];
    writeFileSync(join(folder, "export.xlsx"), xlsx(rvtoolsSheets({ ...inventory, hosts })));
    const { code, err } = await initCity(...export_());
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(
        "Which datacenter is the city's? There are Ragusa, Modica. Say it with --datacenter",
      ),
    });
  });
});

describe("an answer at the terminal", () => {
  test.each([
    ["2", ["b"]],
    ["1, 3", ["a", "c"]],
    ["b", ["b"]],
    ["4", []],
    ["1,x", []],
    ["", []],
  ])("%j names %j", (answer, options) => {
    expect(chosenOf(answer, ["a", "b", "c"])).toEqual(options);
  });
});
