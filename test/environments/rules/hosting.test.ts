import { describe, expect, test } from "@jest/globals";
import { formatViolation } from "../../../environments/violation";
import { CATANIA, MILAN, edited, lines, load } from "../../fixtures/city-files";
import type { Edit } from "../../fixtures/city-files";

const SURGE = "pool: anagrafe, code: anh, seats: 300, hostedBy: catania";
/** The entry of Catania's file for it. */
const HOSTING = / {4}- city: milan\n(?: {6}.*\n)+/.exec(CATANIA)?.[0] ?? "";
const asking = (text: string): Edit => [SURGE, text];

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
    expect(together([asking(SURGE.replace("catania", "catana"))])).toEqual([
      'milan.yaml: emergency.surge[code=anh].hostedBy: "catana" names no other city; allowed: "catania"; repair: write ' +
        '"catania"',
    ]);
  });

  test("refuses the city itself, also in a file that is checked alone", () => {
    const line = `emergency.surge[code=anh].hostedBy: "milan" is the city itself; ${allowed}`;
    expect(together([asking(SURGE.replace("catania", "milan"))])).toEqual([`milan.yaml: ${line}`]);
    expect(lines(edited(MILAN, asking(SURGE.replace("catania", "milan"))))).toEqual([expect.stringContaining(line)]);
  });

  test("refuses a pool that the host says nothing of", () => {
    expect(together([asking(SURGE.replace("anagrafe", "educazione"))])).toEqual([
      `milan.yaml: emergency.surge[code=anh].hostedBy: "catania" hosts nothing of the pool "educazione"; ${allowed}`,
    ]);
  });

  test("refuses more seats than the host promises, and takes as many", () => {
    expect(together([], [["seats: 300\n", "seats: 299\n"]])).toEqual([
      `milan.yaml: emergency.surge[code=anh].seats: "catania" hosts at most 299 seats of it; ${allowed}`,
    ]);
    expect(together([asking(SURGE.replace("300", "1"))])).toEqual([]);
  });

  test("shows the line in the guest's file", () => {
    const { violations } = load({
      "milan.yaml": MILAN,
      "catania.yaml": edited(CATANIA, ["seats: 300\n", "seats: 9\n"]),
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
    expect(together([asking(SURGE.replace("anh", "uff"))])).toEqual([refused("uff")]);
    const surge: Edit = ["  hosting: #", "  surge: [{ pool: remoto, code: anh, seats: 3 }]\n  hosting: #"];
    expect(together([], [surge])).toEqual([refused("anh")]);
  });

  test("refuses the code of another guest, in the later file", () => {
    const few: Edit = ["seats: 300\n", "seats: 9\n"];
    const milan = edited(MILAN, asking(SURGE.replace("300", "9")));
    const siena = edited(
      milan,
      ...([
        ["id: milan ", "id: siena "],
        ["name: Milano\n", "name: Siena\n"],
        ["code: mi ", "code: si "],
        ["datacenter: Milano", "datacenter: Siena"],
        ["https://vault.comune.milano.example", "https://vault.comune.siena.example"],
        ["assignments: milan.assignments.csv", "#"],
      ] satisfies Edit[]),
    );
    const catania = edited(CATANIA, [HOSTING, edited(HOSTING, few) + edited(HOSTING, few, ["milan", "siena"])]);
    const { violations } = load({ "catania.yaml": catania, "milan.yaml": milan, "siena.yaml": siena });
    const copied = ["subnet-overlap", "host-in-one-city"];
    const found = violations.filter(({ rule }) => !copied.includes(rule));
    expect(found.map(({ file, path }) => [file, path])).toEqual([["siena.yaml", "emergency.surge[code=anh].code"]]);
  });
});

describe("hosting-guest", () => {
  const guest = (from: string, to: string): string[] => together([[`    - { ${SURGE}`, "    # - {"]], [[from, to]]);

  test("refuses a city that no file declares, and a pool that it has not", () => {
    expect(guest("city: milan", "city: milano")).toEqual([
      'catania.yaml: emergency.hosting[0].city: "milano" names no other city; allowed: "milan"; repair: write "milan"',
    ]);
    expect(guest("pool: anagrafe", "pool: anagrafi")).toEqual([
      expect.stringContaining(
        'catania.yaml: emergency.hosting[0].pool: "anagrafi" names no pool of the city "milan"; allowed: "anagrafe", ',
      ),
    ]);
  });

  test("refuses the city itself", () => {
    expect(hostWith(["city: milan", "city: catania"])).toEqual([
      'emergency.hosting[0].city: "catania" is the city itself; allowed: a hosting is of a pool of another city, whose ' +
        "file is loaded too unless the host's is alone; repair: correct the name, or take the hosting out",
    ]);
  });

  test("lets a city promise what nobody asks for", () => {
    expect(together([[`    - { ${SURGE}`, "    # - {"]])).toEqual([]);
  });
});

