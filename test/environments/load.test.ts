import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { environmentFiles, loadCities } from "../../environments/load";
import { poolSchema } from "../../environments/model/desktops";
import { seatNumbers } from "../../environments/seats/seats";
import { EnvironmentError, formatViolation } from "../../environments/violation";
import { edited, textEdit } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { CATANIA, MILAN, lines, load, milanWith } from "../fixtures/city-files";

const folder = mkdtempSync(join(tmpdir(), "environments-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the schema says of a pool's seats. */
const SEATS =
  "Seat numbers issued: 1 up to this number. Never lowered, or stacks stay that no file declares: retire numbers";

/** A mistake, an edit that makes it, and the line that says so. */
const MISTAKES: [mistake: string, edit: Edit, line: string][] = [
  [
    "a misspelt key",
    { "pools.anagrafe.seats": undefined, "pools.anagrafe.+seat": 1450 },
    `pools[name=anagrafe].seat: unknown key "seat"; allowed: ${Object.keys(poolSchema.shape).join(", ")}; ` +
      'repair: write "seats"',
  ],
  [
    "an unknown key like no other",
    { "project.+wallpaper": "blue" },
    'project.wallpaper: unknown key "wallpaper"; allowed: code, action, title, cup, programme, fund, objective, ' +
      "cofinancingPercent, interventionType, purpose, starts, ends, contractors, publication, manager, consolidates, funding; repair: take it out",
  ],
  [
    "a missing key",
    { "pools.anagrafe.segment": undefined },
    'pools[name=anagrafe].segment: the key "segment" is missing; allowed: text of at most 40 characters; repair: add it ' +
      "(The network segment that its machines are connected to)",
  ],
  [
    "text for a number",
    { "pools.anagrafe.seats": "many" },
    'pools[name=anagrafe].seats: "many" is text; allowed: a whole number from 1 to 9999; repair: write a whole number ' +
      `from 1 to 9999 (${SEATS})`,
  ],
  [
    "a number in quotes",
    { "pools.anagrafe.seats": "1450" },
    'pools[name=anagrafe].seats: "1450" is text; allowed: a whole number from 1 to 9999; repair: write 1450 without quotes',
  ],
  [
    "a version without quotes",
    textEdit('imageVersion: "2026.10"', "imageVersion: 2026.10"),
    'pools[name=anagrafe].imageVersion: 2026.10 is a number; allowed: text; repair: put it in quotes: "2026.10"',
  ],
  [
    "yes for true",
    textEdit("antiAffinity: true", "antiAffinity: yes"),
    'pools[name=sala-operativa].antiAffinity: "yes" is text; allowed: true or false; repair: write true',
  ],
  [
    "off for false",
    textEdit("antiAffinity: true", "antiAffinity: off"),
    'pools[name=sala-operativa].antiAffinity: "off" is text; allowed: true or false; repair: write false',
  ],
  [
    "other text for true",
    textEdit("antiAffinity: true", "antiAffinity: sure"),
    'pools[name=sala-operativa].antiAffinity: "sure" is text; allowed: true or false; repair: write true or false',
  ],
  [
    "nothing after a key",
    { "city.name": null },
    "city.name: it is empty; allowed: text of 1 to 200 characters; repair: write text of 1 to 200 characters (The " +
      "city's name)",
  ],
  [
    "a list for a map",
    { "platform.vault": [{ address: 1 }, 2] },
    "platform.vault: it is a list of 2 items; allowed: a map of address, namespace; repair: write a map of address, namespace (The city's Vault " +
      "server; by default there is none, and no stack of secrets)",
  ],
  [
    "a map for a list",
    { "network.switch.adapters": { first: "vmnic2" } },
    "network.switch.adapters: it is a map of 1 key; allowed: a list; repair: write a list " +
      "(Physical adapters of every host that become its uplinks, in their order; an existing switch has its own, which are " +
      "said only where teaming names uplinks)",
  ],
  [
    "an empty list",
    { "platform.datastores": [] },
    "platform.datastores: a list of 0 items is out of range; allowed: a list of at least 1; repair: write a list of at least 1 " +
      "(Datastores for desktops; a cluster's first one is its default)",
  ],
  [
    "a choice that is none",
    { "pools.educazione.assignment": "Floatin" },
    'pools[name=educazione].assignment: "Floatin" is not one of the choices; allowed: "dedicated" or "floating"; ' +
      'repair: write "floating" (dedicated: a seat belongs to a person; floating: a person gets any free seat)',
  ],
  [
    "a choice far from all",
    { "secrets.ci.platform": "jenkins" },
    'secrets.ci.platform: "jenkins" is not one of the choices; allowed: "github" or "gitlab"; repair: choose one of them',
  ],
  [
    "another constant",
    { "project.funding.currency": "USD" },
    'project.funding.currency: "USD" is not one of the choices; allowed: "EUR"; repair: write "EUR" (ISO 4217 code of ' +
      "the amounts)",
  ],
  [
    "a number too large",
    { "pools.anagrafe.seats": 14500 },
    "pools[name=anagrafe].seats: 14500 is out of range; allowed: a whole number from 1 to 9999; repair: write a whole number " +
      `from 1 to 9999 (${SEATS})`,
  ],
  [
    "a fraction for a whole number",
    { "pools.anagrafe.seats": 14.5 },
    "pools[name=anagrafe].seats: 14.5 has a decimal point; allowed: a whole number from 1 to 9999; repair: write a whole number " +
      `from 1 to 9999 (${SEATS})`,
  ],
  [
    "a third decimal of an amount",
    { "project.funding.paid": 4754716.885 },
    "project.funding.paid: 4754716.885 is out of range; allowed: a number of at least 0, with at most two decimals; " +
      "repair: write a number of at least 0, with at most two decimals (Amount paid out so far)",
  ],
  [
    "a CUP of another form",
    { "project.cup": "B41B2100577" },
    'project.cup: "B41B2100577" does not have the right form; allowed: a capital, two digits, a capital and eleven ' +
      "digits, such as B41B21005770001; repair: correct it (Codice Unico di Progetto; left out where none is published)",
  ],
  [
    "a range that is none",
    { "network.segments.desktops-tecnica.subnet": "10.21.84.0" },
    'network.segments[name=desktops-tecnica].subnet: "10.21.84.0" does not have the right form; allowed: an IPv4 range ' +
      "such as 10.21.0.0/21; repair: correct it (IPv4 range in CIDR notation; only a promiscuous segment needs none)",
  ],
  [
    "a query in an address",
    { "platform.vault.address": "https://vault.comune.milano.example:8200?me" },
    'platform.vault.address: "https://vault.comune.milano.example:8200?me" does not have the right form; allowed: ' +
      "an https URL without login or query, of letters, digits and any of . _ ~ - : /; repair: correct it (URL of the Vault server)",
  ],
  [
    "an expression of Terraform",
    { "directorates.servizi-civici.name": "${file(1)}" },
    'directorates[id=servizi-civici].name: "${file(1)}" holds ${ where it may begin an expression of ' +
      "Terraform's; allowed: text without characters that cannot be seen, without blanks at its ends, and without ${ " +
      "or %{; repair: take it out (Its official name)",
  ],
  [
    "a name too long",
    { "directorates.servizi-civici.name": "x".repeat(201) },
    `directorates[id=servizi-civici].name: "${"x".repeat(57)}..." has 201 characters; allowed: text of 1 to 200 ` +
      "characters; repair: write text of 1 to 200 characters (Its official name)",
  ],
  [
    "a variant that is none",
    { "platform.state.backend": "htpp" },
    'platform.state.backend: "htpp" is not one of the choices; allowed: "local", "pg", "s3", "http" or "consul"; ' +
      'repair: write "http"',
  ],
  [
    "no variant at all",
    { "platform.state.backend": undefined },
    'platform.state.backend: the key "backend" is missing; allowed: "local", "pg", "s3", "http" or "consul"; repair: ' +
      "add it",
  ],
  [
    "a key of another variant",
    { "platform.state.+bucket": "b" },
    'platform.state.bucket: unknown key "bucket"; allowed: backend, address; repair: take it out',
  ],
  [
    "a name of the wrong form as a key",
    {
      "images.linux-light": undefined,
      "images.+Linux": {
        guestId: "ubuntu64Guest",
        diskGib: 24,
        customization: {},
        versions: {
          "2026.10": { template: "ubuntu-light-2026-10", released: "2026-10-14" },
          "2026.11": { template: "ubuntu-light-2026-11", released: "2026-11-11" },
        },
      },
    },
    'images.Linux: the key "Linux" does not have the right form; allowed: lower-case letters, digits and single hyphens, ' +
      "beginning with a letter; repair: rename it",
  ],
];

describe("a city's file", () => {
  test("gives a typed city with every default filled in", () => {
    const { cities } = load({ "milan.yaml": MILAN });
    expect(cities).toMatchObject([{ city: { id: "milan" }, platform: { seatsPerStack: 250 } }]);
    expect(cities[0]?.workstations.office).toMatchObject({ secureBoot: true, waitForGuest: false });
    expect(cities[0]?.pools[0]).toMatchObject({
      name: "anagrafe",
      retired: [],
      decommissioned: false,
      antiAffinity: false,
    });
  });

  test.each(MISTAKES)("with %s is refused in words", (_, edit, line) => {
    expect(milanWith(edit)).toContain(line);
  });

  test("says the place of a value, of an unknown key, and of the map that misses a key", () => {
    const text = "city:\n  id: Milan\n  nmae: Milano\n  code: mi\n  domain: vdi.example.org\nproject: {}\n";
    const places = load({ "city.yaml": text }).violations.map(({ line, column, path }) => [line, column, path]);
    expect(places).toEqual(
      expect.arrayContaining([
        [2, 3, "city.name"],
        [2, 7, "city.id"],
        [3, 3, "city.nmae"],
        [6, 10, "project.code"],
        [1, 1, "platform"],
      ]),
    );
  });

  test("says all its mistakes at once, in the order of their places", () => {
    const { violations } = load({
      "city.yaml": edited(MILAN, { "network.switch.mtu": 9, "city.code": "MI", "pools.sala-operativa.seats": 0 }),
    });
    expect(violations.map(({ path }) => path)).toEqual([
      "city.code",
      "pools[name=sala-operativa].seats",
      "network.switch.mtu",
    ]);
  });

  test("is not asked about its rules before its schema is right", () => {
    expect(milanWith({ "network.switch.mtu": 9, "pools.tecnica.hostGroup": "cpu" })).toHaveLength(1);
  });
});

describe("several files", () => {
  test("say the violations of all at once, in the order of the files", () => {
    const milan = edited(MILAN, { "pools.tecnica.hostGroup": "cpu" });
    const catania = edited(CATANIA, { "network.switch.mtu": 9 });
    const { violations } = load({ "b.yaml": milan, "a.yaml": catania, "c.yaml": "" });
    expect(violations.map(({ file, rule }) => [file, rule])).toEqual([
      ["b.yaml", "pool-host-group"],
      ["a.yaml", "out-of-range"],
      ["c.yaml", "yaml-empty"],
    ]);
  });

  test("give the cities in the order of the files: 15,000 seats in all", () => {
    const { cities } = load({ "milan.yaml": MILAN, "catania.yaml": CATANIA });
    expect(cities.map(({ city }) => city.id)).toEqual(["milan", "catania"]);
    const seats = cities.map(({ pools }) => pools.reduce((sum, pool) => sum + seatNumbers(pool).length, 0));
    expect(seats).toEqual([12382, 2618]);
  });

  test("may be none", () => {
    expect(loadCities([])).toEqual([]);
  });
});

describe("environmentFiles", () => {
  test("lists YAML files by name, and none that is hidden", () => {
    for (const name of ["b.yml", "a.yaml", "c.json", ".d.yaml", "yaml", "a.assignments.csv"])
      writeFileSync(join(folder, name), "");
    expect(environmentFiles(folder)).toEqual([join(folder, "a.yaml"), join(folder, "b.yml")]);
  });

  test("passes over no file for capitals in its ending or a line end in its name", () => {
    const odd = mkdtempSync(join(folder, "odd-"));
    for (const name of ["A.YAML", "B.Yml", "c\nd.yaml"]) writeFileSync(join(odd, name), "");
    expect(environmentFiles(odd)).toEqual(["A.YAML", "B.Yml", "c\nd.yaml"].map((name) => join(odd, name)));
  });

  test("refuses a directory without a city's file", () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    writeFileSync(join(empty, "README.md"), "");
    const list = () => environmentFiles(empty);
    expect(list).toThrow(EnvironmentError);
    expect(list).toThrow(
      "there is no city's file in the directory; allowed: at least one *.yaml; repair: add a city's",
    );
  });

  test("refuses a directory that is not there", () => {
    const list = () => environmentFiles(join(folder, "none"));
    expect(list).toThrow(EnvironmentError);
    expect(list).toThrow("none:1:1: there is no such directory; allowed: a directory of cities' files; repair: go");
  });
});

describe("an EnvironmentError", () => {
  test("has one line a violation, whatever the file holds", () => {
    const text = `city: { id: "a\\e[31m\\nb\\u202E", "k\\ney": 1 }\n`;
    const { violations } = load({ "city.yaml": text });
    const error = new EnvironmentError(violations);
    expect(error.message.split("\n")).toEqual(violations.map(formatViolation));
    expect(error.message).toContain('city.id: "a\\u{1b}[31m\\u{a}b\\u{202e}" holds the character U+001B');
    expect(lines(text)).toContainEqual(expect.stringContaining('city["k\\\\u{a}ey"]: unknown key "k\\u{a}ey"'));
  });

  test("shows no more than 60 characters of a value", () => {
    const { violations } = load({ "city.yaml": edited(MILAN, textEdit("mtu: 9000", `mtu: ${"9".repeat(5000)}`)) });
    expect(violations).toHaveLength(1);
    expect(violations[0]?.value).toHaveLength(60);
    expect(violations.map(formatViolation).join("").length).toBeLessThan(400);
  });
});
