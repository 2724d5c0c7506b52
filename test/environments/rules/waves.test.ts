import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanWith } from "../../fixtures/city-files";

const PATH = "pools[name=sala-operativa]"; // 10 seats

function waves(...seats: string[]): Edit {
  const lines = seats.map((range, index) => {
    return { id: `w-${String(index + 1)}`, workSite: 2026, seats: inYaml(range), released: false };
  });
  return { "pools.sala-operativa.+waves": lines };
}

describe("the waves of a pool", () => {
  test("have all its seats, in whatever order they are written", () => {
    expect(milanWith(waves("1-10"))).toEqual([]);
    expect(milanWith(waves("7-10", "1-6"))).toEqual([]);
  });

  test.each([
    [["1-12"], `${PATH}.waves[id=w-1].seats: 1-12 is more than the pool's 10 seats`],
    [["6-1", "1-10"], `${PATH}.waves[id=w-1].seats: 6 is more than 1`],
    [["1-6", "6-10"], `${PATH}.waves[id=w-2].seats: 6-10 has 6, which another wave has`],
    [["1-4", "6-10"], `${PATH}.waves[id=w-2].seats: the number 5 before 6-10 is in no wave`],
    [["1-4"], `${PATH}.waves: the number 5 is in no wave`],
  ])("are refused as %j", (seats, line) => {
    expect(milanWith(waves(...seats))).toEqual([expect.stringContaining(line)]);
    expect(brokenWith(waves(...seats))).toEqual(["wave-seats"]);
  });

  test("have names of their own", () => {
    const twice: Edit = { "pools.sala-operativa.waves.w-2.id": "w-1" };
    expect(milanWith(waves("1-5", "6-10"), twice)).toEqual([
      expect.stringContaining('the wave "w-1" is there already'),
    ]);
  });

  test("have seats as a range, and a year", () => {
    expect(milanWith(waves("5"))).toEqual([expect.stringContaining(`${PATH}.waves[id=w-1].seats: 5 is a number`)]);
    expect(milanWith(waves("1-10"), { "pools.sala-operativa.waves.w-1.workSite": 26 })).toEqual([
      expect.stringContaining(`${PATH}.waves[id=w-1].workSite: 26`),
    ]);
  });
});
