import { describe, expect, test } from "@jest/globals";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, MILAN, brokenWith, load, milanBreaking, milanWith } from "../../fixtures/city-files";

const OFFER = { profile: "a16-4q", perHost: 8 };

const TWICE: [what: string, edit: Edit, line: string][] = [
  [
    "a directorate",
    { "directorates.educazione.id": "tecnica" },
    'directorates[id=tecnica].id: the directorate "tecnica" is there already',
  ],
  ["a pool", { "pools.tecnica.name": "anagrafe" }, 'pools[name=anagrafe].name: the pool "anagrafe" is there already'],
  [
    "a pool code",
    { "pools.polizia-locale.code": "edu" },
    'pools[name=polizia-locale].code: the pool code "edu" is there already',
  ],
  [
    "a datastore",
    { "platform.datastores.vsan-vdi-b.name": "vsan-vdi-a" },
    'the datastore "vsan-vdi-a" is there already',
  ],
  [
    "a cluster",
    { "platform.clusters.milano-vdi-b.name": "milano-vdi-a" },
    'the cluster "milano-vdi-a" is there already',
  ],
  [
    "an application",
    { "applications.registry.id": "videoconference" },
    'applications[id=videoconference].id: the application "videoconference" is there already',
  ],
  [
    "an application of a pool",
    { "pools.anagrafe.applications": ["registry", "registry"] },
    'pools[name=anagrafe].applications[1]: the application "registry" is there already',
  ],
  [
    "an application of a workstation",
    { "workstations.light.+applications": ["registry", "registry"] },
    'workstations.light.applications[1]: the application "registry" is there already',
  ],
  [
    "a vGPU profile of a host group",
    { "platform.clusters.milano-vdi-a.hostGroups.gpu.vgpus": [OFFER, OFFER] },
    'hostGroups[name=gpu].vgpus[1].profile: the vGPU profile "a16-4q" is there already',
  ],
  [
    "an adapter",
    { "network.switch.adapters": ["vmnic2", "vmnic2"] },
    'network.switch.adapters[1]: the adapter "vmnic2" is there',
  ],
  [
    "a right",
    { "support.roles.help-desk.may": ["power", "power", "snapshot-revert"] },
    'support.roles[name=help-desk].may[1]: the right "power" is there',
  ],
  [
    "a role",
    {
      "support.roles": [
        { name: "help-desk", group: "MILANO\\vdi-helpdesk", may: ["power"] },
        { name: "help-desk", group: "A\\b", may: ["power"] },
      ],
    },
    'support.roles[name=help-desk].name: the role "help-desk" is there already',
  ],
  [
    "a host group",
    { "platform.clusters.milano-vdi-a.hostGroups.+0": { name: "gpu", hosts: ["esx-a01.comune.milano.example"] } },
    'hostGroups[name=gpu].name: the host group "gpu" is there already',
  ],
  [
    "a host of a host group",
    {
      'platform.clusters.milano-vdi-a.hostGroups.gpu.hosts."esx-a11.comune.milano.example"':
        "esx-a12.comune.milano.example",
    },
    'hostGroups[name=gpu].hosts[3]: the host "esx-a12.comune.milano.example" is there already',
  ],
];

describe("unique-names", () => {
  test.each(TWICE)("refuses %s that is there twice, and names its second place", (_, edit, line) => {
    expect(milanWith(edit)).toContainEqual(expect.stringContaining(line));
    expect(brokenWith(edit)).toContain("unique-names");
  });

  test("lets things of two kinds have the same name", () => {
    expect(
      milanWith({ "network.segments.access.name": "anagrafe", "network.services.access-gateways.segment": "anagrafe" }),
    ).toEqual([]);
  });
});

describe("endpoint-names", () => {
  const allowed = "allowed: segments, services and networks outside have different names, and none is called any";
  const named: [kind: string, edit: Edit, line: string][] = [
    [
      "segment",
      { "network.segments.shared.name": "access" },
      'network.segments[name=access].name: the name "access" is',
    ],
    [
      "segment and a service",
      { "network.services.directory.name": "shared" },
      'network.services[name=shared].name: the name "shared" is',
    ],
    [
      "service and a network outside",
      { "network.outside.plotters.name": "vault" },
      'network.outside[name=vault].name: the name "vault" is',
    ],
  ];

  test.each(named)("refuses a name that a %s have twice, at the second place", (_, edit, line) => {
    expect(milanBreaking("endpoint-names", edit)).toEqual([
      `${line} there already; ${allowed}; repair: rename one of the two`,
    ]);
  });

  test("refuses any, which stands for every address", () => {
    expect(milanBreaking("endpoint-names", { "network.outside.plotters.name": "any" })).toEqual([
      `network.outside[name=any].name: "any" stands for every address; ${allowed}; repair: rename it`,
    ]);
  });

  test("lets a pool, an application and a segment share a name: no flow means the first two", () => {
    expect(
      milanWith({ "applications.registry.id": "shared", "pools.anagrafe.applications": ["shared", "videoconference"] }),
    ).toEqual([]);
  });
});

describe("host-in-one-cluster", () => {
  test("refuses a host in two clusters", () => {
    expect(
      milanWith({
        'platform.clusters.milano-vdi-b.hosts."esx-b12.comune.milano.example"': "esx-a01.comune.milano.example",
      }),
    ).toEqual([
      'platform.clusters[name=milano-vdi-b].hosts[11]: the host "esx-a01.comune.milano.example" is ' +
        "there already; allowed: a host is in one cluster, once, whatever the case of its name; repair: take it out of one of the two",
    ]);
  });
});

