import { describe, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity, synthesizedText } from "../fixtures/synthesized-city";
import type { Synthesized } from "../fixtures/synthesized";

function stack(name: string, city: City = sampleCity()): Synthesized {
  const found = synthesizedCity(city).get(name);
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found;
}

function withPool(change: Partial<City["pools"][number]>): City {
  const city = sampleCity();
  return { ...city, pools: city.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, ...change } : pool)) };
}

/** Names of the stacks whose bytes differ between two cities. */
function changedStacks(before: City, after: City): string[] {
  const [old, now] = [synthesizedText(before), synthesizedText(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name)).sort();
}

describe("the stacks of a city", () => {
  test("are one for foundation, network and secrets, and one for every shard of every pool", () => {
    expect([...synthesizedCity(sampleCity()).keys()].sort()).toEqual([
      "sample-desktops-anagrafe-01",
      "sample-desktops-anagrafe-02",
      "sample-desktops-sala-01",
      "sample-desktops-tecnica-01",
      "sample-foundation",
      "sample-network",
      "sample-secrets",
    ]);
  });

  test("are the same bytes for the same file", () => {
    expect(synthesizedText(sampleCity())).toEqual(synthesizedText(sampleCity()));
  });

  test("hold no vCenter login, and no variable, whose value would stand in plans", () => {
    const stacks = [...synthesizedCity(sampleCity()).values()].filter(({ json }) => json.provider?.vsphere);
    for (const { json } of stacks) {
      expect(json.provider?.vsphere).toMatchObject([{ user: null, password: null }]);
      expect(json.variable).toBeUndefined();
    }
    expect(stacks).toHaveLength(6);
  });

  test("hold no Vault token: the provider reads its own environment", () => {
    const provider = { address: "https://vault.campione.example:8200", skip_child_token: true };
    expect(stack("sample-secrets").json.provider?.vault).toEqual([provider]);
  });

  test("require the provider versions that the bindings were made for, unless others are asked for", () => {
    const versions = (deployment: object) =>
      synthesizedCity(sampleCity(), deployment).get("sample-network")?.json.terraform?.required_providers;
    expect(versions({})).toEqual({ vsphere: { source: "vmware/vsphere", version: "2.15.0" } });
    expect(versions({ providerVersions: { vsphere: "1.26.0" } })).toEqual({
      vsphere: { source: "vmware/vsphere", version: "1.26.0" },
    });
  });
});

describe("a city's plan", () => {
  test("changes in a pool's last shard and nowhere else when the pool grows within it", () => {
    expect(changedStacks(sampleCity(), withPool({ seats: 6 }))).toEqual(["sample-desktops-anagrafe-02"]);
  });

  test("gains a stack and changes in no other when the pool grows past its last shard", () => {
    const full = withPool({ seats: 6 });
    expect(changedStacks(full, withPool({ seats: 7 }))).toEqual(["sample-desktops-anagrafe-03"]);
  });

  test("changes in one shard when a seat of it is retired", () => {
    expect(changedStacks(sampleCity(), withPool({ retired: [2, 5] }))).toEqual(["sample-desktops-anagrafe-02"]);
  });

  test("changes in the pool's stacks when its image changes", () => {
    expect(changedStacks(sampleCity(), withPool({ imageVersion: "2026.11" }))).toEqual([
      "sample-desktops-anagrafe-01",
      "sample-desktops-anagrafe-02",
    ]);
  });

  test("does not change when pools, segments or directorates are put in another order", () => {
    const city = sampleCity();
    const reordered = {
      ...city,
      pools: city.pools.toReversed(),
      directorates: city.directorates.toReversed(),
      network: { ...city.network, segments: city.network.segments.toReversed() },
    };
    expect(changedStacks(city, reordered)).toEqual([]);
  });
});

describe("the stacks of a city declare", () => {
  test("a folder for the city, for each directorate and for each pool, with their tags", () => {
    const paths = stack("sample-foundation")
      .resources("vsphere_folder")
      .map((folder) => String(folder.path));
    expect(paths).toHaveLength(1 + 2 + 3);
    expect(paths).toContain("sample");
    expect(
      stack("sample-foundation")
        .resources("vsphere_tag")
        .map((tag) => tag.name),
    ).toEqual(expect.arrayContaining(["SA1.2.3.a", "B41B21005770001", "anagrafe", "tecnica"]));
  });

  test("no CUP tag where no CUP is published", () => {
    const city = sampleCity();
    const project = { ...city.project, cup: undefined };
    const names = stack("sample-foundation", { ...city, project })
      .resources("vsphere_tag_category")
      .map((category) => category.name);
    expect(names).toEqual(["sample-directorate", "sample-project"]);
  });

  test("a host group for the pools that are bound to it", () => {
    expect(stack("sample-foundation").resource("vsphere_compute_cluster_host_group")).toMatchObject({ name: "gpu" });
    expect(stack("sample-desktops-tecnica-01").resource("vsphere_compute_cluster_vm_host_rule")).toMatchObject({
      affinity_host_group_name: "gpu",
    });
  });

  test("port groups for the city's own segments only, joined by the hosts of every cluster", () => {
    const network = stack("sample-network");
    const names = network.resources("vsphere_distributed_port_group").map(({ name }) => name);
    expect(names).toEqual(["cad", "desktops", "management", "router"]);
    expect(network.data("vsphere_host")[0]?.for_each).toContain("esx-b1.campione.example");
  });

  test("machines in the pool's own folder, resource pool and segment, by references to the other stacks", () => {
    const machines = stack("sample-desktops-anagrafe-01").resources("vsphere_virtual_machine");
    const surroundings = {
      folder: expect.stringContaining("pools_anagrafe_folder"),
      resource_pool_id: expect.stringContaining("pools_anagrafe_resource-pool"),
      network_interface: [{ network_id: expect.stringContaining("segments_desktops") }],
    };
    expect(machines).toMatchObject([
      { for_each: '${toset(["sa-ana-0001","sa-ana-0003"])}', ...surroundings },
      { for_each: "${toset([])}", ...surroundings },
    ]);
  });

  test("the datastore of the pool's cluster unless the pool names another", () => {
    const name = (city: City) => stack("sample-desktops-anagrafe-01", city).data("vsphere_datastore")[0]?.name;
    expect(name(sampleCity())).toBe("vsan-a");
    expect(name(withPool({ datastore: "vsan-b" }))).toBe("vsan-b");
  });
});
