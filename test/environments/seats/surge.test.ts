import { describe, expect, test } from "@jest/globals";
import type { City, DeclaredCity } from "../../../environments/model/city";
import { reachOf } from "../../../environments/network/network-plan";
import { seatNumbers } from "../../../environments/seats/seats";
import { duringEmergency } from "../../../environments/seats/surge";
import { matrixCells } from "../../../segmentation/matrix";
import { deployed } from "../../fixtures/deployed";
import { sampleCity } from "../../fixtures/sample-city";
import { resourceTexts, synthesizedCity } from "../../fixtures/synthesized-city";

function prepared(active: boolean, cluster?: string): DeclaredCity {
  const city = sampleCity();
  const surge = [{ pool: "anagrafe", code: "anx", seats: 4, ...(cluster !== undefined && { cluster }) }];
  return { ...city, emergency: { ...city.emergency, active, surge } };
}

describe("the seats of an emergency", () => {
  test("are floating ones of a pool of their own, which is decommissioned while there is no emergency", () => {
    const pool = deployed(prepared(true)).pools.at(-1);
    expect(pool).toMatchObject({
      name: "anagrafe-surge",
      code: "anx",
      seats: 4,
      assignment: "floating",
      cluster: "vdi-a",
    });
    expect(pool && seatNumbers(pool)).toEqual([1, 2, 3, 4]);
    const waiting = deployed(prepared(false)).pools.at(-1);
    expect(waiting && seatNumbers(waiting)).toEqual([]);
  });

  test("run in another cluster where the file says so, on its own datastore and hosts", () => {
    const pool = deployed(prepared(true, "vdi-b")).pools.at(-1);
    expect(pool).toMatchObject({ cluster: "vdi-b" });
    expect(pool?.datastore).toBeUndefined();
    expect(pool?.hostGroup).toBeUndefined();
  });

  test("are spread as their pool is, unless they have a cluster of their own", () => {
    const spread = [
      { cluster: "vdi-a", weight: 1 },
      { cluster: "vdi-b", weight: 1, seats: 3 },
    ];
    const own = (cluster?: string) => {
      const { pools, ...city } = prepared(true, cluster);
      const spreading = pools.map((pool) => ({ ...pool, cluster: undefined, spread }));
      return deployed({ ...city, pools: spreading }).pools.at(-1);
    };
    expect(own()).toMatchObject({
      spread: [
        { cluster: "vdi-a", weight: 1 },
        { cluster: "vdi-b", weight: 1 },
      ],
    });
    expect(own("vdi-b")).toMatchObject({ cluster: "vdi-b" });
    expect(own("vdi-b")?.spread).toBeUndefined();
  });

  test("are all that the emergency changes: every other resource stays as it is, and the end leaves what was there", () => {
    const during = (emergency: boolean) => resourceTexts(synthesizedCity(prepared(emergency)));
    const [waiting, active] = [during(false), during(true)];
    const changed = [...active]
      .filter(([id, text]) => waiting.get(id) !== text)
      .map(([id]) => id.replace(/_[0-9A-F]{8}$/, ""));
    expect(changed).toEqual([
      "sample-desktops-anagrafe-surge-01 vsphere_virtual_machine pool_replaceable",
      "sample-desktops-anagrafe-surge-02 vsphere_virtual_machine pool_replaceable",
    ]);
    expect([...waiting.keys()]).toEqual([...active.keys()]);
  });

  test("open nothing by themselves", () => {
    const cells = (city: City) => matrixCells(reachOf(city));
    expect(cells(duringEmergency(prepared(false)))).toEqual(cells(prepared(true)));
  });
});
