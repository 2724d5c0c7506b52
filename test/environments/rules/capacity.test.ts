import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  clusterCpu,
  clusterMemory,
  datastoreCapacity,
  hostGroupCapacity,
} from "../../../environments/rules/capacity/exceeded";
import { clusterTolerates } from "../../../environments/rules/capacity/cluster-tolerates";
import type { CityRule } from "../../../environments/rules/rule";
import type { Edit } from "../../fixtures/city-edits";
import { brokenWith, milanBreaking } from "../../fixtures/city-files";
import { sizedCity } from "../../fixtures/sized-city";
import type { Sizes } from "../../fixtures/sized-city";

const HOSTS = ["a", "b", "c", "d", "e", "f"];
const MANY = fc.record({
  hosts: fc.integer({ min: 1, max: 6 }),
  size: fc.integer({ min: 1, max: 400 }),
  lost: fc.nat(5),
});
const OVERCOMMIT = fc.integer({ min: 10, max: 40 }).map((tenths) => tenths / 10);

/** The messages of a rule on the sample with these sizes. */
function messages(rule: CityRule, sizes: Sizes): string[] {
  return Array.from(rule.check(sizedCity(sizes)), ({ message }) => message);
}

/** How many findings a rule has for as many seats as there is room for, and for one more. */
function atLimit(rule: CityRule, sizes: Sizes, room: number, of: "seats" | "drawing" = "seats"): number[] {
  const limit = Math.floor(room + 1e-6);
  return [limit, limit + 1].map((seats) => messages(rule, { ...sizes, [of]: seats }).length);
}

describe("cluster-cpu", () => {
  test("refuses more virtual CPUs than the hosts have that are left", () => {
    expect(milanBreaking("cluster-cpu", { "pools.polizia-locale.seats": 5080 })).toEqual([]);
    expect(milanBreaking("cluster-cpu", { "pools.polizia-locale.seats": 5081 })).toEqual([
      'platform.clusters[name=milano-vdi-a].hosts: "milano-vdi-a" has 16,896 virtual CPUs with 11 of 12 hosts, its ' +
        "machines take 16,898; allowed: the hosts of a cluster that are left when tolerates of them fail have the virtual " +
        "CPUs of all its machines, at most cpuOvercommit a core; repair: add hosts, move a pool to another cluster, or " +
        "raise cpuOvercommit where a measurement allows it",
    ]);
  });

  test("finds for every size the number of seats that just fits", () => {
    fc.assert(
      fc.property(MANY, OVERCOMMIT, ({ hosts, size, lost }, cpuOvercommit) => {
        fc.pre(lost < hosts);
        const cluster = { hosts: HOSTS.slice(0, hosts), hostCores: size, cpuOvercommit, tolerates: lost };
        expect(atLimit(clusterCpu, { cluster }, ((hosts - lost) * size * cpuOvercommit) / 2)).toEqual([0, 1]);
      }),
    );
  });

  test("asks nothing where hostCores is not said, or where cluster-tolerates is broken", () => {
    expect(messages(clusterCpu, { seats: 9999 })).toEqual([]);
    expect(messages(clusterCpu, { seats: 9999, cluster: { hostCores: 1, tolerates: 3 } })).toEqual([]);
  });
});

describe("cluster-memory", () => {
  test("refuses more memory than the hosts have that are left", () => {
    expect(milanBreaking("cluster-memory", { "platform.clusters.milano-vdi-a.hostMemoryGib": 4452 })).toEqual([]);
    expect(milanBreaking("cluster-memory", { "platform.clusters.milano-vdi-a.hostMemoryGib": 4451 })).toEqual([
      'platform.clusters[name=milano-vdi-a].hosts: "milano-vdi-a" has 48,961 GiB of memory with 11 of 12 hosts, its ' +
        "machines take 48,964; allowed: the hosts of a cluster that are left when tolerates of them fail have the memory " +
        "of all its machines; repair: add hosts or memory, or move a pool to another cluster",
    ]);
  });

  test("finds for every size the number of seats that just fits", () => {
    fc.assert(
      fc.property(MANY, ({ hosts, size, lost }) => {
        fc.pre(lost < hosts);
        const cluster = { hosts: HOSTS.slice(0, hosts), hostMemoryGib: size, tolerates: lost };
        expect(atLimit(clusterMemory, { cluster }, ((hosts - lost) * size) / 8)).toEqual([0, 1]);
      }),
    );
  });

  test("asks nothing where hostMemoryGib is not said", () => {
    expect(messages(clusterMemory, { seats: 9999, cluster: { hostCores: 1 } })).toEqual([]);
  });
});

