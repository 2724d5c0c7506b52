import { describe, expect, test } from "@jest/globals";
import { preflightText } from "../../preflight/text";
import type { Inventory } from "../../vcenter/inventory";
import { catania, milan, ESX, OFFICE, held, found, hosts, machine, another, templatesOf } from "./held";
import { standing } from "../fixtures/standing";

test.each([
  ["Milan", milan],
  ["Catania", catania],
])("a vCenter as %s's file presupposes it passes", (_, file) => {
  expect(held((inventory) => inventory, file)).toMatchObject({ result: "passed", findings: [] });
});

test("nothing is said of a Vault or a directory that the file has not", () => {
  const { deployed } = catania;
  const platform = { ...deployed.platform, vault: undefined };
  const without = { ...deployed, platform, secrets: { ...deployed.secrets, directory: undefined } };
  const said = (city: typeof deployed): readonly string[] =>
    held((inventory) => inventory, { ...catania, deployed: city }).notLookedAt;
  expect(said(deployed)).toEqual(expect.arrayContaining(["Vault", "the directory"]));
  expect(said(without).filter((text) => /^Vault|directory/.test(text))).toEqual([]);
});

describe("what differs is found, with the place in the file and a repair:", () => {
  test.each<[string, (inventory: Inventory) => Inventory, readonly string[]]>([
    [
      "another cluster's name",
      (inventory) => ({
        ...inventory,
        clusters: inventory.clusters.map((one) => ({ ...one, name: one.name.replace("-a", "-A") })),
      }),
      [
        'wrong: platform.clusters[name=milano-vdi-a].name: there is no cluster "milano-vdi-a" in the datacenter; write "milano-vdi-A", or make it',
      ],
    ],
    [
      "an adapter without a link",
      hosts([ESX("a02")], {
        adapters: [
          { name: "vmnic2", linked: true },
          { name: "vmnic3", linked: false },
        ],
      }),
      [
        `question: network.switch.adapters[1]: vmnic3 has no link on 1 host: "${ESX("a02")}"; connect it, or name another`,
      ],
    ],
    [
      "a cluster without DRS",
      (inventory) => ({
        ...inventory,
        clusters: inventory.clusters.map((one) => ({ ...one, drs: one.name !== "milano-vdi-a" })),
      }),
      [
        'wrong: platform.clusters[name=milano-vdi-a].name: DRS is off in the cluster "milano-vdi-a"; turn it on in vCenter',
      ],
    ],
    [
      "a vCenter and a host that are too old for the file's guests",
      (inventory) => hosts([ESX("a01")], { version: "7.0.3" })({ ...inventory, version: "7.0.3" }),
      [
        ...["windows-office", "windows-drawing"].map(
          (image) =>
            `wrong: images.${image}.guestId: the guest windows11_64Guest began with vSphere 8.0.0, but vCenter is 7.0.3, and 1 host with ESXi 7.0.3: "${ESX("a01")}"; upgrade them, or change it in the file`,
        ),
        "question: platform.vsphere.server: vCenter is 7.0.3, whose general support ended, and with it the provider's; upgrade it",
      ],
    ],
    [
      "a host of another name",
      hosts([ESX("a03")], { name: ESX("a30") }),
      [
        `wrong: platform.clusters[name=milano-vdi-a].hosts: the cluster "milano-vdi-a" has 1 host that the file leaves out: "${ESX("a30")}"; add them: machines may be placed on any host of the cluster`,
        `wrong: platform.clusters[name=milano-vdi-a].hosts[2]: there is no host "${ESX("a03")}" in the datacenter; write "${ESX("a30")}", or make it`,
      ],
    ],
    [
      "a host of another cluster, one that does not answer, and one in maintenance",
      (inventory) =>
        hosts([ESX("a01")], { cluster: "altro" })(
          hosts([ESX("a02")], { connection: "notResponding" })(hosts([ESX("b01")], { inMaintenance: true })(inventory)),
        ),
      [
        `wrong: platform.clusters[name=milano-vdi-a].hosts[0]: "${ESX("a01")}" is in the cluster "altro"; move it in the file or in the vCenter`,
        `wrong: platform.clusters[name=milano-vdi-a].hosts[1]: "${ESX("a02")}" is notResponding; connect it, or take it out of the file`,
        `question: platform.clusters[name=milano-vdi-b].hosts[0]: "${ESX("b01")}" is in maintenance mode; end it before the deployment, if it is over`,
      ],
    ],
    [
      "hosts that are smaller",
      hosts([ESX("a01")], { cores: 64, memoryGib: 1023.5 }),
      [
        `wrong: platform.clusters[name=milano-vdi-a].hostCores: "${ESX("a01")}" has 64 cores, not 256; write 64, or less for what the hypervisor takes`,
        `wrong: platform.clusters[name=milano-vdi-a].hostMemoryGib: "${ESX("a01")}" has 1023 GiB of memory, not 6144; write 1023, or less for what the hypervisor takes`,
      ],
    ],
    [
      "several of them",
      hosts([ESX("a01"), ESX("a02")], { memoryGib: 1023.5 }),
      [
        `wrong: platform.clusters[name=milano-vdi-a].hostMemoryGib: 2 hosts have less than 6144 GiB of memory, the least 1023: "${ESX("a01")}", "${ESX("a02")}"; write 1023, or less for what the hypervisor takes`,
      ],
    ],
    [
      "an adapter that another switch has, and one that a host lacks",
      (inventory) =>
        hosts([ESX("a01")], {
          adapters: [
            { name: "vmnic2", switch: "dvs-storage", linked: true },
            { name: "vmnic3", linked: true },
            { name: "vmnic4", linked: true },
          ],
        })(
          hosts([ESX("b02")], {
            adapters: [
              { name: "vmnic2", linked: true },
              { name: "vmnic4", linked: true },
            ],
          })(inventory),
        ),
      [
        `wrong: network.switch.adapters[0]: vmnic2 is not free on 1 host: on "${ESX("a01")}" the switch "dvs-storage" has it; no adapter is free on every host: there is no distributed switch to use either`,
        `wrong: network.switch.adapters[1]: vmnic3 is not free on 1 host: "${ESX("b02")}" has none of that name; no adapter is free on every host: there is no distributed switch to use either`,
      ],
    ],
    [
      "a switch of the name that others use",
      (inventory) => ({
        ...inventory,
        switches: [
          { name: "dvs-vdi-milano", datacenter: "Milano", mtu: 1500, version: "8.0.0", hosts: [], privateVlans: [] },
        ],
        portGroups: [{ name: "Server", switch: "dvs-vdi-milano", datacenter: "Milano", vlan: 12 }],
      }),
      [
        'wrong: network.switch.name: there is a switch "dvs-vdi-milano" already, with 1 port group of others: "Server"; give it another name, or say existing: true',
      ],
    ],
    [
      "a switch of the name whose hosts are others",
      (inventory) => ({
        ...inventory,
        switches: [
          {
            name: "dvs-vdi-milano",
            datacenter: "Milano",
            mtu: 1500,
            version: "8.0.0",
            hosts: ["esx-z"],
            privateVlans: [],
          },
        ],
      }),
      [
        'question: network.switch.name: there is a switch "dvs-vdi-milano" already, with hosts that the file does not name: "esx-z"; where it is not of a former deployment, give it another name, or say existing: true',
      ],
    ],
    [
      "a template of another name, guest, firmware and disk, and one without tools",
      (inventory) =>
        machine(OFFICE, { name: "win11-ofice-2026-11" })(
          machine("win11-office-2026-10", { guestId: "windows9_64Guest", firmware: "bios", diskGib: 200 })(
            machine("win11-drawing-2026-10", { hasTools: false, isTemplate: false })(inventory),
          ),
        ),
      [
        'wrong: images.windows-office.versions.2026.10.template: "win11-office-2026-10" has the guest id windows9_64Guest; correct it in the image of the file, or make the template anew',
        'wrong: images.windows-office.versions.2026.10.template: "win11-office-2026-10" has the firmware bios; correct it in the image of the file, or make the template anew',
        'wrong: images.windows-office.versions.2026.10.template: the system disk of "win11-office-2026-10" has 200 GiB; write diskGib: 200: a disk cannot become smaller',
        `wrong: images.windows-office.versions.2026.11.template: there is no template "${OFFICE}" in the datacenter; write "win11-ofice-2026-11", or make it`,
        'question: images.windows-drawing.versions.2026.10.template: "win11-drawing-2026-10" is a machine and no template; mark it as a template, so that nobody starts it',
        'question: images.windows-drawing.versions.2026.10.template: "win11-drawing-2026-10" has no VMware Tools; install them: guests are named and get their first secrets by them',
      ],
    ],
    [
      "two templates of a name",
      another(OFFICE, { path: `Vecchie/${OFFICE}` }),
      [
        `wrong: images.windows-office.versions.2026.11.template: there are 2 machines "${OFFICE}": "${OFFICE}", "Vecchie/${OFFICE}"; rename all but one: a template is looked up by its name`,
      ],
    ],
    [
      "a machine of a seat's name elsewhere, but not the seat's own",
      (inventory) =>
        another(OFFICE, { name: "MI-ANA-0001", path: "Prove/MI-ANA-0001" })(
          another(OFFICE, { name: "mi-ana-0002", path: "milan/servizi-civici/anagrafe/mi-ana-0002" })(inventory),
        ),
      [
        'wrong: pools[name=anagrafe]: 1 of the pool\'s seats are there already: "Prove/MI-ANA-0001"; adopt them with adopt, rename them, or delete them',
      ],
    ],
    [
      "a machine of a seat's name in another folder of the city",
      (inventory) =>
        another(OFFICE, { name: "mi-ana-0001", path: "milan/educazione/educazione/mi-ana-0001" })(
          another(OFFICE, { name: "mi-ana-0001", path: "milan/servizi-civici/anagrafe/mi-ana-0001" })(inventory),
        ),
      [
        "question: pools[name=anagrafe]: 1 machines of its seats' names are elsewhere: \"milan/educazione/educazione/mi-ana-0001\"; nothing where the next deployment moves them; otherwise 'npm run clones -- milan' tells what they are",
      ],
    ],
  ])("%s", (_, change, expected) => {
    expect(found(change)).toEqual(expected);
  });

  test("a datacenter of another name, and what else is wrong with it", () => {
    const renamed = (inventory: Inventory): Inventory => ({
      ...hosts([ESX("a01")], { cores: 64 })(inventory),
      datacenters: ["Milan"],
    });
    expect(found(renamed)).toEqual([
      'wrong: platform.vsphere.datacenter: there is no datacenter "Milano" in the vCenter; write "Milan", or make it',
      expect.stringContaining("hostCores"),
    ]);
  });

  test("a datastore that is smaller, one that is a vSAN's raw space, and one that a host does not reach", () => {
    const [small, raw] = standing(milan.deployed).datastores;
    if (small === undefined || raw === undefined) throw new Error("Milan has two datastores");
    const change = (inventory: Inventory): Inventory => ({
      ...hosts([ESX("b01")], { datastores: [] })(inventory),
      datastores: [
        { ...small, capacityGib: small.capacityGib - 0.5 },
        { ...raw, type: "vsan" },
        ...inventory.datastores.slice(2),
      ],
    });
    const [first, ...rest] = found(change);
    expect(first).toContain(`.capacityGib: "${small.name}" has ${String(small.capacityGib - 1)} GiB`);
    expect(rest).toEqual([
      expect.stringContaining(`"${raw.name}" is not reached by 1 host of "milano-vdi-b": "${ESX("b01")}"`),
      expect.stringMatching(/^question: .*before mirrors.*with one mirror write at most \d+$/),
    ]);
  });
});

