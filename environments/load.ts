import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LineCounter } from "yaml";
import type { Flaw } from "./flaw";
import { flawsOf, valueOf } from "./issues";
import { citySchema } from "./model/city";
import type { City } from "./model/city";
import { formatPath } from "./path";
import type { Path } from "./path";
import { cityRules, crossCityRules } from "./rules";
import type { Finding, RuleTexts } from "./rules/rule";
import { parseSyntax } from "./syntax";
import { readText } from "./text";
import { EnvironmentError } from "./violation";
import type { Place, Violation } from "./violation";
import { follow, plainValue } from "./yaml-tree";
import type { YamlNode } from "./yaml-tree";
import { walk } from "./yaml-walk";

/** A file as far as it could be read. */
interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly flaws: readonly Flaw[];
  /** The city, where the schema let it pass. */
  readonly city: City | undefined;
}

type CitySource = Source & { readonly root: YamlNode; readonly city: City };

/**
 * Reads the cities' files and checks them: each by itself, and all against one another.
 * @param files paths of the files; violations show them as they are given
 * @returns the cities, in the order of the files, every default filled in
 * @throws EnvironmentError that lists every violation of every file at once
 */
export function loadCities(files: readonly string[]): City[] {
  const sources = files.map(readSource);
  const cities = sources.filter(isCity);
  const broken = [...brokenCityRules(cities), ...brokenCrossCityRules(cities)];
  const violations = sources.flatMap((source) => {
    const own = broken.filter((entry) => entry.source === source).map(({ flaw }) => flaw);
    return toViolations(source, [...source.flaws, ...own]);
  });
  if (violations.length > 0) throw new EnvironmentError(violations);
  return cities.map(({ city }) => city);
}

/**
 * Where the values of a city stand, for what is said of them after the load.
 * @param files paths of the files, one of which declares the city
 * @returns a function that gives the place of a path: file, line and column
 */
export function placesOf(files: readonly string[], city: City): (path: Path) => Place {
  const source = files.map(readSource).find((candidate) => candidate.city?.city.id === city.city.id);
  if (source?.root === undefined) throw new Error(`no file declares ${city.city.id}`);
  const { file, text, root } = source;
  const lines = lineCounter(text);
  return (path) => {
    const { line, col } = lines.linePos(follow(root, path).node.offset);
    return { file, line, column: col };
  };
}

/**
 * The cities' files of a directory, at least one: its *.yaml and *.yml, sorted by name; none that begins with a dot.
 * @throws EnvironmentError when the directory cannot be read or has no such file
 */
export function environmentFiles(directory: string): string[] {
  const files = namesIn(directory).filter((name) => /^[^.].*\.ya?ml$/.test(name));
  if (files.length > 0) return files.sort().map((name) => join(directory, name));
  const message = "there is no city's file in the directory";
  throw directoryError(directory, { message, allowed: "at least one *.yaml", repair: "add a city's file" });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    const message = "the directory cannot be read";
    throw directoryError(directory, { message, allowed: "a directory of cities' files", repair: "check its name" });
  }
}

function directoryError(file: string, texts: Pick<Violation, "message" | "allowed" | "repair">): EnvironmentError {
  return new EnvironmentError([{ file, line: 1, column: 1, path: "", rule: "file", ...texts }]);
}

function readSource(file: string): Source {
  const { text, usable, flaws } = readText(file);
  if (!usable) return { file, text, flaws, root: undefined, city: undefined };
  const syntax = parseSyntax(text);
  const found = [...flaws, ...syntax.flaws];
  if (syntax.document === undefined) return { file, text, flaws: found, root: undefined, city: undefined };
  const { root, flaws: refused } = walk(syntax.document.contents);
  const parsed = citySchema.safeParse(plainValue(root));
  const issues = parsed.success ? [] : flawsOf(parsed.error.issues, root);
  return { file, text, root, flaws: [...found, ...refused, ...issues], city: parsed.data };
}

function isCity(source: Source): source is CitySource {
  return source.root !== undefined && source.city !== undefined;
}

interface Broken {
  readonly source: CitySource;
  readonly flaw: Flaw;
}

function brokenCityRules(sources: readonly CitySource[]): Broken[] {
  return sources.flatMap((source) =>
    cityRules.flatMap((rule) => Array.from(rule.check(source.city), (finding) => broken(source, rule, finding))),
  );
}

function brokenCrossCityRules(sources: readonly CitySource[]): Broken[] {
  const cities = sources.map(({ city }) => city);
  return crossCityRules.flatMap((rule) =>
    Array.from(rule.check(cities)).flatMap((finding) => {
      const source = sources[finding.city];
      return source === undefined ? [] : [broken(source, rule, finding)];
    }),
  );
}

function broken(source: CitySource, rule: RuleTexts, finding: Finding): Broken {
  const { path, message, allowed = rule.explanation, repair = rule.repair } = finding;
  const { node, complete } = follow(source.root, path);
  const value = complete ? valueOf(node) : {};
  return { source, flaw: { offset: node.offset, path, rule: rule.id, message, allowed, repair, ...value } };
}

function toViolations({ file, text, root }: Source, flaws: readonly Flaw[]): Violation[] {
  const lines = lineCounter(text);
  const sorted = [...flaws].sort((a, b) => a.offset - b.offset);
  return sorted.map(({ offset, path, ...rest }) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col, path: formatPath(root, path), ...rest };
  });
}

function lineCounter(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return counter;
}
