import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { loadCities } from "../../environments/load";
import type { City } from "../../environments/model/city";
import { inventoryOf } from "../../lab/inventory";
import { accessCityWith } from "../fixtures/access-city";
import { sampleCity } from "../fixtures/sample-city";
import { sizedCity } from "../fixtures/sized-city";

function mapped<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

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

  test("has hosts of the size that the file says, else of a usual one", () => {
    const { clusters } = inventoryOf(sizedCity({ cluster: { hostCores: 96, hostMemoryGib: 2048 } }));
    expect(clusters.map(({ coresPerHost, memoryGibPerHost }) => [coresPerHost, memoryGibPerHost])).toEqual([
      [96, 2048],
      [64, 1024],
    ]);
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
    const doubled = {
      ...city,
      support: { ...city.support, roles: [...city.support.roles, ...(role === undefined ? [] : [role])] },
    };
    const groups = [...new Set(city.support.roles.map(({ group }) => group))];
    expect(inventoryOf(doubled).principals).toEqual(groups.map((name) => ({ name, group: true })));
  });

  test("has the gateways' template, and no switch, which a stack makes", () => {
    const [city] = loadCities([join(__dirname, "../fixtures/gateway.yaml")]);
    const { templates, switches } = inventoryOf(city ?? sampleCity());
    const gateway = { name: "debian-12-gateway", guestId: "debian12_64Guest", diskGib: 8, firmware: "efi" };
    expect(templates).toEqual([expect.anything(), { ...gateway, cluster: "vdi", datastore: "vsan" }]);
    expect(switches).toEqual([]);
  });

  test("has the access machines' template", () => {
    const { templates } = inventoryOf(accessCityWith());
    expect(templates).toEqual([
      expect.objectContaining({ name: "ubuntu-2026-10" }),
      expect.objectContaining({ name: "debian-12-access", guestId: "debian12_64Guest", diskGib: 8, firmware: "efi" }),
    ]);
  });

  test("has a template once that the gateways and an image share", () => {
    const [city] = loadCities([join(__dirname, "../fixtures/gateway.yaml")]);
    const gateway = city?.network.gateway;
    if (city === undefined || gateway === undefined) throw new Error("the fixture has no gateways");
    const shared = { ...city.network, gateway: { ...gateway, template: "ubuntu-2026-10" } };
    expect(inventoryOf({ ...city, network: shared }).templates.map(({ name }) => name)).toEqual(["ubuntu-2026-10"]);
  });

  test("has the switch that a city only uses, with its private VLANs", () => {
    const existing = { ...city.network, switch: { ...city.network.switch, existing: true } };
    const { switches } = inventoryOf({ ...city, network: existing });
    const privateVlans = [
      { primary: 2110, secondary: 2110, type: "promiscuous" },
      { primary: 2110, secondary: 2111, type: "isolated" },
    ];
    expect(switches).toEqual([{ name: "dvs-campione", mtu: 9000, privateVlans }]);
  });

  test("has the content libraries of the images' versions, with an item for each, and the storage policies", () => {
    const { images, workstations } = city;
    const inLibrary = ({ versions, ...image }: City["images"][string]): City["images"][string] => ({
      ...image,
      versions: mapped(versions, (version) => ({ ...version, library: "desktops" })),
    });
    const { libraries, storagePolicies } = inventoryOf({
      ...city,
      images: mapped(images, inLibrary),
      workstations: mapped(workstations, (workstation) => ({ ...workstation, storagePolicy: "encrypted" })),
      pools: [],
    });
    const versions = Object.values(images).flatMap((image) => Object.values(image.versions));
    const items = versions.map(({ template }) => ({ name: template, template }));
    expect(libraries).toEqual([{ name: "desktops", items }]);
    expect(storagePolicies).toEqual(["encrypted"]);
    expect(inventory).toMatchObject({ libraries: [], storagePolicies: [] });
  });

  test("has the machines that pools adopt, as large as the pool's workstation", () => {
    const [pool] = city.pools;
    const adopting = { ...pool, adopt: [{ seat: 1, machine: "Old/Desks/PC-1" }] } as (typeof city.pools)[number];
    const [machine] = inventoryOf({ ...city, pools: [adopting] }).machines;
    const { cpus, memoryGib, diskGib } = city.workstations[adopting.workstation] ?? {};
    expect(machine).toMatchObject({ name: "PC-1", folder: "Old/Desks", cluster: adopting.cluster, firmware: "bios" });
    expect(machine).toMatchObject({ cpus, memoryMib: (memoryGib ?? 0) * 1024, disksGib: [diskGib] });
    expect(inventory.machines).toEqual([]);
  });

  test("follows from the file alone", () => {
    expect(inventoryOf(sampleCity())).toEqual(inventory);
  });
});
