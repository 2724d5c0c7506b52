import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { capacityOf } from "../../../environments/capacity/city-capacity";
import type { Resource } from "../../../environments/capacity/resource";
import { loadCities } from "../../../environments/load";
import type { DeclaredCity } from "../../../environments/model/city";
import { sampleCity } from "../../fixtures/sample-city";
import { sizedCity } from "../../fixtures/sized-city";

const SIZES = { hostCores: 10, hostMemoryGib: 100, cpuOvercommit: 4.35, tolerates: 1 };
const SEATS = fc.dictionary(fc.constantFrom("anagrafe", "tecnica", "sala"), fc.nat(500));
const CLUSTER = fc.record({
  hostCores: fc.integer({ min: 1, max: 256 }),
  hostMemoryGib: fc.integer({ min: 1, max: 6144 }),
  cpuOvercommit: fc.integer({ min: 1, max: 320 }).map((tenths) => tenths / 10),
  tolerates: fc.nat(4),
});

/** The one resource of that kind, name and unit. */
function of(city: DeclaredCity, kind: Resource["kind"], name: string, unit: Resource["unit"]): Resource {
  const [found, ...others] = capacityOf(city).filter(
    (one) => [one.kind, one.name, one.unit].join() === [kind, name, unit].join(),
  );
  if (found === undefined || others.length > 0) throw new Error(`not one ${kind} ${name} ${unit}`);
  return found;
}

describe("the capacity of a city", () => {
  test("counts the seats that there are, not the retired ones", () => {
    // Four of anagrafe and two of sala with 2 virtual CPUs, one of tecnica with 6.
    const hosts = { all: 3, left: 2 };
    const path = ["platform", "clusters", 0, "hosts"];
    expect(of(sizedCity({ cluster: SIZES }), "cluster", "vdi-a", "cpus")).toEqual({
      ...{ kind: "cluster", name: "vdi-a", cluster: "vdi-a", unit: "cpus", profile: null, hosts, path },
      ...{ demanded: 18, available: 87, headroom: 69 },
    });
    expect(of(sizedCity({ cluster: SIZES }), "cluster", "vdi-a", "memoryGib")).toMatchObject({
      demanded: 72,
      available: 200,
    });
  });

  test("says of what the file does not say only what is demanded", () => {
    const unknown = { available: null, headroom: null };
    expect(of(sampleCity(), "cluster", "vdi-a", "cpus")).toMatchObject({ ...unknown, demanded: 18 });
    expect(of(sampleCity(), "cluster", "vdi-a", "memoryGib")).toMatchObject({ ...unknown, demanded: 72 });
    expect(of(sampleCity(), "datastore", "vsan-a", "diskGib")).toMatchObject({ ...unknown, demanded: 680 });
    expect(of(sampleCity(), "datastore", "vsan-b", "diskGib")).toMatchObject({ ...unknown, demanded: 0 });
  });

  test("takes a datastore's disks as thin as it is told", () => {
    const city = sizedCity({ datastore: { capacityGib: 333, overcommit: 2.5 } });
    const where = { cluster: "vdi-a", hosts: null, path: ["platform", "datastores", 0, "capacityGib"] };
    expect(of(city, "datastore", "vsan-a", "diskGib")).toMatchObject({ ...where, available: 832, headroom: 152 });
  });

  test("counts of a linked clone's system disk the part that the datastore says, rounded up for each", () => {
    const city = sizedCity({ datastore: { linkedShare: 0.28 }, seats: 10 });
    const linked = { ...city, pools: city.pools.map((pool) => ({ ...pool, clone: "linked" as const })) };
    const workstations = { office: { ...city.workstations.office, dataDiskGib: 5 } } as DeclaredCity["workstations"];
    expect(of(city, "datastore", "vsan-a", "diskGib").demanded).toBe(800);
    expect(of(linked, "datastore", "vsan-a", "diskGib").demanded).toBe(230);
    expect(of({ ...linked, workstations }, "datastore", "vsan-a", "diskGib").demanded).toBe(280);
  });

  test("counts data disks beside system disks", () => {
    const city = sampleCity();
    const workstations = Object.entries(city.workstations).map(([key, one]) => [key, { ...one, dataDiskGib: 10 }]);
    const with10 = { ...city, workstations: Object.fromEntries(workstations) as DeclaredCity["workstations"] };
    expect(of(with10, "datastore", "vsan-a", "diskGib").demanded).toBe(680 + 7 * 10);
  });

  test("counts the addresses of the desktops' segments that are the city's own", () => {
    const segments = capacityOf(sampleCity()).filter(({ kind }) => kind === "segment");
    expect(segments.map(({ name, demanded, available }) => [name, demanded, available])).toEqual([
      ["desktops", 6, 253],
      ["cad", 1, 253],
    ]);
  });

  test("counts the gateways where they stand", () => {
    const [city] = loadCities([join(__dirname, "../../fixtures/gateway.yaml")]);
    if (city === undefined) throw new Error("the fixture is no city");
    // A gateway's CPU is reserved, so it takes a whole core: 6 virtual CPUs.
    expect(of(city, "cluster", "vdi", "cpus").demanded).toBe(2 * 2 + 2 * 2 * 6);
    expect(of(city, "cluster", "vdi", "memoryGib").demanded).toBe(2 * 4 + 2 * 4);
    expect(of(city, "datastore", "vsan", "diskGib").demanded).toBe(2 * 32 + 2 * 8);
  });

  test("leaves out what has no place, which other rules report", () => {
    const city = sampleCity();
    const lost = city.pools.map((pool) => ({ ...pool, workstation: "constructor" }));
    expect(of({ ...city, pools: lost }, "cluster", "vdi-a", "cpus").demanded).toBe(0);
    const elsewhere = city.pools.map((pool) => ({ ...pool, cluster: "turin" }));
    expect(capacityOf({ ...city, pools: elsewhere }).filter(({ kind }) => kind === "datastore")).toMatchObject([
      { demanded: 0 },
      { demanded: 0 },
    ]);
  });
});

