import { describe, expect, test } from "@jest/globals";
import { definitionOf } from "../../../environments/seats/definition";
import type { Pool } from "../../../environments/model/desktops";
import { sampleCity } from "../../fixtures/sample-city";

function definition(changes: Partial<Pool>) {
  const city = sampleCity();
  const [pool] = city.pools;
  if (pool === undefined) throw new Error("the sample has no pool");
  return definitionOf(city, { ...pool, ...changes });
}

describe("a pool's definition", () => {
  test("follows every reference", () => {
    expect(definition({})).toMatchObject({
      directorate: { name: "Servizi Civici" },
      workstation: { cpus: 2 },
      image: { guestId: "windows11_64Guest" },
      template: { name: "win11-2026-10" },
      places: [{ cluster: "vdi-a", datastore: "vsan-a" }],
    });
  });

  test("has the pool's own datastore, where it names one", () => {
    expect(definition({ datastore: "fast" }).places).toMatchObject([{ cluster: "vdi-a", datastore: "fast" }]);
  });

  test.each([
    { directorate: "none" },
    { workstation: "none" },
    { imageVersion: "2020.01" },
    { cluster: "none" },
  ] satisfies Partial<Pool>[])("is refused where a reference leads nowhere: %j", (changes) => {
    expect(() => definition(changes)).toThrow("pool anagrafe of sample refers to something that is not there");
  });
});
