import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { REPOSITORY } from "../../runtime/paths";
import { edited } from "../fixtures/city-edits";
import type { PathEdit } from "../fixtures/city-edits";
import { load } from "../fixtures/city-files";
import { runs } from "../fixtures/soak";

const SMALL = readFileSync(join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml"), "utf8");
const DN = "DC=comune,DC=valchiara,DC=example";

/** A part that a city may leave out. */
interface Part {
  readonly edit: PathEdit;
  /** The parts that it needs, each with what the file is told where it is missing. */
  readonly needs?: Readonly<Record<string, RegExp>>;
}

const VAULT = /, and the city has no Vault;/;
const DOMAIN = /add city\.domain/;

/** Every part that a city adds when it wants it. Parts of `secrets` are keys of one map. */
const PARTS: Readonly<Record<string, Part>> = {
  project: { edit: { "+project": { code: "VX1.1.1.a", title: "Lavoro agile" } } },
  prices: { edit: { "+prices": { currency: "EUR", cpu: 3, memoryGib: 1, diskGib: 0.1 } } },
  capacity: { edit: { "platform.clusters.0.+hostCores": 32, "platform.clusters.0.+hostMemoryGib": 512 } },
  domain: { edit: { "city.+domain": "comune.valchiara.example" } },
  directorates: { edit: { "+directorates": [{ id: "segreteria", name: "Segreteria generale", staff: 30 }] } },
  assignments: {
    edit: { "+assignments": "valchiara.assignments.csv" },
    needs: { directorates: /names no directorate/ },
  },
  support: {
    edit: { "+support": { roles: [{ name: "help-desk", group: "VALCHIARA\\help-desk", may: ["power"] }] } },
  },
  vault: {
    edit: { "platform.+vault": { address: "https://vault.comune.valchiara.example:8200" } },
    needs: { domain: DOMAIN },
  },
  state: {
    edit: { "platform.+state": { backend: "http", address: "https://gitlab.comune.valchiara.example/api/states" } },
  },
  ci: {
    edit: {
      "secrets.+ci": {
        ...{ platform: "gitlab", issuer: "https://gitlab.comune.valchiara.example", audience: "vault" },
        ...{ repository: "sistemi/postazioni", projectId: 7, branch: "main" },
      },
    },
    needs: { vault: VAULT, state: /name a store in platform\.state/ },
  },
  directory: {
    edit: {
      "secrets.+directory": {
        url: "ldaps://dc1.comune.valchiara.example",
        userDn: `OU=P,${DN}`,
        groupDn: `OU=G,${DN}`,
      },
    },
  },
  people: {
    edit: { "secrets.+people": { teams: [{ name: "desktops", group: "vdi" }] } },
    needs: { vault: VAULT, directory: /add secrets\.directory/ },
  },
  values: { edit: { "secrets.+values": [{ secret: "pools/uffici/licence" }] }, needs: { vault: VAULT } },
  management: {
    edit: { "network.+management": { from: "desktops", to: "desktops", ports: ["tcp/22"] } },
  },
  emergency: { edit: { "+emergency": { surge: [{ pool: "uffici", code: "ufx", seats: 5 }] } } },
  gates: { edit: { "+review": { gates: { destroyed: true } } } },
};

const NAMES = Object.keys(PARTS);
const CSV = "seat,staff,directorate,from,to\nvx-uff-0001,VX000001,segreteria,2026-11-30,\n";

/** The lines of the violations of the small file with parts. */
function violations(names: readonly string[]): string[] {
  const merged = Object.assign({}, ...names.map((name) => PARTS[name]?.edit)) as PathEdit;
  const text = edited(SMALL, { "+secrets": {} }, merged);
  return load({ "valchiara.yaml": text, "valchiara.assignments.csv": CSV }).violations.map(
    ({ message, repair, allowed }) => `${message}; ${allowed}; ${repair}`,
  );
}

/** What such parts are told that they need. */
function missing(names: readonly string[]): RegExp[] {
  return names.flatMap((name) =>
    Object.entries(PARTS[name]?.needs ?? {}).flatMap(([other, told]) => (names.includes(other) ? [] : [told])),
  );
}

/** A part, what it needs, and what that needs. */
function withNeeds(name: string): string[] {
  return [...new Set([name, ...Object.keys(PARTS[name]?.needs ?? {}).flatMap(withNeeds)])];
}

test.each(NAMES)("%s alone, with what it needs, is right", (name) => {
  expect(violations(withNeeds(name))).toEqual([]);
});

test("any parts together are right, or each that is missing is named, and nothing else is said", () => {
  fc.assert(
    fc.property(fc.subarray(NAMES), (names) => {
      const told = violations(names);
      const wanted = missing(names);
      expect(told.filter((line) => !wanted.some((one) => one.test(line)))).toEqual([]);
      expect(wanted.filter((one) => !told.some((line) => one.test(line)))).toEqual([]);
    }),
    { numRuns: runs(25) },
  );
});
