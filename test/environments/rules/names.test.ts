import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-files";
import { CATANIA, MILAN, brokenWith, edited, load, milanBreaking, milanWith } from "../../fixtures/city-files";

const TWICE: [what: string, edit: Edit, line: string][] = [
  [
    "a directorate",
    ["id: educazione", "id: tecnica"],
    'directorates[id=tecnica].id: the directorate "tecnica" is there already',
  ],
  [
    "a pool",
    ["- name: tecnica", "- name: anagrafe"],
    'pools[name=anagrafe].name: the pool "anagrafe" is there already',
  ],
  ["a pool code", ["code: pol", "code: edu"], 'pools[name=polizia-locale].code: the pool code "edu" is there already'],
  ["a datastore", ["name: vsan-vdi-b", "name: vsan-vdi-a"], 'the datastore "vsan-vdi-a" is there already'],
  ["a cluster", ["- name: milano-vdi-b", "- name: milano-vdi-a"], 'the cluster "milano-vdi-a" is there already'],
  [
    "an application",
    ["- id: registry #", "- id: videoconference #"],
    'applications[id=videoconference].id: the application "videoconference" is there already',
  ],
  [
    "an application of a pool",
    ["[registry, videoconference]", "[registry, registry]"],
    'pools[name=anagrafe].applications[1]: the application "registry" is there already',
  ],
  [
    "an application of a workstation",
    ["light: { image", "light: { applications: [registry, registry], image"],
    'workstations.light.applications[1]: the application "registry" is there already',
  ],
  [
    "a vGPU profile of a host group",
    [
      "        - name: gpu\n",
      "        - name: gpu\n          vgpus: [{ profile: a16-4q, perHost: 8 }, { profile: a16-4q, perHost: 4 }]\n",
    ],
    'hostGroups[name=gpu].vgpus[1].profile: the vGPU profile "a16-4q" is there already',
  ],
  ["an adapter", ["[vmnic2, vmnic3]", "[vmnic2, vmnic2]"], 'network.switch.adapters[1]: the adapter "vmnic2" is there'],
  ["a right", ["[power, console", "[power, power"], 'support.roles[name=help-desk].may[1]: the right "power" is there'],
  [
    "a role",
    [
      "may: [power, console, snapshot-revert] }",
      "may: [power] }\n    - { name: help-desk, group: 'A\\b', may: [power] }",
    ],
    'support.roles[name=help-desk].name: the role "help-desk" is there already',
  ],
  [
    "a host group",
    ["        - name: gpu\n", "        - { name: gpu, hosts: [esx-a01.comune.milano.example] }\n        - name: gpu\n"],
    'hostGroups[name=gpu].name: the host group "gpu" is there already',
  ],
  [
    "a host of a host group",
    ["            - esx-a11.", "            - esx-a12."],
    'hostGroups[name=gpu].hosts[3]: the host "esx-a12.comune.milano.example" is there already',
  ],
];

describe("unique-names", () => {
  test.each(TWICE)("refuses %s that is there twice, and names its second place", (_, edit, line) => {
    expect(milanWith(edit)).toContainEqual(expect.stringContaining(line));
    expect(brokenWith(edit)).toContain("unique-names");
  });

  test("lets things of two kinds have the same name", () => {
    expect(milanWith(["- name: access\n", "- name: anagrafe\n"], ["segment: access\n", "segment: anagrafe\n"])).toEqual(
      [],
    );
  });
});

describe("endpoint-names", () => {
  const allowed = "allowed: segments, services and networks outside have different names, and none is called any";
  const named: [kind: string, edit: Edit, line: string][] = [
    ["segment", ["- name: shared", "- name: access"], 'network.segments[name=access].name: the name "access" is'],
    [
      "segment and a service",
      ["- name: directory", "- name: shared"],
      'network.services[name=shared].name: the name "shared" is',
    ],
    [
      "service and a network outside",
      ["{ name: plotters, ranges", "{ name: vault, ranges"],
      'network.outside[name=vault].name: the name "vault" is',
    ],
  ];

  test.each(named)("refuses a name that a %s have twice, at the second place", (_, edit, line) => {
    expect(milanBreaking("endpoint-names", edit)).toEqual([
      `${line} there already; ${allowed}; repair: rename one of the two`,
    ]);
  });

  test("refuses any, which stands for every address", () => {
    expect(milanBreaking("endpoint-names", ["{ name: plotters, ranges", "{ name: any, ranges"])).toEqual([
      `network.outside[name=any].name: "any" stands for every address; ${allowed}; repair: rename it`,
    ]);
  });

  test("lets a pool, an application and a segment share a name: no flow means the first two", () => {
    expect(milanWith(["- id: registry #", "- id: shared #"], ["[registry, video", "[shared, video"])).toEqual([]);
  });
});

