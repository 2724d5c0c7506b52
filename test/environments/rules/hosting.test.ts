import { describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../../environments/violation";
import { edited, inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, MILAN, lines, load } from "../../fixtures/city-files";

const SURGE = "pool: anagrafe, code: anh, seats: 300, hostedBy: catania";
/** The entry of Catania's file for it. */
const [HOSTING = {}] = (inYaml(CATANIA) as { emergency: { hosting: object[] } }).emergency.hosting;
const asking = (key: string, value: unknown): Edit => ({ [`emergency.surge.anh.${key}`]: value });

/** The violations of both cities' files with edits, a line each with the file, without line and column. */
function together(milan: readonly Edit[], catania: readonly Edit[] = []): string[] {
  const files = { "milan.yaml": edited(MILAN, ...milan), "catania.yaml": edited(CATANIA, ...catania) };
  return load(files).violations.map((one) => formatViolation(one).replace(/:\d+:\d+:/, ":"));
}

/** The violations of Catania's file alone with edits, without their places and repairs. */
function hostWith(...edits: readonly Edit[]): string[] {
  return lines(edited(CATANIA, ...edits)).map((line) => line.replace(/^city\.yaml:\d+:\d+: /, ""));
}

/** The number of the line of a file that has a text. */
function lineOf(content: string, text: string): number {
  return content.split("\n").findIndex((line) => line.includes(text)) + 1;
}

describe("the cities' files", () => {
  test("are right together, and each by itself, where nothing can be said of the other", () => {
    expect(together([])).toEqual([]);
    expect(lines(MILAN)).toEqual([]);
    expect(lines(CATANIA)).toEqual([]);
  });
});

describe("hosted-by", () => {
  const allowed =
    "allowed: a surge's hostedBy is another city, whose file is loaded too unless the guest's is alone, and whose " +
    "emergency.hosting lets the pool have as many seats; repair: ask for less, or have the other city write it in its file";

  test("refuses a city that no file declares, with the nearest one", () => {
    expect(together([asking("hostedBy", "catana")])).toEqual([
      'milan.yaml: emergency.surge[code=anh].hostedBy: "catana" names no other city; allowed: "catania"; repair: write ' +
        '"catania"',
    ]);
  });

  test("refuses the city itself, also in a file that is checked alone", () => {
    const line = `emergency.surge[code=anh].hostedBy: "milan" is the city itself; ${allowed}`;
    expect(together([asking("hostedBy", "milan")])).toEqual([`milan.yaml: ${line}`]);
    expect(lines(edited(MILAN, asking("hostedBy", "milan")))).toEqual([expect.stringContaining(line)]);
  });

  test("refuses a pool that the host says nothing of", () => {
    expect(together([asking("pool", "educazione")])).toEqual([
      `milan.yaml: emergency.surge[code=anh].hostedBy: "catania" hosts nothing of the pool "educazione"; ${allowed}`,
    ]);
  });

  test("refuses more seats than the host promises, and takes as many", () => {
    expect(together([], [{ "emergency.hosting.0.seats": 299 }])).toEqual([
      `milan.yaml: emergency.surge[code=anh].seats: "catania" hosts at most 299 seats of it; ${allowed}`,
    ]);
    expect(together([asking("seats", 1)])).toEqual([]);
  });

  test("shows the line in the guest's file", () => {
    const { violations } = load({
      "milan.yaml": MILAN,
      "catania.yaml": edited(CATANIA, { "emergency.hosting.0.seats": 9 }),
    });
    expect(violations).toEqual([
      expect.objectContaining({ file: "milan.yaml", line: lineOf(MILAN, SURGE), rule: "hosted-by", value: "300" }),
    ]);
  });
});

describe("hosted-code", () => {
  const refused = (code: string): string =>
    `milan.yaml: emergency.surge[code=${code}].code: the pool code "${code}" is there already in "catania"; allowed: the ` +
    "code of a surge that another city hosts is none of that city's pools', surges' and other guests'; repair: write " +
    "another code";

  test("refuses the code of a pool and of a surge of the host", () => {
    expect(together([asking("code", "uff")])).toEqual([refused("uff")]);
    const surge: Edit = { "emergency.+surge": [{ pool: "remoto", code: "anh", seats: 3 }] };
    expect(together([], [surge])).toEqual([refused("anh")]);
  });

  test("refuses the code of another guest, in the later file", () => {
    const milan = edited(MILAN, asking("seats", 9));
    const siena = edited(milan, {
      "city.id": "siena",
      "city.name": "Siena",
      "city.code": "si",
      "platform.vsphere.datacenter": "Siena",
      "platform.vault.address": "https://vault.comune.siena.example:8200",
      assignments: undefined,
    });
    const catania = edited(CATANIA, {
      "emergency.hosting.0.seats": 9,
      "emergency.hosting.+": { ...HOSTING, city: "siena", seats: 9 },
    });
    const { violations } = load({ "catania.yaml": catania, "milan.yaml": milan, "siena.yaml": siena });
    const copied = ["subnet-overlap", "host-in-one-city"];
    const found = violations.filter(({ rule }) => !copied.includes(rule));
    expect(found.map(({ file, path }) => [file, path])).toEqual([["siena.yaml", "emergency.surge[code=anh].code"]]);
  });
});

describe("hosting-guest", () => {
  const guest = (key: string, value: string): string[] =>
    together([{ "emergency.surge.anh": undefined }], [{ [`emergency.hosting.0.${key}`]: value }]);

  test("refuses a city that no file declares, and a pool that it has not", () => {
    expect(guest("city", "milano")).toEqual([
      'catania.yaml: emergency.hosting[0].city: "milano" names no other city; allowed: "milan"; repair: write "milan"',
    ]);
    expect(guest("pool", "anagrafi")).toEqual([
      expect.stringContaining(
        'catania.yaml: emergency.hosting[0].pool: "anagrafi" names no pool of the city "milan"; allowed: "anagrafe", ',
      ),
    ]);
  });

  test("refuses the city itself", () => {
    expect(hostWith({ "emergency.hosting.0.city": "catania" })).toEqual([
      'emergency.hosting[0].city: "catania" is the city itself; allowed: a hosting is of a pool of another city, whose ' +
        "file is loaded too unless the host's is alone; repair: correct the name, or take the hosting out",
    ]);
  });

  test("lets a city promise what nobody asks for", () => {
    expect(together([{ "emergency.surge.anh": undefined }])).toEqual([]);
  });
});

describe("hosting-pool", () => {
  test.each<[key: string, edit: Edit, line: string]>([
    ["workstation", { "emergency.hosting.0.workstation": "offic" }, '"offic" names no workstation'],
    [
      "imageVersion",
      { "emergency.hosting.0.imageVersion": "2026.12" },
      '"2026.12" names no version of the image "windows-office"',
    ],
    ["cluster", { "emergency.hosting.0.cluster": "catania-vdi" }, '"catania-vdi" names no cluster'],
    [
      "datastore",
      { "emergency.hosting.0.+datastore": "vsan-vdi-a" },
      '"vsan-vdi-a" names no datastore of the cluster "catania-vdi-b"',
    ],
    ["segment", { "emergency.hosting.0.segment": "shared" }, 'the segment "shared" is of the zone services'],
    ["applications[0]", { "emergency.hosting.0.+applications": ["registry"] }, '"registry" names no application'],
  ])("refuses what the host does not declare: %s", (key, edit, line) => {
    expect(hostWith(edit)).toEqual([expect.stringContaining(`emergency.hosting[0].${key}: ${line}`)]);
  });

  test("refuses a version that is not released", () => {
    const later: Edit = { 'images.windows-office.versions."2026.11".released': "2026-11-25" };
    expect(hostWith(later)).toEqual([
      'emergency.hosting[0].imageVersion: "2026.11" is released on 2026-11-25, and the file is of 2026-11-24; allowed: a ' +
        "version that a pool has or rolls out, forward or back, was released by asOf; repair: wait for the version's " +
        "day, or correct released or asOf",
    ]);
  });

  test("leaves a cluster without a datastore to its own rule", () => {
    const empty: Edit = { "platform.datastores.vsan-vdi-b.cluster": "catania-vdi-a" };
    expect(hostWith(empty)).toEqual([expect.stringContaining('the cluster "catania-vdi-b" has no datastore')]);
  });
});

describe("hosting-once", () => {
  test("refuses a pool that is hosted twice", () => {
    expect(hostWith({ "emergency.hosting.+": { ...HOSTING, seats: 10 } })).toEqual([
      'emergency.hosting[1].pool: "anagrafe" of "milan" is there already; allowed: a pool of another city is in ' +
        "emergency.hosting once, and no pool has the name that it gets here; repair: take one of the two out, or give " +
        "the city's own pool another name",
    ]);
  });

  test("refuses a pool whose name here is a pool's already", () => {
    const renamed = hostWith({
      "pools.remoto.name": "milan-anagrafe-hosted",
      "secrets.accounts.rotated.join-remoto.joins": [],
      "secrets.ssh.roles.linux-desktops.machines": ["pools/milan-anagrafe-hosted"],
    });
    expect(renamed).toEqual([
      expect.stringContaining('emergency.hosting[0].pool: "milan-anagrafe-hosted" is a pool\'s name'),
    ]);
  });
});

describe("hosting-capacity", () => {
  const promised = (seats: number, ...edits: readonly Edit[]): string[] =>
    hostWith({ "emergency.hosting.0.seats": seats }, ...edits);
  const refused = (what: string): string =>
    `emergency.hosting: ${what}; allowed: hosts, datastores and segments have room for all seats of emergency.hosting as ` +
    "well, beside the city's own emergency; repair: promise fewer seats or write another cluster or segment for them, or " +
    "make room";

  test("refuses a promise that does not fit, whether a guest asks for it or not", () => {
    expect(promised(545)).toEqual([]);
    expect(promised(546)).toEqual([refused('segment "desktops-uffici" would lack 1 addresses')]);
    expect(promised(643)).toContain(refused('cluster "catania-vdi-b" would lack 2 virtual CPUs'));
    expect(promised(583)).toContain(refused('datastore "vsan-vdi-b" would lack 16 GiB of disks'));
  });

  test("counts the city's own emergency beside it", () => {
    const surge: Edit = { "emergency.+surge": [{ pool: "uffici", code: "ufx", seats: 245 }] };
    expect(promised(300, surge)).toEqual([]);
    expect(promised(301, surge)).toEqual([refused('segment "desktops-uffici" would lack 1 addresses')]);
  });
});

describe("names of hosted seats", () => {
  test("make stacks with at most 63 characters, in the host's file", () => {
    const pool = `anagrafe-${"x".repeat(31)}`;
    expect(hostWith({ "emergency.hosting.0.pool": pool })).toEqual([
      expect.stringContaining(`emergency.hosting[0].pool: the stack name "catania-desktops-milan-anagrafe-xxxx`),
    ]);
  });
});