describe("cluster-tolerates", () => {
  test("refuses as many failed hosts as there are, and says nothing else of the cluster", () => {
    const all: Edit = { "platform.clusters.milano-vdi-a.+tolerates": 12 };
    expect(milanBreaking("cluster-tolerates", all)).toEqual([
      "platform.clusters[name=milano-vdi-a].tolerates: tolerates is 12, and there are 12 hosts; allowed: a cluster that " +
        "says hostCores or hostMemoryGib has more hosts than it tolerates failed ones; repair: add hosts, or write a " +
        "smaller tolerates",
    ]);
    expect(brokenWith(all)).not.toContain("cluster-cpu");
  });

  test("lets a single host stand that may not fail, or whose size nobody said", () => {
    const hosts = HOSTS.slice(0, 1);
    expect(messages(clusterTolerates, { cluster: { hosts, hostMemoryGib: 64 } })).toEqual([
      "tolerates is 1, and there is 1 host",
    ]);
    expect(messages(clusterTolerates, { cluster: { hosts, hostCores: 64, tolerates: 0 } })).toEqual([]);
    expect(messages(clusterTolerates, { cluster: { hosts } })).toEqual([]);
  });
});

describe("host-group-capacity", () => {
  test("refuses machines that its hosts have no room for, though the cluster has", () => {
    const three: Edit = {
      'platform.clusters.milano-vdi-a.hostGroups.gpu.hosts."esx-a09.comune.milano.example"': undefined,
    };
    expect(milanBreaking("host-group-capacity", three).map((line) => line.split("; ")[0])).toEqual([
      'platform.clusters[name=milano-vdi-a].hostGroups[name=gpu].hosts: "gpu" has 3,072 virtual CPUs with 2 of 3 hosts, its machines take 3,720',
      'platform.clusters[name=milano-vdi-a].hostGroups[name=gpu].hosts: "gpu" has 12,288 GiB of memory with 2 of 3 hosts, its machines take 14,880',
      'platform.clusters[name=milano-vdi-a].hostGroups[name=gpu].hosts: "gpu" has 512 vGPUs grid_a16-2q with 2 of 3 hosts, its machines take 620',
    ]);
    expect(new Set(brokenWith(three))).toEqual(new Set(["host-group-capacity"]));
  });

  test("finds for every size the number of seats that just fits, with one host at least", () => {
    fc.assert(
      fc.property(MANY, ({ hosts, size, lost }) => {
        const hostGroups = [{ name: "gpu", hosts: HOSTS.slice(0, hosts), vgpus: [] }];
        const cluster = { hosts: HOSTS, hostGroups, hostMemoryGib: size, tolerates: lost };
        expect(atLimit(hostGroupCapacity, { cluster }, (Math.max(1, hosts - lost) * size) / 24, "drawing")).toEqual([
          0, 1,
        ]);
      }),
    );
  });
});

describe("datastore-capacity", () => {
  test("refuses more disks than overcommit lets the datastore have", () => {
    expect(milanBreaking("datastore-capacity", { "platform.datastores.vsan-vdi-a.capacityGib": 232404 })).toEqual([]);
    expect(milanBreaking("datastore-capacity", { "platform.datastores.vsan-vdi-a.capacityGib": 232403 })).toEqual([
      'platform.datastores[name=vsan-vdi-a].capacityGib: "vsan-vdi-a" has 464,806 GiB of disks, its machines take ' +
        "464,808; allowed: the disks of a datastore's machines have together at most overcommit times its " +
        "capacityGib; repair: enlarge the datastore, move a pool to another one, or raise overcommit while somebody " +
        "watches how it fills",
    ]);
  });

  test("finds for every size the number of seats that just fits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), OVERCOMMIT, (capacityGib, overcommit) => {
        expect(
          atLimit(datastoreCapacity, { datastore: { capacityGib, overcommit } }, (capacityGib * overcommit) / 80),
        ).toEqual([0, 1]);
      }),
    );
  });

  test("asks nothing where capacityGib is not said", () => {
    expect(messages(datastoreCapacity, { seats: 9999, datastore: { overcommit: 2 } })).toEqual([]);
  });
});

describe("clone-minutes", () => {
  const PLATFORM = "platform.vsphere";
  const measured = { "platform.datastores.vsan-vdi-a.+copyMibPerSecond": 500 };

  test("refuses fewer minutes than the clones at a time take of a measured datastore", () => {
    const said = (cloneMinutes: number): Edit => ({ ...measured, [`${PLATFORM}.+cloneMinutes`]: cloneMinutes });
    // The other datastore is not measured: 200 MiB/s. 8 clones of 64 GiB.
    expect(milanBreaking("clone-minutes", said(44))).toEqual([]);
    expect(milanBreaking("clone-minutes", said(43))).toEqual([
      "platform.vsphere.cloneMinutes: 43 minutes are fewer than the 44 that 8 clones at a time take; allowed: " +
        "platform.vsphere.cloneMinutes is at least the time in which the slowest datastore copies clonesAtATime clones of the " +
        "largest image, where a datastore says copyMibPerSecond; repair: write 44 or more, take it out, or allow fewer " +
        "clonesAtATime",
    ]);
  });

  test("asks nothing where no datastore is measured, or no minutes are said", () => {
    expect(milanBreaking("clone-minutes", { [`${PLATFORM}.+cloneMinutes`]: 10 })).toEqual([]);
    expect(milanBreaking("clone-minutes", { ...measured, [`${PLATFORM}.+clonesAtATime`]: 640 })).toEqual([]);
  });
});
