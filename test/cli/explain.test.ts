import { writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { SMALL } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const FILE = SMALL.replace("seats: 5,", "seats: many,");

beforeEach(() => {
  writeFileSync(folder("sample.yaml"), FILE);
});

async function explained(...args: string[]) {
  return typedHere(["explain", ...args, "--environments", folder(".")]);
}

describe("explain", () => {
  test("says what a key means, what is allowed and what a change of it does", async () => {
    const { code, out } = await explained("pools[].growDisks");
    expect(code).toBe(0);
    expect(out).toContain("pools.*.growDisks\n  true grows the disks of the machines");
    expect(out).toContain("  type     true or false\n  needed   no; by default false\n");
    expect(out).toContain("  pools.growDisks:\n      true: in place, the disks of its machines grow");
  });

  test("names the rules that look at it", async () => {
    const { out } = await explained("pools.waves");
    expect(out).toContain("\nRules that look at it (docs/rules.md has all)\n");
    expect(out).toContain("  wave-seats: the waves of a pool have all its seats, each in one wave");
    expect(out).not.toContain("retired-seats");
  });

  test.each([
    ["workstations.*.memoryGib", "unit     GiB"],
    ["network.gateway.cpuReservationMhz", "unit     MHz"],
    ["prices.memoryGib", "unit     euro a month"],
    ["pools.assignment", "allowed  dedicated, floating"],
    ["city.code", "allowed  two lower-case letters"],
    ["platform.state.port", "needed   only with backend: pg: no; by default 5432"],
    ["platform.state.backend", 'type     "local", "pg", "s3"'],
    ['images.linux.versions["2026.10"].template', "images.*.versions.*.template\n"],
    ["images", '  firmware?: "efi" or "bios". Firmware'],
    ["platform.clusters", "type     a list of at least 1: each a map"],
  ])("of %s says %s", async (path, expected) => {
    const { out } = await explained(path);
    expect(out).toContain(expected);
  });

  test("shows the value of a city with its place, also where the file is wrong", async () => {
    const line = FILE.split("\n").findIndex((one) => one.includes("seats: many")) + 1;
    const { out } = await explained("pools[].seats", "--city", "sample");
    expect(out).toContain(`sample.yaml:${String(line)}:14: pools[name=anagrafe].seats: many\n`);
    expect(out).toContain(`  seats: many\n  (`);
  });

  test("takes an item by its name alone, where the city has it", async () => {
    const { out } = await explained("pools.anagrafe.seats", "--city", "sample");
    expect(out).toContain("pools[name=anagrafe].seats: many");
  });

  test("says where a city's file does not have the key", async () => {
    const { out } = await explained("pools.growDisks", "--city", "sample");
    expect(out).toContain("In the file\n  It does not have the key.\n");
  });

  test.each([
    ["pools.sets", 'pools.* has no key "sets"', "repair: write pools.*.seats"],
    ["pools.image", 'pools.* has no key "image"', "repair: write pools.*.imageVersion or workstations.*.image"],
    ["pools.cpu", 'pools.* has no key "cpu"', "repair: write prices.cpu or workstations.*.cpus"],
    ["city.id.x", 'city.id has no key "x"', "allowed: none, as it has a single value"],
    ["city[]", "city is no list", "repair: write city without brackets"],
    ["pools[", '"pools[" is no path of a key from "[" on', "such as pools[].seats"],
    ["__proto__", 'a city\'s file has no key "__proto__"', "allowed: city, asOf"],
  ])("of %s, which is no key, names the nearest", async (path, wrong, repair) => {
    const { code, out, err } = await explained(path);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(wrong);
    expect(err).toContain(repair);
  });

  test("names the cities that there are where it is asked for another", async () => {
    const { code, err } = await explained("pools", "--city", "sampel");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('did you mean "sample"?') });
  });

  test("prints the top keys as a tree", async () => {
    const { out } = await explained();
    expect(out).toMatch(/^city +The city\n {2}id +First part of every stack's name/m);
    expect(out).toMatch(/^workstations\.\* +The kinds of workstation/m);
    expect(out).toMatch(/^ {2}waves\[\]\? +The pool's part of the deployment plan/m);
  });

  test("gives all of it as JSON", async () => {
    const { out } = await explained("pools.seats", "--json", "--city", "sample");
    expect(JSON.parse(out)).toMatchObject({
      key: "pools.*.seats",
      type: "a whole number from 1 to 9999",
      needed: true,
      changes: [{ what: "`pools.seats`, raised" }, { what: "`pools.seats`, lowered" }, {}],
      written: [{ path: "pools[name=anagrafe].seats", value: "many", column: 14 }, {}, {}],
    });
  });
});
