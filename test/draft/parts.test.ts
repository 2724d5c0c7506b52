import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addParts, contextOf } from "../../draft/parts/add-parts";
import { PART_NAMES, withNeeds } from "../../draft/parts/parts";
import { rangeText } from "../../draft/subnets";
import { formatted } from "../../editing/yaml/formatted";
import { REPOSITORY } from "../../runtime/paths";
import { load } from "../fixtures/city-files";
import { runs } from "../fixtures/soak";

const SMALL = readFileSync(join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml"), "utf8");

async function smallWith(names: readonly string[], platform: "github" | "gitlab" = "github"): Promise<string> {
  const [city] = load({ "city.yaml": SMALL }).cities;
  if (city === undefined) throw new Error("the small file is no city");
  return formatted(addParts(SMALL, withNeeds(names), contextOf(city, platform, [])).text);
}

describe("the parts of a new city's file", () => {
  test.each(PART_NAMES)("%s, with what it needs, passes the rules, and asks something", async (name) => {
    const text = await smallWith([name]);
    expect(load({ "city.yaml": text }).violations).toEqual([]);
    expect(text.match(/# \?/g)?.length ?? 0).toBeGreaterThan(0);
  });

  test("pass together, for either platform; what stood in the file still does, in its order", async () => {
    for (const platform of ["github", "gitlab"] as const) {
      const text = await smallWith(PART_NAMES, platform);
      expect(load({ "city.yaml": text }).violations).toEqual([]);
      expect(text).toContain(`platform: ${platform}`);
      expect(text).toContain("# The least that a city says. Valchiara is invented;");
      expect(text.match(/^[a-z]\w*(?=:)/gim)).toEqual([
        ...["city", "asOf", "project", "platform", "directorates", "images", "workstations", "pools", "network"],
        ...["emergency", "secrets", "support", "monitoring", "prices"],
      ]);
    }
  });

  test("pass in any choice of them, and what nobody wants is not there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...PART_NAMES]), async (names) => {
        const text = await smallWith(names);
        expect(load({ "city.yaml": text }).violations).toEqual([]);
        const there = new Set(withNeeds(names).map(({ name }) => name));
        for (const key of ["directorates", "prices", "support", "monitoring", "emergency", "project"])
          expect([key, new RegExp(`^${key}:`, "m").test(text)]).toEqual([key, there.has(key)]);
        expect(/^ {2}gateway:/m.test(text)).toBe(there.has("gateways"));
      }),
      { numRuns: runs(6) },
    );
  });

  test("take no subnet of another city, and no VLAN of their own", () => {
    const [city] = load({ "city.yaml": SMALL }).cities;
    if (city === undefined) throw new Error("no city");
    const [uplink, own] = contextOf(city, "github", ["198.18.0.0/23", "198.18.3.0/24"]).subnets.map(rangeText);
    expect([uplink, own]).toEqual(["198.18.2.0/24", "198.18.4.0/24"]);
    const segments = [{ ...city.network.segments[0], vlan: 3901 }] as typeof city.network.segments;
    const { vlans } = contextOf({ ...city, network: { ...city.network, segments } }, "github", []);
    expect(vlans).toEqual([3902, 3903]);
  });

  test("leave alone what is there already", () => {
    const text = SMALL.replace("pools:", "prices: { currency: EUR, cpu: 9, memoryGib: 9, diskGib: 9 } # ours\npools:");
    const [city] = load({ "city.yaml": text }).cities;
    if (city === undefined) throw new Error("no city");
    const made = addParts(text, withNeeds(["prices"]), contextOf(city, "github", []));
    expect(made).toEqual({ text, there: ["prices"] });
  });
});