describe("host-in-one-cluster", () => {
  test("refuses a host in two clusters", () => {
    expect(milanWith(["- esx-b12.", "- esx-a01."])).toEqual([
      'platform.clusters[name=milano-vdi-b].hosts[11]: the host "esx-a01.comune.milano.example" is ' +
        "there already; allowed: a host is in one cluster, once, whatever the case of its name; repair: take it out of one of the two",
    ]);
  });
});

describe("host-in-one-city", () => {
  const HOST = "- esx-a01.comune.milano.example";
  const CATANIAS = /- (esx-[a-z0-9]+\.comune\.catania\.example)/.exec(CATANIA)?.[0] ?? "";
  const found = (host: string, ...more: Edit[]): string[] => {
    const catania = edited(CATANIA, [CATANIAS, host], ...more);
    const { violations } = load({ "a.yaml": MILAN, "b.yaml": catania });
    return violations
      .filter(({ rule }) => rule === "host-in-one-city")
      .map(({ file, path, message }) => `${file} ${path}: ${message}`);
  };
  const shared: Edit = ["server: vcenter.comune.catania.example", "server: vcenter.comune.milano.example"];

  test.each([HOST, "- ESX-A01.comune.milano.EXAMPLE"])("refuses a host of two cities' on one vCenter: %s", (host) => {
    expect(found(host, shared)).toEqual([
      expect.stringMatching(
        /^b\.yaml platform\.clusters\[name=[a-z-]+\]\.hosts\[0\]: the host "esx-a01\.comune\.milano\.example" of "vcenter\.comune\.milano\.example" is in a cluster of Milano's already$/i,
      ),
    ]);
  });

  test("lets cities on one vCenter have hosts of their own, and other vCenters hosts of the same name", () => {
    expect(found(CATANIAS, shared)).toEqual([]);
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
    const catania = edited(CATANIA, ["id: catania", "id: milan-sud"]);
    expect(found(catania)).toEqual([["b.yaml", "city.id", 'the id "milan-sud" begins with another city\'s, "milan"']]);
  });

  test("refuses a second city with the same id or code, in the second file", () => {
    const unassigned: Edit = ["assignments: catania.assignments.csv", ""];
    const catania = edited(CATANIA, ["id: catania", "id: milan"], ["code: ct", "code: mi"], unassigned);
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
    ["datastore", "- { name: vsan-vdi-a,", "- { name: VSAN-VDI-A, cluster: milano-vdi-a }\n    "],
    ["cluster", "- name: milano-vdi-a", "- { name: Milano-VDI-A, hosts: [esx-z.comune.milano.example] }\n    "],
  ])("are one to vCenter: a %s", (noun, first, other) => {
    expect(milanBreaking("unique-names", [first, `${other}${first}`])).toEqual([
      expect.stringMatching(new RegExp(`the ${noun} "[a-z-]+" is there already, as "[A-Za-z-]+"; `)),
    ]);
  });
});

describe("vault-shared", () => {
  const SERVER = "https://vault.comune.milano.example:8200";
  const own = (namespace: string): string => (namespace === "" ? "" : `, namespace: ${namespace}`);

  function found(address: string, catanias: string, milans = ""): string[][] {
    const catania = edited(CATANIA, [
      '"https://vault.comune.catania.example:8200" }',
      `"${address}"${own(catanias)} }`,
    ]);
    const milan = edited(MILAN, [`"${SERVER}" }`, `"${SERVER}"${own(milans)} }`]);
    return load({ "a.yaml": milan, "b.yaml": catania }).violations.map(({ file, path, message }) => [
      file,
      path,
      message,
    ]);
  }

  test.each([
    ["as it is", SERVER],
    ["in capitals", "https://VAULT.Comune.Milano.Example:8200"],
  ])("refuses the same server in another file, written %s", (_how, address) => {
    const message =
      "the city and \"milan\" share the Vault server vault.comune.milano.example:8200: each one's CI could take the other's secrets";
    expect(found(address, "")).toEqual([["b.yaml", "platform.vault", message]]);
  });

  test.each([
    ["the same namespace", "cities", "cities"],
    ["the same one in capitals", "Cities", "cities"],
    ["one within the other", "cities", "cities/milan"],
    ["one around the other", "cities/catania", "cities"],
    ["a namespace and the root", "cities", ""],
  ])("refuses %s", (_what, catanias, milans) => {
    expect(found(SERVER, catanias, milans)).toEqual([
      [
        "b.yaml",
        "platform.vault.namespace",
        `the city and "milan" share the Vault server vault.comune.milano.example:8200, and "${catanias}" is no namespace of its own there: each one's CI could take the other's secrets`,
      ],
    ]);
  });

  test.each([
    ["a namespace each", SERVER, "cities/catania", "cities/milan"],
    ["names of which one begins the other", SERVER, "milan-2", "milan"],
    ["another port", "https://vault.comune.milano.example:8201", "", ""],
    ["another way on one host", `${SERVER}/vault-b`, "", ""],
  ])("accepts %s", (_what, address, catanias, milans) => {
    expect(found(address, catanias, milans)).toEqual([]);
  });

  test.each(["/v1", "/v1/cities/milan", "/vault/v1"])("refuses an address with %s, which would be doubled", (path) => {
    const [problem] = milanWith([`"${SERVER}" }`, `"${SERVER}${path}" }`]);
    expect(problem).toContain("and without /v1");
  });

  test.each(["/milan", "milan/", "a//b", "sys", "cities/auth", "../milan", "mi lan", "é", "${x}", "a/identity/b"])(
    "refuses %s as a namespace",
    (namespace) => {
      const [problem] = milanWith([`"${SERVER}" }`, `"${SERVER}", namespace: ${JSON.stringify(namespace)} }`]);
      expect(problem).toContain("platform.vault.namespace");
    },
  );
});

