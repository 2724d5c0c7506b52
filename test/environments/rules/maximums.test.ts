import { describe, expect, test } from "@jest/globals";
import { clusterHosts, clusterMachines, hostMachines } from "../../../environments/rules/capacity/maximums";
import { vsanComponents } from "../../../environments/rules/capacity/vsan-components";
import type { CityRule } from "../../../environments/rules/rule";
import { milanBreaking } from "../../fixtures/city-files";
import { sizedCity } from "../../fixtures/sized-city";
import type { Sizes } from "../../fixtures/sized-city";

/** The messages of a rule on the sample with these sizes. */
function messages(rule: CityRule, sizes: Sizes): string[] {
  return Array.from(rule.check(sizedCity(sizes)), ({ message }) => message);
}

function hosts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `esx-${String(index)}.campione.example`);
}

const OSA = { architecture: "osa" } as const;
const ESA = { architecture: "esa" } as const;

describe("cluster-hosts", () => {
  test("refuses more than 96 hosts, and with vSAN more than 64", () => {
    expect(messages(clusterHosts, { cluster: { hosts: hosts(96) } })).toEqual([]);
    expect(messages(clusterHosts, { cluster: { hosts: hosts(97) } })).toEqual(['"vdi-a" has 97 hosts, more than 96']);
    expect(messages(clusterHosts, { cluster: { hosts: hosts(64) }, datastore: { vsan: ESA } })).toEqual([]);
    expect(messages(clusterHosts, { cluster: { hosts: hosts(65) }, datastore: { vsan: ESA } })).toEqual([
      '"vdi-a" has 65 hosts, more than 64',
    ]);
  });
});

describe("cluster-machines", () => {
  test("refuses more than 10,000 machines, those of an emergency among them", () => {
    const city = sizedCity({ seats: 9999 });
    const withSurge = (seats: number): typeof city => ({
      ...city,
      emergency: { ...city.emergency, surge: [{ pool: "anagrafe", code: "anx", seats }] },
    });
    expect([...clusterMachines.check(withSurge(1))]).toEqual([]);
    expect([...clusterMachines.check(withSurge(2))]).toEqual([
      { path: ["platform", "clusters", 0, "hosts"], message: '"vdi-a" has 10,001 machines, more than 10,000' },
    ]);
  });
});

describe("host-machines", () => {
  test("refuses more than 1,024 machines on each host that is left", () => {
    expect(messages(hostMachines, { seats: 2048 })).toEqual([]);
    expect(messages(hostMachines, { seats: 2049 })).toEqual([
      '"vdi-a" has 1,025 machines a host, more than 1,024, with 2 of 3 hosts',
    ]);
    expect(messages(hostMachines, { seats: 2049, cluster: { tolerates: 0 } })).toEqual([]);
  });

  test.each([
    [OSA, 400],
    [ESA, 1000],
  ])("refuses more than vSAN's %o on the same hosts", (vsan, most) => {
    expect(messages(hostMachines, { seats: most, datastore: { vsan } })).toEqual([]);
    expect(messages(hostMachines, { seats: most + 1, datastore: { vsan } })).toHaveLength(1);
  });

  test("counts the machines of a host group on its own hosts", () => {
    expect(messages(hostMachines, { drawing: 1025 })).toEqual([
      '"gpu" has 1,025 machines a host, more than 1,024, with 1 of 1 hosts',
    ]);
  });

  test("says where and how it is repaired, with an emergency's seats counted", () => {
    expect(milanBreaking("host-machines", { "platform.datastores.vsan-vdi-b.+vsan": OSA })).toEqual([
      expect.stringMatching(
        /^platform\.clusters\[name=milano-vdi-b\]\.hosts: "milano-vdi-b" has 683 machines a host, more than 200, with 11 of 12 hosts; allowed: .*; repair: add hosts, or move a pool to another cluster$/,
      ),
    ]);
  });
});

describe("vsan-components", () => {
  test("counts three objects of a machine with one disk, each with two copies and a witness", () => {
    // Two hosts with 9,000 components each: 2,000 machines with nine.
    expect(messages(vsanComponents, { seats: 2000, datastore: { vsan: OSA } })).toEqual([]);
    expect(messages(vsanComponents, { seats: 2001, datastore: { vsan: OSA } })).toEqual([
      '"vsan-a" has 18,000 components with 2 of 3 hosts, its machines take 18,009',
    ]);
  });

  test("counts what the file says of policy and devices", () => {
    const vsan = { ...ESA, components: 10, devices: 6 };
    expect(messages(vsanComponents, { seats: 1200, datastore: { vsan } })).toEqual([]);
    expect(messages(vsanComponents, { seats: 1201, datastore: { vsan } })).toHaveLength(1);
    expect(messages(vsanComponents, { seats: 1201, datastore: { vsan: { ...vsan, devices: 7 } } })).toEqual([]);
  });

  test("counts a disk of more than 255 GB as several objects", () => {
    const city = sizedCity({ seats: 1500, datastore: { vsan: OSA } });
    const { office, ...others } = city.workstations;
    const large = (diskGib: number): typeof city => ({
      ...city,
      workstations: { ...others, ...(office && { office: { ...office, diskGib } }) },
    });
    expect([...vsanComponents.check(large(237))]).toEqual([]); // 254.5 GB
    expect([...vsanComponents.check(large(474))]).toHaveLength(0); // two parts: 1,500 machines with twelve components
    expect([...vsanComponents.check(large(475))]).toHaveLength(1);
  });

  test("asks nothing of a datastore that is not said to be vSAN's", () => {
    expect(messages(vsanComponents, { seats: 9999 })).toEqual([]);
  });
});
