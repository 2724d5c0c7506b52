import { describe, expect, test } from "@jest/globals";
import { foundHost, foundInventory, foundMachine, foundTemplate } from "../fixtures/found-inventory";
import { cityOf, drafted } from "../fixtures/drafted";

describe("a file that is drafted of an inventory", () => {
  const file = drafted(foundInventory());
  const city = cityOf(file);

  test("passes every rule, and has the vCenter's clusters, sizes, datastores and switch", () => {
    expect(city.platform).toMatchObject({
      vsphere: { server: "vcenter.comune.ragusa.example", datacenter: "Ragusa" },
      clusters: [{ name: "produzione", hostCores: 48, hostMemoryGib: 767 }],
      datastores: [{ name: "san-01", cluster: "produzione", capacityGib: 5320 }],
    });
    expect(city.network.switch).toMatchObject({ name: "dvs-comune", existing: true, mtu: 9000 });
  });

  test("has templates whose names differ in a month as versions of one image", () => {
    expect(city.images).toMatchObject({
      "win11-ufficio": {
        guestId: "windows11_64Guest",
        diskGib: 64,
        versions: {
          "2026.10": { template: "win11-ufficio-2026-10", released: "2026-10-01" },
          "2026.11": { template: "win11-ufficio-2026-11", released: "2026-11-01" },
        },
      },
    });
  });

  test("adopts desktops by their names, those of another size in a pool of their own, and no server", () => {
    expect(city.pools).toMatchObject([
      {
        ...{ name: "pc-ana", code: "pcana", directorate: "anagrafe", imageVersion: "2026.11", seats: 3 },
        ...{ assignment: "dedicated", cluster: "produzione", datastore: "san-01", segment: "pg-anagrafe" },
        adopt: [
          { seat: 1, machine: "Anagrafe/PC-ANA-01" },
          { seat: 2, machine: "Anagrafe/PC-ANA-02" },
          { seat: 3, machine: "Anagrafe/PC-ANA-03" },
        ],
      },
      { name: "pc-ana-2", code: "pcana2", seats: 1, adopt: [{ seat: 1, machine: "Anagrafe/PC-ANA-05" }] },
    ]);
    expect(city.workstations).toMatchObject({
      "win11-ufficio-2x8": { cpus: 2, memoryGib: 8, diskGib: 80, secureBoot: true },
      "win11-ufficio-2x16": { memoryGib: 16 },
    });
  });

  test("has port groups as segments, with the subnets of their machines or names", () => {
    expect(city.network.segments).toMatchObject([
      { name: "pg-anagrafe", zone: "desktops", vlan: 820, subnet: "10.88.4.0/24", external: false },
      { name: "gestione-10-88-254-0-24", zone: "management", vlan: 898, subnet: "10.88.254.0/24", external: true },
    ]);
    expect(file.text).toContain("left out: vMotion: the hosts' own; Trunk: the hosts' own.");
  });

  test("asks each question once, and tells its line", () => {
    const texts = file.questions.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    const lines = file.text.split("\n");
    for (const { line, text } of file.questions) expect(lines[line - 1]).toContain(text.slice(0, 40));
    expect(texts).toContain("DNS domain of the desktops");
  });

  test("is the same text whenever it is drafted of the same inventory", () => {
    expect(drafted(foundInventory()).text).toBe(file.text);
  });
});

