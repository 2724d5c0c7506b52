import { describe, expect, test } from "@jest/globals";
import type { DeclaredCity } from "../../environments/model/city";
import type { Workstation } from "../../environments/model/workstation";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity, synthesizedText } from "../fixtures/synthesized-city";
import type { Synthesized } from "../fixtures/synthesized";
import { projectOf, vaultOf } from "../fixtures/optional-parts";

function stack(name: string, city: DeclaredCity = sampleCity()): Synthesized {
  const found = synthesizedCity(city).get(name);
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found;
}

function withOffice(change: Partial<Workstation>): DeclaredCity {
  const city = sampleCity();
  const { office, ...others } = city.workstations;
  return { ...city, workstations: { ...others, ...(office && { office: { ...office, ...change } }) } };
}

function withPool(change: Partial<DeclaredCity["pools"][number]>): DeclaredCity {
  const city = sampleCity();
  return { ...city, pools: city.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, ...change } : pool)) };
}

/** Names of the stacks whose bytes differ between two cities. */
function changedStacks(before: DeclaredCity, after: DeclaredCity): string[] {
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

  test("bound requests by quotas on a server of the city's own, and not in a namespace, where no policy speaks of them either", () => {
    const city = sampleCity();
    const vault = { ...vaultOf(city), namespace: "cities/sample" };
    const within = { ...city, platform: { ...city.platform, vault } };
    const bounded = (of: DeclaredCity): boolean =>
      JSON.stringify(stack("sample-secrets", of).json).includes("sys/quotas");
    expect([bounded(city), bounded(within)]).toEqual([true, false]);
    expect(stack("sample-secrets", within).resources("vault_quota_rate_limit")).toEqual([]);
  });

  test("require the provider versions that the file says, the newest that were tried by default, unless the lab has others", () => {
    const versions = (deployment: object, city = sampleCity()) =>
      synthesizedCity(city, deployment).get("sample-network")?.json.terraform?.required_providers;
    expect(versions({})).toEqual({ vsphere: { source: "vmware/vsphere", version: "2.16.1" } });
    const city = sampleCity();
    const providers = { ...city.platform.providers, vsphere: "2.15.0" as const };
    expect(versions({}, { ...city, platform: { ...city.platform, providers } })).toMatchObject({
      vsphere: { version: "2.15.0" },
    });
    expect(versions({ providerVersions: { vsphere: "1.26.0" } })).toEqual({
      vsphere: { source: "vmware/vsphere", version: "1.26.0" },
    });
  });
});