describe("a host group", () => {
  test("holds its own pools with one host at least", () => {
    const group = of(sizedCity({ cluster: { ...SIZES, tolerates: 2 } }), "hostGroup", "gpu", "cpus");
    expect(group).toMatchObject({ cluster: "vdi-a", hosts: { all: 1, left: 1 }, demanded: 6, available: 43 });
    expect(group.path).toEqual(["platform", "clusters", 0, "hostGroups", 0, "hosts"]);
  });

  test("also holds those of a group that lies in it, and not those of one that does not", () => {
    const [a1, a2, a3] = ["esx-a1.campione.example", "esx-a2.campione.example", "esx-a3.campione.example"] as const;
    const gpu = { name: "gpu", hosts: [a1], vgpus: [] };
    const hostGroups = [gpu, { name: "wide", hosts: [a1, a2], vgpus: [] }, { name: "other", hosts: [a3], vgpus: [] }];
    const city = sizedCity({ cluster: { ...SIZES, hostGroups } });
    expect(of(city, "hostGroup", "wide", "memoryGib")).toMatchObject({ demanded: 24, hosts: { all: 2, left: 1 } });
    expect(of(city, "hostGroup", "other", "memoryGib").demanded).toBe(0);
  });
});

describe("the vGPUs of a host group", () => {
  const [a1, a2] = ["esx-a1.campione.example", "esx-a2.campione.example"] as const;

  /** The sample with a vGPU in its one image, whose pool tecnica runs in gpu; wide has the hosts of gpu and another one. */
  function drawing(vgpuProfile?: string): DeclaredCity {
    const vgpus = [
      { profile: "a16-4q", perHost: 8 },
      { profile: "a16-2q", perHost: 16 },
    ];
    const hostGroups = [
      { name: "gpu", hosts: [a1], vgpus },
      { name: "wide", hosts: [a1, a2], vgpus },
    ];
    const city = sizedCity({ drawing: 5, cluster: { hostGroups, tolerates: 1 } });
    for (const image of Object.values(city.images)) image.vgpuProfile = vgpuProfile;
    return city;
  }

  function vgpus(city: DeclaredCity): unknown[] {
    const found = capacityOf(city).filter(({ unit }) => unit === "vgpus");
    return found.map(({ name, profile, hosts, demanded, available }) => [
      name,
      profile,
      hosts?.left,
      demanded,
      available,
    ]);
  }

  test("are counted by profile, on the hosts that are left", () => {
    expect(vgpus(drawing("a16-4q"))).toEqual([
      ["gpu", "a16-4q", 1, 5, 8],
      ["gpu", "a16-2q", 1, 0, 16],
      ["wide", "a16-4q", 1, 5, 8],
      ["wide", "a16-2q", 1, 0, 16],
    ]);
  });

  test("are not taken by machines without one", () => {
    expect(vgpus(drawing())).toMatchObject([{ 3: 0 }, { 3: 0 }, { 3: 0 }, { 3: 0 }]);
  });

  test("lack room where more machines have the profile than the hosts that are left can run", () => {
    const city = drawing("a16-4q");
    const pools = city.pools.map((pool) => ({ ...pool, seats: 9 }));
    const short = capacityOf({ ...city, pools }).filter(({ headroom }) => headroom !== null && headroom < 0);
    expect(short).toMatchObject([
      { name: "gpu", profile: "a16-4q", headroom: -1 },
      { name: "wide", profile: "a16-4q", headroom: -1 },
    ]);
  });
});

function withSeats(city: DeclaredCity, more: Readonly<Record<string, number>>): DeclaredCity {
  return { ...city, pools: city.pools.map((pool) => ({ ...pool, seats: pool.seats + (more[pool.name] ?? 0) })) };
}

describe("for every city", () => {
  test("more seats never lower what is demanded, and leave what is available", () => {
    fc.assert(
      fc.property(SEATS, CLUSTER, (extra, cluster) => {
        const city = sizedCity({ cluster });
        const [before, after] = [capacityOf(city), capacityOf(withSeats(city, extra))];
        expect(after.map(({ available }) => available)).toEqual(before.map(({ available }) => available));
        expect(after.filter(({ demanded }, index) => demanded < (before[index]?.demanded ?? 0))).toEqual([]);
      }),
    );
  });

  test("tolerating one more host never raises what is available", () => {
    fc.assert(
      fc.property(CLUSTER, (cluster) => {
        const fewer = capacityOf(sizedCity({ cluster }));
        const more = capacityOf(sizedCity({ cluster: { ...cluster, tolerates: cluster.tolerates + 1 } }));
        expect(more.filter(({ available }, index) => (available ?? 0) > (fewer[index]?.available ?? 0))).toEqual([]);
      }),
    );
  });

  test("the headroom is what is available less what is demanded", () => {
    fc.assert(
      fc.property(SEATS, CLUSTER, (extra, cluster) => {
        const resources = capacityOf(withSeats(sizedCity({ cluster }), extra));
        const known = resources.filter(({ available }) => available !== null);
        expect(known.map(({ headroom }) => headroom)).toEqual(
          known.map(({ available, demanded }) => (available ?? 0) - demanded),
        );
      }),
    );
  });
});
