import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { citySchema } from "../../environments/model/city";
import { shapeOf } from "../../environments/reading/shape";
import type { Shape } from "../../environments/reading/shape";
import { REPOSITORY } from "../../runtime/paths";
import { edited } from "../fixtures/city-edits";
import type { PathEdit } from "../fixtures/city-edits";
import { load } from "../fixtures/city-files";
import { runs } from "../fixtures/soak";
import { synthesizedText } from "../fixtures/synthesized-city";

/** The small city with what it may say and need not, as far as it stands alone. */
const FULL = edited(readFileSync(join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml"), "utf8"), {
  "city.+domain": "comune.valchiara.example",
  "+directorates": [{ id: "segreteria", name: "Segreteria generale", staff: 30, quota: 25 }],
  "+format": 1,
  "+project": { code: "VX1.1.1.a", title: "Lavoro agile" },
  "+prices": { currency: "EUR", cpu: 3, memoryGib: 1, diskGib: 0.1, seat: 2 },
  "+support": { roles: [{ name: "help-desk", group: "VALCHIARA\\help-desk", duty: "help-desk" }] },
  "+emergency": { surge: [{ pool: "uffici", code: "ufx", seats: 5 }] },
  "platform.+providers": { vsphere: "2.15.0" },
  "platform.+seatsPerStack": 250,
  "platform.vsphere.+clonesAtATime": 8,
  "platform.clusters.0.+hostCores": 32,
  "platform.clusters.0.+hostMemoryGib": 512,
  "platform.clusters.0.+tolerates": 1,
  "platform.datastores.0.+capacityGib": 4096,
  "images.windows-office.+firmware": "efi",
  "images.windows-office.+minimum": { cpus: 2, memoryGib: 4 },
  'images.windows-office.versions."2026.11".+released': "2026-11-16",
  "workstations.office.+diskGib": 80,
  "workstations.office.+dataDiskGib": 16,
  "pools.uffici.+directorate": "segreteria",
  "pools.uffici.+cluster": "municipio",
  "pools.uffici.+datastore": "vsan-municipio",
  "network.switch.+mtu": 1500,
  "network.segments.desktops.+zone": "desktops",
  "network.segments.desktops.+gateway": "10.40.0.1",
});
/** Keys that the schema calls optional, and why the small city still has them. */
const NEEDED: Readonly<Record<string, string>> = {
  "network.switch.existing": "without it the switch is made, and needs adapters of its own",
  "support.roles.help-desk.duty": "a role has a duty or tasks",
  "network.segments.desktops.subnet": "machines have addresses in it",
};
/** Names that refer to what goes with another key. */
const GOES_WITH: Readonly<Record<string, string>> = { "pools.uffici.directorate": "directorates" };

const OPTIONAL = optionalKeys(shapeOf(citySchema), JSON.parse(FULL), "").filter((path) => !(path in NEEDED));

/** Paths of the keys of a value that its schema does not require. */
function optionalKeys(shape: Shape | undefined, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const own = childShape(shape, value, key);
    const at = `${path}${Array.isArray(value) ? (nameOf(child) ?? key) : key.includes(".") ? `"${key}"` : key}`;
    const isOptional = shape?.properties !== undefined && !(shape.required ?? []).includes(key);
    return [...(isOptional ? [at] : []), ...optionalKeys(own, child, `${at}.`)];
  });
}

function childShape(shape: Shape | undefined, value: object, key: string): Shape | undefined {
  const child = Array.isArray(value) ? shape?.items : (shape?.properties?.[key] ?? shape?.additionalProperties);
  return typeof child === "object" && !Array.isArray(child) ? child : undefined;
}

function nameOf(item: unknown): string | undefined {
  const { id, name } = item as { readonly id?: string; readonly name?: string };
  return id ?? name;
}

/** The edit that takes keys out, the deepest first, and names with what they refer to. */
function without(keys: readonly string[]): PathEdit {
  const tied = Object.entries(GOES_WITH).flatMap(([name, with_]) => (keys.includes(with_) ? [name] : []));
  const all = [...new Set([...keys, ...tied])].sort((a, b) => b.split(".").length - a.split(".").length);
  return Object.fromEntries(all.map((path) => [path, undefined]));
}

function remaining(keys: readonly string[]): ReturnType<typeof load> {
  return load({ "city.yaml": edited(FULL, without(keys)) });
}

test("the schema's own optional keys are found, also in lists and maps of names", () => {
  expect(OPTIONAL).toEqual(
    expect.arrayContaining([
      ...["city.domain", "directorates", "pools.uffici.directorate", "workstations.office.diskGib"],
      ...["network.segments.desktops.zone", 'images.windows-office.versions."2026.11".released'],
    ]),
  );
});

test.each(OPTIONAL)("%s alone may be left out", (key) => {
  expect(remaining([key]).violations).toEqual([]);
});

test("any optional keys together may be left out, and what is made says nothing undefined", () => {
  fc.assert(
    fc.property(fc.subarray(OPTIONAL), (keys) => {
      const { cities, violations } = remaining(keys);
      expect(violations).toEqual([]);
      for (const city of cities)
        for (const text of synthesizedText(city).values()) expect(text).not.toMatch(/undefined|NaN/);
    }),
    { numRuns: runs(8), examples: [[OPTIONAL], [[]]] },
  );
});