describe("what an inventory leaves open or has twice", () => {
  test("two templates of one name are no image, and the file says what to do", () => {
    const machines = [foundTemplate("A/win11"), foundTemplate("B/win11"), foundMachine("PC-1"), foundMachine("PC-2")];
    const { text } = drafted(foundInventory({ machines }));
    expect(text.replace(/\n *# /g, " ")).toContain(
      "A/win11: 2 machines or templates have this name: rename all but one, since it is looked up by its name",
    );
    expect(text).toContain("template: template, released: 2026-11-30");
  });

  test("numbers that machines have stay theirs, and missing ones are retired", () => {
    const machines = ["PC-02", "PC-03", "PC-05"].map((name) => foundMachine(name));
    expect(cityOf(drafted(foundInventory({ machines }))).pools).toMatchObject([
      { seats: 5, retired: [1, 4], adopt: [{ seat: 2 }, { seat: 3 }, { seat: 5 }] },
    ]);
  });

  test("numbers with large gaps are given anew, and no seat is free", () => {
    const machines = ["PC-2019", "PC-2020"].map((name) => foundMachine(name));
    expect(cityOf(drafted(foundInventory({ machines }))).pools).toMatchObject([
      { seats: 2, retired: [], adopt: [{ seat: 1 }, { seat: 2 }] },
    ]);
  });

  test("without desktops there is one pool to answer for, and the file passes too", () => {
    const file = drafted(
      foundInventory({ machines: [], portGroups: [], switches: [], hosts: [foundHost("10.0.0.1")] }),
    );
    expect(cityOf(file).pools).toMatchObject([{ name: "desktops", seats: 1 }]);
    expect(cityOf(file).network.switch).toMatchObject({ name: "dvs-ragusa", adapters: ["vmnic1"], existing: false });
    expect(cityOf(file).platform.clusters).toMatchObject([{ hosts: ["10.0.0.1"], tolerates: 0 }]);
  });

  test("desktops that take more than the rules allow leave the file right", () => {
    const machines = Array.from({ length: 60 }, (_, index) =>
      foundMachine(`PC-${String(index + 1)}`, { diskGib: 400, details: { cpus: 16, memoryMib: 65_536 } }),
    );
    const { platform } = cityOf(drafted(foundInventory({ machines })));
    expect(platform.clusters).toMatchObject([{ hostCores: 48, cpuOvercommit: 10 }]);
    expect(platform.clusters[0]?.hostMemoryGib).toBeUndefined();
    expect(platform.datastores).toMatchObject([{ capacityGib: 12_000, overcommit: 2 }]);
  });

  test("machines with a virtual TPM are of a workstation with one, and the key provider is asked for", () => {
    const machines = [
      ...["PC-1", "PC-2"].map((name) => foundMachine(name, { hasTpm: true })),
      foundTemplate("win11", { hasTpm: true }),
    ];
    const city = cityOf(drafted(foundInventory({ machines })));
    expect(Object.values(city.workstations)).toMatchObject([{ tpm: true }]);
    expect(city.platform.vsphere.keyProvider).toBe("key-provider");
  });

  test("patterns name desktops that no system tells", () => {
    const machines = [foundMachine("LX-7", { guestId: "ubuntu64Guest" }), foundMachine("PC-1"), foundMachine("PC-2")];
    const { pools } = cityOf(drafted(foundInventory({ machines }), { desktops: ["lx-*"] }));
    expect(pools.map(({ adopt }) => adopt.map(({ machine }) => machine))).toEqual([["LX-7"]]);
  });
});

describe("a switch with private VLANs", () => {
  const [first] = foundInventory().switches;
  if (first === undefined) throw new Error("no switch");
  const privateVlans = [
    { primary: 810, secondary: 810, type: "promiscuous" },
    { primary: 810, secondary: 820, type: "isolated" },
  ];

  test("gives the desktops' segment its primary and secondary VLAN, and the router a segment", () => {
    const city = cityOf(drafted(foundInventory({ switches: [{ ...first, privateVlans }] })));
    expect(city.network.segments).toMatchObject([
      { name: "pg-anagrafe", vlan: 810, privateVlan: { secondary: 820, type: "isolated" }, subnet: "10.88.4.0/24" },
      { zone: "management" },
      {
        name: "router-810",
        zone: "transit",
        vlan: 810,
        privateVlan: { secondary: 810, type: "promiscuous" },
        external: true,
      },
    ]);
  });
});