describe("hosting-pool", () => {
  test.each<[key: string, edit: Edit, line: string]>([
    ["workstation", ["workstation: office\n      ", "workstation: offic\n      "], '"offic" names no workstation'],
    [
      "imageVersion",
      ['imageVersion: "2026.11"\n      ', 'imageVersion: "2026.12"\n      '],
      '"2026.12" names no version of the image "windows-office"',
    ],
    ["cluster", ["cluster: catania-vdi-b\n      ", "cluster: catania-vdi\n      "], '"catania-vdi" names no cluster'],
    [
      "datastore",
      ["cluster: catania-vdi-b\n      ", "cluster: catania-vdi-b\n      datastore: vsan-vdi-a\n      "],
      '"vsan-vdi-a" names no datastore of the cluster "catania-vdi-b"',
    ],
    ["segment", ["segment: desktops-uffici #", "segment: shared #"], 'the segment "shared" is of the zone services'],
    [
      "applications[0]",
      ["segment: desktops-uffici #", "applications: [registry]\n      segment: desktops-uffici #"],
      '"registry" names no application',
    ],
  ])("refuses what the host does not declare: %s", (key, edit, line) => {
    expect(hostWith(edit)).toEqual([expect.stringContaining(`emergency.hosting[0].${key}: ${line}`)]);
  });

  test("refuses a version that is not released", () => {
    const later: Edit = ["released: 2026-11-11 }\n  linux", "released: 2026-11-25 }\n  linux"];
    expect(hostWith(later)).toEqual([
      'emergency.hosting[0].imageVersion: "2026.11" is released on 2026-11-25, and the file is of 2026-11-24; allowed: a ' +
        "version that a pool has or rolls out, forward or back, was released by asOf; repair: wait for the version's " +
        "day, or correct released or asOf",
    ]);
  });

  test("leaves a cluster without a datastore to its own rule", () => {
    const empty: Edit = ["cluster: catania-vdi-b, capacityGib", "cluster: catania-vdi-a, capacityGib"];
    expect(hostWith(empty)).toEqual([expect.stringContaining('the cluster "catania-vdi-b" has no datastore')]);
  });
});

describe("hosting-once", () => {
  test("refuses a pool that is hosted twice", () => {
    expect(hostWith([HOSTING, HOSTING + edited(HOSTING, ["300", "10"])])).toEqual([
      'emergency.hosting[1].pool: "anagrafe" of "milan" is there already; allowed: a pool of another city is in ' +
        "emergency.hosting once, and no pool has the name that it gets here; repair: take one of the two out, or give " +
        "the city's own pool another name",
    ]);
  });

  test("refuses a pool whose name here is a pool's already", () => {
    const renamed = hostWith(
      ["- name: remoto #", "- name: milan-anagrafe-hosted #"],
      ["joins: [remoto]", "joins: []"],
      ["pools/remoto", "pools/milan-anagrafe-hosted"],
    );
    expect(renamed).toEqual([
      expect.stringContaining('emergency.hosting[0].pool: "milan-anagrafe-hosted" is a pool\'s name'),
    ]);
  });
});

describe("hosting-capacity", () => {
  const promised = (seats: number, ...edits: readonly Edit[]): string[] =>
    hostWith(["seats: 300\n", `seats: ${String(seats)}\n`], ...edits);
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
    const surge: Edit = ["  hosting: #", "  surge: [{ pool: uffici, code: ufx, seats: 245 }]\n  hosting: #"];
    expect(promised(300, surge)).toEqual([]);
    expect(promised(301, surge)).toEqual([refused('segment "desktops-uffici" would lack 1 addresses')]);
  });
});

describe("names of hosted seats", () => {
  test("make stacks with at most 63 characters, in the host's file", () => {
    const pool = `anagrafe-${"x".repeat(31)}`;
    expect(hostWith(["pool: anagrafe", `pool: ${pool}`])).toEqual([
      expect.stringContaining(`emergency.hosting[0].pool: the stack name "catania-desktops-milan-anagrafe-xxxx`),
    ]);
  });
});
