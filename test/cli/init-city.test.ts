import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { chosenOf } from "../../cli/init/ask";
import { foundInventory } from "../fixtures/found-inventory";
import { rvtoolsSheets, xlsx } from "../fixtures/rvtools-export";
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
