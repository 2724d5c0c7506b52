import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanBreaking, milanWith } from "../../fixtures/city-files";

const PATH = "pools[name=anagrafe].adopt";

function adopt(list: string): Edit {
  return { "pools.anagrafe.+adopt": inYaml(list) };
}

describe("machines that are adopted", () => {
  test("are one a seat, wherever they stand", () => {
    expect(
      milanWith(adopt('[{ seat: 3, machine: "Smart Working 2020/PC-0003" }, { seat: 4, machine: PC-4 }]')),
    ).toEqual([]);
  });

  test.each([
    ["in the city's own folder", "milan/anagrafe/PC-3", 'machine: "milan/anagrafe/PC-3" stands in the folder "milan"'],
    ["in the city's own folder in capitals", "Milan/PC-3", 'machine: "Milan/PC-3" stands in the folder "milan"'],
    ["by a way back", "old/../milan/PC-3", 'machine: "old/../milan/PC-3" does not have the right form'],
    ["without a name", "Smart Working 2020/", 'machine: "Smart Working 2020/" does not have the right form'],
    ["from the root on", "/Milano/vm/PC-3", 'machine: "/Milano/vm/PC-3" does not have the right form'],
  ])("are refused %s", (_, machine, line) => {
    expect(milanWith(adopt(`[{ seat: 3, machine: "${machine}" }]`))).toEqual([expect.stringContaining(line)]);
  });

  test("are refused twice, whatever the case, as vCenter's names know none", () => {
    const twice = adopt("[{ seat: 3, machine: a/PC-3 }, { seat: 4, machine: A/pc-3 }]");
    expect(milanBreaking("adopt-once", twice)).toEqual([
      expect.stringContaining(`${PATH}[1].machine: the machine "A/pc-3" is there already`),
    ]);
  });

  test("are refused twice: a machine for two seats, also of two pools, and two machines for one seat", () => {
    const twice = "[{ seat: 3, machine: a/PC-3 }, { seat: 4, machine: a/PC-3 }, { seat: 3, machine: a/PC-5 }]";
    const elsewhere: Edit = { "pools.polizia-locale.+adopt": [{ seat: 1, machine: "a/PC-5" }] };
    expect(milanBreaking("adopt-once", adopt(twice), elsewhere)).toEqual([
      expect.stringContaining(`${PATH}[1].machine: the machine "a/PC-3" is there already`),
      expect.stringContaining(`${PATH}[2].seat: the seat 3 is there already`),
      expect.stringContaining('pools[name=polizia-locale].adopt[0].machine: the machine "a/PC-5" is there already'),
    ]);
  });
});

describe("the seats that adopt", () => {
  const one = adopt("[{ seat: 3, machine: a/PC-3 }]");

  test.each<[string, Edit[], string]>([
    [
      "was never issued",
      [adopt("[{ seat: 1451, machine: a/PC-3 }]")],
      "the pool has no seat 1451: its last one is 1450",
    ],
    ["is retired", [one, { "pools.anagrafe.+retired": [3] }], "the pool has no seat 3: it is retired"],
    [
      "is not released",
      [one, { "pools.anagrafe.+waves": [{ id: "a", workSite: 2026, seats: "1-1450", released: false }] }],
      "the pool has no seat 3: its wave is not released",
    ],
    [
      "is to be replaced",
      [one, { "pools.anagrafe.+replace": ["2-4"] }],
      "the seat 3 is listed in replace, where its machine would be made anew",
    ],
  ])("are refused where one %s", (_, edits, message) => {
    expect(milanBreaking("adopt-seat", ...edits)).toEqual([expect.stringContaining(`${PATH}[0].seat: ${message}`)]);
  });

  test("are none of a floating pool", () => {
    expect(brokenWith({ "pools.educazione.+adopt": [{ seat: 3, machine: "a/PC-3" }] })).toEqual(["adopt-seat"]);
  });
});
