import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import { costChange } from "../../preview/cost-change";
import { costSection } from "../../preview/file-sections";
import { deployedSample } from "../fixtures/deployed";
import { projectOf } from "../fixtures/optional-parts";

const PRICES: DeployedCity["prices"] = { currency: "EUR", cpu: 1, memoryGib: 10, diskGib: 0.1, seat: 100, vgpus: {} };

function priced(prices: DeployedCity["prices"] = PRICES, seats = 2): DeployedCity {
  const city = deployedSample();
  const pools = city.pools.map((pool) => (pool.name === "sala" ? { ...pool, seats } : pool));
  return { ...city, prices, pools };
}

describe("the cost of a change", () => {
  test("is that of each pool's machines by the file's price list, and of their seats", () => {
    const { workstations, pools } = deployedSample();
    const pool = pools.find(({ name }) => name === "sala");
    const { cpus = 0, memoryGib = 0, diskGib = 0, dataDiskGib = 0 } = workstations[pool?.workstation ?? ""] ?? {};
    const one = cpus + 10 * memoryGib + 0.1 * (diskGib + dataDiskGib) + 100;
    const change = costChange(priced(), priced(PRICES, 3));
    expect(change?.parts).toEqual([{ pool: "sala", before: 2 * one, after: 3 * one }]);
    expect((change?.after ?? 0) - (change?.before ?? 0)).toBeCloseTo(one, 2);
  });

  test("is each version's own: a dearer price list changes it though no machine does", () => {
    const change = costChange(priced(), priced({ ...PRICES, seat: 200 }));
    expect(change?.parts.map(({ pool }) => pool)).toEqual(deployedSample().pools.map(({ name }) => name));
  });

  test("is nothing where neither version says what machines cost, or both say the same", () => {
    expect(costChange(deployedSample(), deployedSample())).toBeNull();
    expect(costChange(priced(), priced())).toBeNull();
    expect(costChange(deployedSample(), priced())).toMatchObject({ before: null, after: expect.any(Number) });
  });

  test("is told as a share of the funding under the project's CUP", () => {
    const city = priced(PRICES, 3);
    const funding = {
      currency: "EUR",
      programmed: 200_000,
      admitted: 100_000,
      binding: 90_000,
      paid: 40_000.5,
    } as const;
    const wanted = { ...city, project: { ...projectOf(city), cup: "B41B21005770001", funding } };
    const change = costChange(priced(), wanted);
    expect(change?.funding).toMatchObject({ cup: "B41B21005770001", amount: 100_000, unpaid: 49_999.5 });
    expect(change?.funding?.percentAYear).toBeCloseTo((12 * (change?.after ?? 0)) / 1000, 6);
    expect(costSection(change)).toContain(
      "of the funding under CUP `B41B21005770001`, € 100,000.00; € 49,999.50 of it",
    );
  });

  test("names no CUP where none is published, and takes the programmed amount where none is admitted", () => {
    const city = priced(PRICES, 3);
    const project = { ...projectOf(city), cup: undefined };
    const wanted = { ...city, project: { ...project, funding: { currency: "EUR", programmed: 2_115_000 } as const } };
    const change = costChange(priced(), wanted);
    expect(change?.funding).toMatchObject({ cup: null, amount: 2_115_000, unpaid: null });
    expect(costSection(change)).toMatch(/percent of the project's funding, € 2,115,000\.00\.$/);
  });
});
