import { describe, expect, test } from "@jest/globals";
import { inventoryOf } from "../../lab/inventory";
import { sampleCity } from "../fixtures/sample-city";

describe("the inventory of a city", () => {
  const city = sampleCity();
  const inventory = inventoryOf(city);

  test("has its datacenter, its clusters with every host, and the datastores that each reaches", () => {
    expect(inventory.datacenter).toBe(city.platform.vsphere.datacenter);
    expect(inventory.clusters.map(({ name, hosts }) => ({ name, hosts }))).toEqual(
      city.platform.clusters.map(({ name, hosts }) => ({ name, hosts })),
    );
    const placed = inventory.clusters.flatMap(({ name, datastores }) =>
      datastores.map((datastore) => [name, datastore]),
    );
    expect(placed.sort()).toEqual(city.platform.datastores.map(({ name, cluster }) => [cluster, name]).sort());
  });

  test("has a template for every version of every image, as the image says", () => {
    const expected = Object.values(city.images).flatMap(({ versions, guestId, diskGib, firmware }) =>
      Object.values(versions).map(({ template }) => ({ name: template, guestId, diskGib, firmware })),
    );
    expect(inventory.templates).toEqual(expected.map((template) => expect.objectContaining(template)));
    expect(inventory.templates.length).toBeGreaterThan(0);
  });

  test("has the groups that support roles name, each once", () => {
    const [role] = city.support.roles;
    const doubled = { ...city, support: { roles: [...city.support.roles, ...(role === undefined ? [] : [role])] } };
    const groups = [...new Set(city.support.roles.map(({ group }) => group))];
    expect(inventoryOf(doubled).principals).toEqual(groups.map((name) => ({ name, group: true })));
  });

  test("follows from the file alone", () => {
    expect(inventoryOf(sampleCity())).toEqual(inventory);
  });
});
