import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanWith } from "../../fixtures/city-files";

const surge = (...entries: string[]): Edit => ({
  "emergency.surge.anx": undefined,
  ...Object.fromEntries(entries.map((entry, index) => [`emergency.surge.+${String(index)}`, inYaml(`{ ${entry} }`)])),
});

describe("the seats prepared for an emergency", () => {
  test.each([
    ["surge-pool", "pool: anagraf, code: anx, seats: 3", `emergency.surge[code=anx].pool: "anagraf" names no pool`],
    [
      "surge-cluster",
      "pool: anagrafe, code: anx, seats: 3, cluster: milano",
      `emergency.surge[code=anx].cluster: "milano" names no cluster`,
    ],
    [
      "surge-cluster",
      "pool: educazione, code: edx, seats: 3, cluster: milano-vdi-a, hostedBy: catania",
      'emergency.surge[code=edx].cluster: "catania" hosts the seats, and says where; allowed: ',
    ],
    [
      "unique-names",
      "pool: anagrafe, code: ana, seats: 3",
      `emergency.surge[code=ana].code: the pool code "ana" is there already`,
    ],
    [
      "seat-name-length",
      "pool: anagrafe, code: anagrafextra, seats: 3",
      'the seat name "mi-anagrafextra-0003" has 20 characters',
    ],
  ])("are refused by %s: %s", (_, entry, line) => {
    expect(milanWith(surge(entry))).toContainEqual(expect.stringContaining(line));
  });

  test("are of a pool once in each city that hosts them", () => {
    expect(milanWith(surge("pool: anagrafe, code: anx, seats: 3, hostedBy: catania"))).toEqual([
      expect.stringContaining('emergency.surge[code=anh].pool: "anagrafe" has a surge already'),
    ]);
    expect(milanWith(surge("pool: anagrafe, code: anx, seats: 3", "pool: anagrafe, code: any, seats: 3"))).toEqual([
      expect.stringContaining('emergency.surge[code=any].pool: "anagrafe" has a surge already'),
    ]);
  });

  test("fit as well, whether the emergency is active or not", () => {
    const many = surge("pool: anagrafe, code: anx, seats: 9000");
    const broken = new Set(["cluster-machines", "host-machines", "surge-capacity"]);
    expect(new Set(brokenWith(many))).toEqual(broken);
    expect(new Set(brokenWith(many, { "emergency.active": true }))).toEqual(broken);
    expect(milanWith(many)).toContainEqual(
      expect.stringContaining('emergency.surge: segment "desktops-anagrafe" would lack 8,417 addresses; allowed: '),
    );
    expect(milanWith(surge("pool: anagrafe, code: anx, seats: 583"))).toEqual([]);
    expect(brokenWith(surge("pool: anagrafe, code: anx, seats: 584"))).toEqual(["surge-capacity"]);
  });
});
