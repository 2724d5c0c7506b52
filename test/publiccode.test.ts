import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { publiccodeSchema } from "./publiccode-schema";

const ROOT = join(__dirname, "..");
const REQUIRED = [
  "publiccodeYmlVersion",
  "name",
  "url",
  "platforms",
  "developmentStatus",
  "softwareType",
  "description",
  "legal",
  "legal.license",
  "maintenance",
  "maintenance.type",
  "maintenance.contacts",
  "localisation",
  "localisation.localisationReady",
  "localisation.availableLanguages",
  "description.it.shortDescription",
  "description.it.longDescription",
  "description.it.features",
  "description.en.shortDescription",
  "description.en.longDescription",
  "description.en.features",
  "IT.countryExtensionVersion",
];
const CONTACT = { name: "Contatto di prova", email: "prova@comune.example" };
const CONTRACTOR = { name: "Fornitore Esempio", until: "2030-12-31" };

type Tree = Record<string, unknown>;

const tree = z.record(z.string(), z.unknown());
const packageSchema = z.object({ version: z.string(), license: z.string() });

function text(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function publiccode(): Tree {
  return tree.parse(parse(text("publiccode.yml")));
}

/** The file with the value at a dotted path replaced; taken out where the value is undefined. */
function changed(path: string, value: unknown): Tree {
  return withValue(publiccode(), path.split("."), value);
}

function withValue(parent: Tree, [key = "", ...rest]: readonly string[], value: unknown): Tree {
  const entries = Object.entries(parent).filter(([name]) => name !== key);
  const child = rest.length === 0 ? value : withValue(tree.parse(parent[key]), rest, value);
  return Object.fromEntries(child === undefined ? entries : [...entries, [key, child]]);
}

/** Dotted paths of what the schema refuses. */
function refused(file: Tree): string[] {
  const result = publiccodeSchema.safeParse(file);
  return result.success ? [] : result.error.issues.map(({ path }) => path.join("."));
}

describe("publiccode.yml", () => {
  test("is what the standard asks for", () => {
    expect(publiccodeSchema.safeParse(publiccode()).error).toBeUndefined();
  });

  test("is YAML 1.2 in UTF-8 without a byte order mark", () => {
    const bytes = readFileSync(join(ROOT, "publiccode.yml"));
    expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes).startsWith("\uFEFF")).toBe(false);
  });

  test("names the version and the licence of package.json", () => {
    const { version, license } = packageSchema.parse(JSON.parse(text("package.json")));
    expect(publiccodeSchema.parse(publiccode())).toMatchObject({ softwareVersion: version, legal: { license } });
  });

  test("names the licence whose text is in LICENSE", () => {
    expect(publiccodeSchema.parse(publiccode()).legal.license).toBe("EUPL-1.2");
    expect(text("LICENSE")).toMatch(
      /^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n[^]*\n *Appendix\n[^]*Compatible Licences/,
    );
  });

  test("gives a git repository's URL", () => {
    expect(publiccodeSchema.parse(publiccode()).url).toMatch(/^https:\/\/.+\.git$/);
  });

  test("describes the software in Italian and in English, with as many features", () => {
    const { description } = publiccodeSchema.parse(publiccode());
    expect(Object.keys(description).sort()).toEqual(["en", "it"]);
    expect(description.it?.features).toHaveLength(description.en?.features.length ?? 0);
  });
});

