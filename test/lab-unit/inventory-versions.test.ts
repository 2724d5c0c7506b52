import { expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { InputError } from "../../runtime/errors";
import { inventoryOf } from "../../lab/inventory";
import { inventoryOfVersions } from "../../lab/inventory-versions";
import { sampleCity } from "../fixtures/sample-city";

function withPlatform(change: (platform: City["platform"]) => City["platform"]): City {
  const city = sampleCity();
  return { ...city, platform: change(city.platform) };
}

test("one version presupposes what its inventory says", () => {
  expect(inventoryOfVersions([sampleCity()])).toEqual(inventoryOf(sampleCity()));
});

test("two versions presuppose the hosts, datastores and templates of both, each once", () => {
  const later = withPlatform((platform) => ({
    ...platform,
    clusters: platform.clusters.map((cluster) => ({ ...cluster, hosts: [...cluster.hosts.slice(1), "new.example"] })),
    datastores: [...platform.datastores, { name: "vsan-c", cluster: "vdi-b", overcommit: 1, linkedShare: 1 }],
  }));
  const { clusters, templates } = inventoryOfVersions([sampleCity(), later]);
  expect(clusters.map(({ hosts }) => hosts)).toEqual([
    ["esx-a1.campione.example", "esx-a2.campione.example", "esx-a3.campione.example", "new.example"],
    ["esx-b1.campione.example", "new.example"],
  ]);
  expect(clusters[1]?.datastores).toEqual(["vsan-b", "vsan-c"]);
  expect(templates.map(({ name }) => name)).toEqual(["win11-2026-10", "win11-2026-11"]);
});

test("a switch that one version makes is not there already for the other", () => {
  const city = sampleCity();
  const existing = { ...city, network: { ...city.network, switch: { ...city.network.switch, existing: true } } };
  expect(inventoryOfVersions([existing]).switches).toHaveLength(1);
  expect(inventoryOfVersions([city, existing]).switches).toEqual([]);
});

test("versions in two datacenters cannot be in one vCenter", () => {
  const moved = withPlatform((platform) => ({ ...platform, vsphere: { ...platform.vsphere, datacenter: "Altrove" } }));
  expect(() => inventoryOfVersions([sampleCity(), moved])).toThrow(InputError);
  expect(() => inventoryOfVersions([sampleCity(), moved])).toThrow(/"Campione" or "Altrove"/);
});
