import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { environmentFiles, loadCities } from "../../../environments/load";
import type { DeclaredCity } from "../../../environments/model/city";
import { catalogue } from "../../../reports/public/catalogue";
import { dataCsv, dataFiles } from "../../../reports/public/data-files";
import { publicPage } from "../../../reports/public/page";
import { publicReport } from "../../../reports/public/published";
import { REPOSITORY } from "../../../runtime/paths";
import { edited } from "../../fixtures/city-edits";
import { CATANIA, load, MILAN } from "../../fixtures/city-files";
import { deniedTexts, isAllowed, mapped } from "../../fixtures/denied-values";
import { runs } from "../../fixtures/soak";
import { projectOf } from "../../fixtures/optional-parts";

const PUBLICATION = { holder: "c_f205", address: "https://dati.comune.milano.example/postazioni" };
const SHIPPED = loadCities(environmentFiles(join(REPOSITORY, "environments")));
const [milan, catania] = [loaded(edited(MILAN, { "project.+publication": PUBLICATION })), loaded(CATANIA)];

function fundingOf(city: DeclaredCity): NonNullable<ReturnType<typeof projectOf>["funding"]> {
  const { funding } = projectOf(city);
  if (funding === undefined) throw new Error("no funding");
  return funding;
}

function loaded(text: string): DeclaredCity {
  const { cities, violations } = load({ "city.yaml": text });
  const [city] = cities;
  if (city === undefined) throw new Error(JSON.stringify(violations));
  return city;
}

/** Everything that is published of a city, in every format. */
function output(city: DeclaredCity, earlier: readonly DeclaredCity[] = []): string {
  const report = publicReport(city, earlier);
  const publication = city.project?.publication;
  const metadata = publication === undefined ? {} : catalogue(report, publication);
  const page = publicPage(report, "it").replace(/<(style|script)>[^]*?<\/\1>/g, "");
  return [page, ...dataFiles(report).map((file) => dataCsv(file, report)), JSON.stringify(metadata)].join("\n");
}

/** Words of a text, also names, addresses and paths. */
function wordsOf(text: string): Set<string> {
  return new Set(text.split(/[^\p{L}\p{N}_.:/@\\-]+/u));
}

/** What the page, the tables and the metadata say of any city. */
function fixedWords(city: DeclaredCity): Set<string> {
  const blank = mapped(city, (leaf, path) =>
    typeof leaf !== "string" || path.includes("waves") || path[0] === "asOf" ? leaf : "Zq0",
  );
  return wordsOf(output(blank as DeclaredCity));
}

/** A city in which everything that is denied is another: each text another marker, each number and switch another value. */
function scrambled(city: DeclaredCity, seed: number): { readonly city: DeclaredCity; readonly markers: string[] } {
  const markers = new Map<string, string>();
  const marker = (text: string): string => {
    const known = markers.get(text) ?? `Zq${String(seed)}x${String(markers.size)}z`;
    markers.set(text, known);
    return known;
  };
  const changed = mapped(city, (leaf, path) => {
    if (isAllowed(path)) return leaf;
    if (typeof leaf === "string") return marker(leaf);
    return typeof leaf === "number" ? leaf + (seed % 97) + 1 : !leaf;
  }) as DeclaredCity;
  return { city: changed, markers: [...markers.values()] };
}

describe("what is published", () => {
  test.each([
    ["Milan", milan],
    ["Catania", catania],
    ...SHIPPED.map((city) => [`the shipped ${city.city.name}`, city] as const),
  ])(
    "of %s has no value of its deny list, which is everything of the file but the keys that may be published",
    (_, city) => {
      const [text, denied, fixed] = [output(city), deniedTexts(city), fixedWords(city)];
      const words = new Set([...wordsOf(text)].filter((word) => !fixed.has(word)));
      const found = [...denied].filter((value) => (/\s/.test(value) ? text.includes(value) : words.has(value)));
      expect(denied.size).toBeGreaterThan(200);
      expect(found).toEqual([]);
    },
  );

  test.each([
    ["Milan", milan],
    ["Catania", catania],
  ])("of %s is the same bytes whatever stands in the denied keys, and has none of it", (_, city) => {
    const expected = output(city);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const other = scrambled(city, seed);
        const text = output(other.city);
        expect(other.markers.filter((marker) => text.includes(marker))).toEqual([]);
        expect(text === expected).toBe(true);
      }),
      { numRuns: runs(15) },
    );
  });

  test("changes with a key that may be published: the search would find a value", () => {
    const other = scrambled({ ...milan, project: { ...projectOf(milan), title: "Zq7x0z" } }, 7);
    expect(output(other.city)).toContain("Zq7x0z");
  });
});

test("Catania has no published CUP: it says so and has none, in no format", () => {
  const text = output(catania);
  expect(text).toContain("nessun CUP pubblicato");
  expect(text).not.toMatch(/\b[A-Z]\d{2}[A-Z]\d{11}\b/);
  expect(text).toMatch(/\n,no,CT1\.1\.1\.d,/);
});

test("wherever money is named, the CUP is", () => {
  const report = publicReport(milan);
  for (const file of dataFiles(report)) {
    const [head = ""] = dataCsv(file, report).split("\r\n");
    expect([file.name, head.includes("programmato"), head.split(",").includes("cup")]).toEqual([
      file.name,
      ...(file.name === "postazioni.csv" ? [false, false] : [true, true]),
    ]);
  }
  expect(publicPage(report, "it")).toContain("Importi del progetto con il CUP B41B21005770001");
});

describe("changes", () => {
  const version = (asOf: string, seats: number, paid: number): DeclaredCity => {
    const project = { ...projectOf(milan), funding: { ...fundingOf(milan), paid } };
    const pools = milan.pools.map((pool) => (pool.name === "anagrafe" ? { ...pool, seats } : pool));
    return { ...milan, asOf, project, pools };
  };

  test("are versions with another figure, each from the day since which it stands", () => {
    const earlier = [version("2026-01-10", 1400, 1), version("2026-02-10", 1400, 1), version("2026-03-10", 1400, 2)];
    const { history } = publicReport(version("2026-04-10", 1450, 2), earlier);
    expect(history.map(({ asOf, paid, seats }) => [asOf, paid, (seats?.planned ?? 0) - 10_000])).toEqual([
      ["2026-01-10", 1, 2332],
      ["2026-03-10", 2, 2332],
      ["2026-04-10", 2, 2382],
    ]);
  });

  test("leave out a version that differs by a few seats, which would tell of a person", () => {
    const { history } = publicReport(version("2026-04-10", 1450, 2), [version("2026-03-10", 1448, 2)]);
    expect(history.map(({ asOf }) => asOf)).toEqual(["2026-04-10"]);
  });
});

test("what the file does not say of an operation is said to be missing", () => {
  const page = publicPage(publicReport(catania), "it");
  expect(page).toMatch(/Fondo<\/th><td class="text">non indicato nel file della città/);
});