describe("the check of publiccode.yml", () => {
  test.each(REQUIRED)("refuses a file without %s", (path) => {
    expect(refused(changed(path, undefined))).toEqual([path]);
  });

  test.each<[string, unknown]>([
    ["publiccodeYmlVersion", "9.9"],
    ["publiccodeYmlVersion", 0.7],
    ["name", ""],
    ["url", "postazioni"],
    ["url", "ftp://git.comune.example/postazioni.git"],
    ["landingURL", "git.comune.example"],
    ["softwareVersion", ""],
    ["releaseDate", "15/04/2026"],
    ["releaseDate", "2026-02-30"],
    ["logo", "/img/logo.svg"],
    ["platforms", []],
    ["developmentStatus", "alpha"],
    ["softwareType", "standalone"],
    ["description", {}],
    ["description.it.shortDescription", "one line\nand another"],
    ["description.it.features", []],
    ["legal.license", "European Union Public Licence"],
    ["legal.license", "EUPL-1.2 or MIT"],
    ["maintenance.type", "volunteers"],
    ["maintenance.contacts", []],
    ["localisation.localisationReady", "no"],
    ["localisation.availableLanguages", []],
    ["IT.countryExtensionVersion", "2.0"],
    ["IT.piattaforme.spid", "no"],
  ])("refuses %s of %j", (path, value) => {
    expect(refused(changed(path, value))).toEqual([path]);
  });

  test.each<[string, unknown, string]>([
    ["categories", ["desktops"], "categories.0"],
    ["intendedAudience.scope", ["cities"], "intendedAudience.scope.0"],
    ["intendedAudience.countries", ["Italia"], "intendedAudience.countries.0"],
    ["localisation.availableLanguages", ["english"], "localisation.availableLanguages.0"],
    ["supports", [{ id: "alias:unheard-of" }], "supports.0.id"],
    ["maintenance.contacts", [{ email: CONTACT.email }], "maintenance.contacts.0.name"],
    ["maintenance.contacts", [{ ...CONTACT, email: "comune.example" }], "maintenance.contacts.0.email"],
    ["dependsOn.open", [{ versionMin: "1.0" }], "dependsOn.open.0.name"],
    ["dependsOn.open", [{ name: "OpenTofu", versionMin: 1.11 }], "dependsOn.open.0.versionMin"],
  ])("refuses %s of %j", (path, value, place) => {
    expect(refused(changed(path, value))).toEqual([place]);
  });

  test.each([
    ["shortDescription", 1, 150],
    ["longDescription", 150, 10_000],
  ])("takes a %s of %i to %i characters only", (key, least, most) => {
    const path = `description.it.${key}`;
    const ofLength = (length: number) => refused(changed(path, "à".repeat(length)));
    expect([least, most].flatMap(ofLength)).toEqual([]);
    expect([least - 1, most + 1].map(ofLength)).toEqual([[path], [path]]);
  });

  test("refuses a language that is no BCP 47 tag", () => {
    const { description } = publiccodeSchema.parse(publiccode());
    expect(refused(changed("description.italiano", description.it))).toEqual(["description.italiano"]);
  });

  test("refuses a key that the standard does not know", () => {
    const result = publiccodeSchema.safeParse(changed("licence", "EUPL-1.2"));
    expect(result.error?.message).toContain('Unrecognized key: \\"licence\\"');
  });
});

describe("maintenance in publiccode.yml", () => {
  test.each([
    { type: "internal", contacts: [CONTACT] },
    { type: "community", contacts: [CONTACT] },
    { type: "contract", contractors: [CONTRACTOR] },
    { type: "contract", contractors: [CONTRACTOR], contacts: [CONTACT] },
    { type: "none" },
  ])("may be %j", (maintenance) => {
    expect(refused(changed("maintenance", maintenance))).toEqual([]);
  });

  test.each([
    [{ type: "internal" }, "maintenance.contacts"],
    [{ type: "community" }, "maintenance.contacts"],
    [{ type: "contract", contacts: [CONTACT] }, "maintenance.contractors"],
    [{ type: "contract", contractors: [] }, "maintenance.contractors"],
    [{ type: "contract", contractors: [{ name: CONTRACTOR.name }] }, "maintenance.contractors.0.until"],
    [{ type: "contract", contractors: [{ ...CONTRACTOR, until: "2030" }] }, "maintenance.contractors.0.until"],
    [{ type: "internal", contacts: [CONTACT], contractors: [CONTRACTOR] }, "maintenance"],
    [{ type: "none", contractors: [CONTRACTOR] }, "maintenance"],
  ])("may not be %j", (maintenance, place) => {
    expect(refused(changed("maintenance", maintenance))).toEqual([place]);
  });
});
