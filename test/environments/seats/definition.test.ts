import { describe, expect, test } from "@jest/globals";
import { definitionOf } from "../../../environments/seats/definition";
import { machinesOf } from "../../../environments/seats/machines";
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

  test("has machines of the template that their cluster has of its own, or of the one of all others", () => {
    const city = sampleCity();
    const [pool] = city.pools;
    const { windows } = city.images;
    if (pool === undefined || windows === undefined) throw new Error("the sample has changed");
    const version = windows.versions["2026.10"];
    const clusters = [{ cluster: "vdi-b", template: "win11-b", library: "site-b" }];
    const versions = { ...windows.versions, ...(version && { "2026.10": { ...version, clusters } }) };
    const images = { ...city.images, windows: { ...windows, versions } };
    const spread = ["vdi-a", "vdi-b"].map((cluster) => ({ cluster, weight: 1 }));
    const machine = machinesOf(definitionOf({ ...city, images }, { ...pool, cluster: undefined, spread }), new Map());
    const made = Array.from({ length: 20 }, (_, number) => machine(`sa-ana-${String(number).padStart(4, "0")}`));
    const of = (cluster: string): unknown[] =>
      made.flatMap(({ place, template }) => (place.cluster === cluster ? template : []));
    expect(of("vdi-a")).toEqual(of("vdi-a").map(() => ({ name: "win11-2026-10" })));
    expect(of("vdi-b")).toEqual(of("vdi-b").map(() => ({ name: "win11-b", library: "site-b" })));
    expect([of("vdi-a").length, of("vdi-b").length]).not.toContain(0);
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