describe("host-in-one-city", () => {
  const HOST = "esx-a01.comune.milano.example";
  const found = (host: string, ...more: Edit[]): string[] => {
    const catania = edited(CATANIA, { "platform.clusters.catania-vdi-a.hosts.0": host }, ...more);
    const { violations } = load({ "a.yaml": MILAN, "b.yaml": catania });
    return violations
      .filter(({ rule }) => rule === "host-in-one-city")
      .map(({ file, path, message }) => `${file} ${path}: ${message}`);
  };
  const shared: Edit = { "platform.vsphere.server": "vcenter.comune.milano.example" };

  test.each([HOST, "ESX-A01.comune.milano.EXAMPLE"])("refuses a host of two cities' on one vCenter: %s", (host) => {
    expect(found(host, shared)).toEqual([
      expect.stringMatching(
        /^b\.yaml platform\.clusters\[name=[a-z-]+\]\.hosts\[0\]: the host "esx-a01\.comune\.milano\.example" of "vcenter\.comune\.milano\.example" is in a cluster of Milano's already$/i,
      ),
    ]);
  });

  test("lets cities on one vCenter have hosts of their own, and other vCenters hosts of the same name", () => {
    expect(found("esx-a01.comune.catania.example", shared)).toEqual([]);
    expect(found(HOST)).toEqual([]);
  });
});

describe("unique-city", () => {
  /** What it finds in Milan's file and another; who hosts whom is another rule's. */
  const found = (other: string): string[][] =>
    load({ "a.yaml": MILAN, "b.yaml": other })
      .violations.filter(({ rule }) => rule === "unique-city")
      .map(({ file, path, message }) => [file, path, message]);

  test("refuses an id that another city's pattern of stacks would name too", () => {
    const catania = edited(CATANIA, { "city.id": "milan-sud" });
    expect(found(catania)).toEqual([["b.yaml", "city.id", 'the id "milan-sud" begins with another city\'s, "milan"']]);
  });

  test("refuses a second city with the same id or code, in the second file", () => {
    const unassigned: Edit = { assignments: undefined };
    const catania = edited(CATANIA, { "city.id": "milan", "city.code": "mi" }, unassigned);
    expect(found(catania)).toEqual([
      ["b.yaml", "city.id", 'the id "milan" is another city\'s already'],
      ["b.yaml", "city.code", 'the code "mi" is another city\'s already'],
    ]);
  });

  test("leaves the file's name free", () => {
    expect(load({ "any-name.yml": MILAN }).violations).toEqual([]);
  });
});

describe("names that differ in case alone", () => {
  test.each([
    ["datastore", { "platform.datastores.+0": { name: "VSAN-VDI-A", cluster: "milano-vdi-a" } }],
    ["cluster", { "platform.clusters.+0": { name: "Milano-VDI-A", hosts: ["esx-z.comune.milano.example"] } }],
  ])("are one to vCenter: a %s", (noun, edit: Edit) => {
    expect(milanBreaking("unique-names", edit)).toEqual([
      expect.stringMatching(new RegExp(`the ${noun} "[a-z-]+" is there already, as "[A-Za-z-]+"; `)),
    ]);
  });
});

describe("support-group-once", () => {
  test("refuses a group with a second role, in whatever case", () => {
    expect(milanWith({ "support.roles.+": { name: "night", group: "milano\\VDI-HelpDesk", may: ["power"] } })).toEqual([
      'support.roles[name=night].group: the group "milano\\VDI-HelpDesk" holds the role "help-desk" already; allowed: a ' +
        "group holds one support role, whatever the case of its name; repair: give one role all that the group may do",
    ]);
  });

  test("lets another group have a role of its own", () => {
    expect(milanWith({ "support.roles.+": { name: "night", group: "MILANO\\vdi-night", may: ["power"] } })).toEqual([]);
  });
});

describe("stack-name-length", () => {
  const idOf = (length: number): Edit => ({ "city.id": "m".repeat(length) });
  const longest: Edit = { "pools.tecnica.name": "t".repeat(40) };

  test("refuses a pool whose stacks' names PostgreSQL would cut, and let share a schema", () => {
    expect(milanBreaking("stack-name-length", idOf(11), longest)).toEqual([
      `pools[name=${"t".repeat(40)}].name: the stack name "mmmmmmmmmmm-desktops-${"t".repeat(36)}..." has 64 characters; ` +
        "allowed: the name of a pool's last stack, and of a gateway's, has at most 63 characters; repair: shorten the " +
        "pool's or the pair's name, or the city's id",
    ]);
  });

  test("lets 63 characters pass", () => {
    expect(milanBreaking("stack-name-length", idOf(10), longest)).toEqual([]);
  });

  test("counts the digits of the last stack", () => {
    const small: Edit = { "platform.+seatsPerStack": 6 };
    const alone: Edit = { "pools.sala-operativa.antiAffinity": undefined };
    expect(milanBreaking("stack-name-length", idOf(10), longest, small, alone)).toEqual([
      expect.stringContaining("has 64 characters"),
    ]);
  });
});

describe("seat-name-length", () => {
  test("refuses a pool whose seats' names are too long for NetBIOS", () => {
    expect(milanWith({ "pools.smart-working.code": "smartwrk" })).toEqual([
      'pools[name=smart-working].code: the seat name "mi-smartwrk-3602" has 16 characters; allowed: ' +
        "a seat's name has at most 15 characters; repair: shorten the pool's code",
    ]);
  });

  test("lets 15 characters pass", () => {
    expect(milanWith({ "pools.smart-working.code": "smartwk" })).toEqual([]);
  });
});