test("a datastore whose space others have is asked about, until the city's own machines are there", () => {
  const full = (inventory: Inventory): Inventory => ({
    ...inventory,
    datastores: inventory.datastores.map((one) => ({
      ...one,
      freeGib: one.name === "vsan-vdi-a" ? 100.5 : one.freeGib,
    })),
  });
  expect(found(full)).toEqual([
    expect.stringMatching(
      /^question: .*vsan-vdi-a\]\.capacityGib: "vsan-vdi-a" has 100 GiB free: others have the rest/,
    ),
  ]);
  const own = another(OFFICE, { name: "mi-ana-0001", path: "milan/servizi-civici/anagrafe/mi-ana-0001" });
  expect(found((inventory) => own(full(inventory)))).toEqual([]);
});

test("an adopted machine whose TPM the file does not know would lose it, and one that is not there is said", () => {
  const names = ["PC-0412", "PC-0413", "PC-0414"];
  const adopt = names.map((name, index) => ({ seat: index + 1, machine: `Vecchie/${name}` }));
  const more = { adopt, growDisks: true };
  const pools = milan.deployed.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, ...more } : pool));
  const file = { ...milan, deployed: { ...milan.deployed, pools } };
  const old = { path: "Vecchie/PC-0412", isTemplate: false };
  // The third was adopted before: its entry may stay.
  const before = another(OFFICE, { name: "mi-ana-0003", path: "milan/servizi-civici/anagrafe/mi-ana-0003" });
  expect(
    found(
      (inventory) =>
        another(OFFICE, {
          ...old,
          name: "PC-0412",
          hasTpm: true,
          hasSnapshot: true,
          diskGib: 500,
          adapters: 2,
          hasHostCdrom: true,
        })(before(templatesOf(inventory))),
      file,
    ),
  ).toEqual([
    "wrong: pools[name=anagrafe].adopt[0].machine: \"PC-0412\" has a virtual TPM, which vSphere's provider would remove with its keys; say tpm: true in the pool's workstation, or leave the machine out",
    'wrong: pools[name=anagrafe].adopt[0].machine: the system disk of "PC-0412" has 500 GiB; leave growDisks out, or take a workstation with a larger diskGib: a disk cannot become smaller',
    'wrong: pools[name=anagrafe].adopt[1].machine: there is no machine "Vecchie/PC-0413" in the datacenter\'s machine folder; name one that is there, or make it',
    "question: pools[name=anagrafe].adopt[0].machine: \"PC-0412\" has a CD-ROM of a kind that vSphere's provider does not read; with 1.26.0 no machine of its stack could be planned; remove the CD-ROM, or make it the client's in emulated mode",
    'question: pools[name=anagrafe].adopt[0].machine: "PC-0412" has 2 network adapters, and keeps the first alone; take the others out before, if nobody needs them, or leave the machine out',
    'question: pools[name=anagrafe].adopt[0].machine: "PC-0412" has a snapshot; delete it before: disks with snapshots cannot be moved or grown',
  ]);
});

test("the text tells each finding in a line with its place, and what was not looked at", () => {
  const text = preflightText(held(hosts([ESX("a01")], { cores: 64, inMaintenance: true })));
  expect(text).toMatch(/^# Preflight of milan: failed\n\nHeld against a test: 1 wrong, 1 question\.\n\n## Wrong: /);
  expect(text).toMatch(
    /^- .*milan\.yaml:\d+:\d+: platform\.clusters\[name=milano-vdi-a\]\.hostCores: .*; expected: .*; repair: write 64/m,
  );
  expect(text).toContain("Not looked at: ");
});