describe("a city's plan", () => {
  test("changes in a pool's last shard and nowhere else when the pool grows within it", () => {
    expect(changedStacks(sampleCity(), withPool({ seats: 6 }))).toEqual(["sample-desktops-anagrafe-02"]);
  });

  test("gains a stack when the pool grows past its last shard, and certificates for the seats that it has room for", () => {
    const full = withPool({ seats: 6 });
    const grown = ["sample-desktops-anagrafe-03", "sample-secrets"];
    expect(changedStacks(full, withPool({ seats: 7 }))).toEqual(grown);
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

test("people's machines keep their virtualization-based security, but with a provider that does not know it", () => {
  const stacks = (vsphere?: string): string =>
    JSON.stringify([...synthesizedCity(sampleCity(), { providerVersions: { vsphere } })].map(([, { json }]) => json));
  expect(stacks()).toContain('"vvtd_enabled"');
  expect(stacks("2.15.0")).toContain('"vvtd_enabled"');
  expect(stacks("1.26.0")).not.toContain('"vvtd_enabled"');
});

describe("a pool's spread", () => {
  const spread = [
    { cluster: "vdi-a", weight: 1 },
    { cluster: "vdi-b", weight: 1 },
  ];
  const over = (...places: typeof spread): DeclaredCity => withPool({ cluster: undefined, spread: places });

  test("over one place is the same bytes as its cluster", () => {
    expect(changedStacks(sampleCity(), over({ cluster: "vdi-a", weight: 7 }))).toEqual([]);
  });

  test("changes its desktops' stacks and in the foundation shares alone: resource pools and ids are there in advance", () => {
    const changed = changedStacks(sampleCity(), over(...spread));
    expect(changed).toEqual(["sample-desktops-anagrafe-01", "sample-desktops-anagrafe-02", "sample-foundation"]);
    const [before, after] = [sampleCity(), over(...spread)].map((city) => ({
      ...stack("sample-foundation", city).json,
      resource: stack("sample-foundation", city).resources("vsphere_resource_pool").length,
    }));
    expect(after).toEqual(before);
    const datastores = stack("sample-desktops-anagrafe-01", over(...spread)).data("vsphere_datastore");
    expect(datastores.map(({ name }) => name)).toEqual(["vsan-a", "vsan-b"]);
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
    const project = { ...projectOf(city), cup: undefined };
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
    const desktops = stack("sample-desktops-anagrafe-01");
    const machines = desktops.resources("vsphere_virtual_machine");
    const surroundings = {
      folder: expect.stringContaining("pools_anagrafe_folder"),
      resource_pool_id: expect.stringContaining("pools_anagrafe_resource-pool"),
      network_interface: [{ network_id: expect.stringContaining("segments_desktops") }],
    };
    expect(machines).toMatchObject([surroundings, surroundings]);
    expect(machines.map((block) => desktops.forEach(block))).toEqual([
      '${toset(["sa-ana-0001","sa-ana-0003"])}',
      "${toset([])}",
    ]);
  });

  test("machines as their workstation says, with the storage policy that is looked up by its name", () => {
    const said = { memoryReservationGib: 4, dataDiskGib: 50, videoMemoryMib: 64, storagePolicy: "vdi-mirrored" };
    const desktops = stack("sample-desktops-anagrafe-01", withOffice(said));
    const policy = { storage_policy_id: expect.stringMatching(/^\$\{data\.vsphere_storage_policy\.\S+\.id\}$/) };
    expect(desktops.data("vsphere_storage_policy")).toMatchObject([{ name: "vdi-mirrored" }]);
    const machine = { memory_reservation: 4096, disk: [policy, { ...policy, size: 50 }], ...policy };
    expect(desktops.resources("vsphere_virtual_machine")).toMatchObject([machine, machine]);
  });

  test("a virtual TPM where the workstation has one and vCenter a key provider, and else no word of it", () => {
    const city = withOffice({ tpm: true });
    city.platform.vsphere.keyProvider = "nkp";
    const vtpm = (of: DeclaredCity) =>
      stack("sample-desktops-anagrafe-01", of).resources("vsphere_virtual_machine")[0]?.vtpm;
    expect(vtpm(city)).toEqual({ version: "2.0" });
    const without = [...synthesizedText(sampleCity()).values()].join("");
    expect(without).not.toContain("vtpm");
  });

  test("guests that are told their seat's name and the city's domain, where the image is customized", () => {
    const city = sampleCity();
    for (const image of Object.values(city.images)) {
      image.guestId = "ubuntu64Guest";
      image.customization = { timeZone: "UTC" };
    }
    const [machine] = stack("sample-desktops-anagrafe-01", city).resources("vsphere_virtual_machine");
    const options = { host_name: "${each.key}", domain: "vdi.campione.example", time_zone: "UTC" };
    expect(machine?.clone).toMatchObject({ customize: { linux_options: options } });
  });

  test("the datastore of the pool's cluster unless the pool names another", () => {
    const name = (city: DeclaredCity) => stack("sample-desktops-anagrafe-01", city).data("vsphere_datastore")[0]?.name;
    expect(name(sampleCity())).toBe("vsan-a");
    expect(name(withPool({ datastore: "vsan-b" }))).toBe("vsan-b");
  });
});