describe("one-datacenter", () => {
  const own = "vsphere: { server: vcenter.comune.catania.example, datacenter: Catania }";

  test("refuses a second city in the same datacenter, in the second file", () => {
    const catania = edited(CATANIA, [own, "vsphere: { server: vcenter.comune.milano.example, datacenter: Milano }"]);
    const { violations } = load({ "a.yaml": MILAN, "b.yaml": catania });
    expect(violations).toEqual([
      expect.objectContaining({
        file: "b.yaml",
        path: "platform.vsphere.datacenter",
        rule: "one-datacenter",
        message: 'the datacenter "Milano" of "vcenter.comune.milano.example" is that of Milano already',
      }),
    ]);
  });

  test.each(["MILANO", "milano"])("takes %s for Milano, as vCenter does", (name) => {
    const catania = edited(CATANIA, [own, `vsphere: { server: vcenter.comune.milano.example, datacenter: ${name} }`]);
    expect(load({ "a.yaml": MILAN, "b.yaml": catania }).violations).toEqual([
      expect.objectContaining({ file: "b.yaml", rule: "one-datacenter" }),
    ]);
  });

  test("lets cities share a vCenter, and datacenters of two vCenters have the same name", () => {
    const shared = edited(CATANIA, [own, "vsphere: { server: vcenter.comune.milano.example, datacenter: Catania }"]);
    const namesake = edited(CATANIA, [own, "vsphere: { server: vcenter.comune.catania.example, datacenter: Milano }"]);
    expect(load({ "a.yaml": MILAN, "b.yaml": shared }).violations).toEqual([]);
    expect(load({ "a.yaml": MILAN, "b.yaml": namesake }).violations).toEqual([]);
  });
});

describe("support-group-once", () => {
  const roles = "may: [power, console, snapshot-revert] }";

  test("refuses a group with a second role, in whatever case", () => {
    const second = `${roles}\n    - { name: night, group: 'milano\\VDI-HelpDesk', may: [power] }`;
    expect(milanWith([roles, second])).toEqual([
      'support.roles[name=night].group: the group "milano\\VDI-HelpDesk" holds the role "help-desk" already; allowed: a ' +
        "group holds one support role, whatever the case of its name; repair: give one role all that the group may do",
    ]);
  });

  test("lets another group have a role of its own", () => {
    expect(milanWith([roles, `${roles}\n    - { name: night, group: 'MILANO\\vdi-night', may: [power] }`])).toEqual([]);
  });
});

describe("stack-name-length", () => {
  const idOf = (length: number): Edit => ["id: milan ", `id: ${"m".repeat(length)} `];
  const longest: Edit = ["- name: tecnica", `- name: ${"t".repeat(40)}`];

  test("refuses a pool whose stacks' names PostgreSQL would cut, and let share a schema", () => {
    expect(milanBreaking("stack-name-length", idOf(11), longest)).toEqual([
      `pools[name=${"t".repeat(40)}].name: the stack name "mmmmmmmmmmm-desktops-${"t".repeat(36)}..." has 64 characters; ` +
        "allowed: the name of a pool's last stack has at most 63 characters; repair: shorten the pool's name or the " +
        "city's id",
    ]);
  });

  test("lets 63 characters pass", () => {
    expect(milanBreaking("stack-name-length", idOf(10), longest)).toEqual([]);
  });

  test("counts the digits of the last stack", () => {
    const small: Edit = ["  clusters:\n", "  seatsPerStack: 6\n  clusters:\n"];
    const alone: Edit = ["    antiAffinity: true\n", ""];
    expect(milanBreaking("stack-name-length", idOf(10), longest, small, alone)).toEqual([
      expect.stringContaining("has 64 characters"),
    ]);
  });
});

describe("seat-name-length", () => {
  test("refuses a pool whose seats' names are too long for NetBIOS", () => {
    expect(milanWith(["code: smw", "code: smartwrk"])).toEqual([
      'pools[name=smart-working].code: the seat name "mi-smartwrk-3602" has 16 characters; allowed: ' +
        "a seat's name has at most 15 characters; repair: shorten the pool's code",
    ]);
  });

  test("lets 15 characters pass", () => {
    expect(milanWith(["code: smw", "code: smartwk"])).toEqual([]);
  });
});
