import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { escaped } from "./display";
import type { OffsetFinding } from "./offset-finding";
import { lineCounter } from "./reading/line-counter";
import type { DeclaredCity } from "./model/city";
import { enough, told } from "./most-violations";
import { overlaySchema } from "./overlay";
import type { Overlay } from "./overlay";
import { formatPath } from "./path";
import type { Path } from "./path";
import { cityBounds, cityRules, crossCityRules } from "./rules";
import type { CityRule, Finding, RuleTexts } from "./rules/rule";
import { isCity, readSource, spotOf } from "./reading/source";
import type { CitySource, TextSource } from "./reading/source";
import { EnvironmentError } from "./violation";
import type { PlaceOf, SourceLocation, Violation } from "./violation";

/** A city's file that was read and is right. */
export interface CityFile {
  /** The city as it declares it. */
  readonly declared: DeclaredCity;
  /** Where its values stand, for what is said of them after the load. */
  readonly placeOf: PlaceOf;
}

/** A finding and the file that has it. */
interface Broken {
  readonly source: TextSource;
  readonly finding: OffsetFinding;
}

/**
 * Reads the cities' files, each with the CSV file that it names, and checks them: each by itself, and all against one
 * another.
 * @param files paths of the cities' YAML files; violations show them as they are given
 * @returns what each has, in their order
 * @throws EnvironmentError that lists every violation of every file at once
 */
export function loadFiles(files: readonly string[]): CityFile[] {
  const sources = files.map(readSource);
  const cities = sources.filter(isCity);
  const broken = [...brokenCityRules(cities), ...brokenCrossCityRules(cities)];
  const all = sources.flatMap((source) => (source.assignments ? [source, source.assignments] : [source]));
  const violations = all.flatMap((source: TextSource) => {
    const own = broken.filter((entry) => entry.source === source).map(({ finding }) => finding);
    return toViolations(source, [...source.findings, ...own]);
  });
  if (violations.length > 0) throw new EnvironmentError(violations);
  return cities.map((source) => ({ declared: source.city, placeOf: (path) => placeIn(source, path) }));
}

/** The cities of files, every default filled in. @see loadFiles */
export function loadCities(files: readonly string[]): DeclaredCity[] {
  return loadFiles(files).map(({ declared }) => declared);
}

/** What the lab changes of the cities, from the file that its commands name. @throws where it says anything else */
export function loadOverlay(file: string): Overlay {
  return overlaySchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

/**
 * The cities' files of a directory, at least one: its *.yaml and *.yml, in capitals too, sorted by name; none that begins
 * with a dot.
 * @throws EnvironmentError when the directory cannot be read or has no such file
 */
export function environmentFiles(directory: string): string[] {
  const files = namesIn(directory).filter((name) => /^[^.].*\.ya?ml$/is.test(name));
  if (files.length > 0) return files.sort().map((name) => join(directory, name));
  const message = `there is no city's file in the directory${searched(directory)}`;
  throw directoryError(directory, { message, allowed: "at least one *.yaml", repair: "add a city's file" });
}

/** Whether a file of a folder belongs to a city: YAML, or the CSV file that it names. @param name without its folder */
export function isCityFile(name: string): boolean {
  return /^[^.].*\.(?:ya?ml|csv)$/is.test(name);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    const message = `the directory cannot be read${searched(directory)}`;
    throw directoryError(directory, { message, allowed: "a directory of cities' files", repair: "check its name" });
  }
}

/** Which one it is, of a path that does not say so itself. */
function searched(directory: string): string {
  return isAbsolute(directory) ? "" : ` ${escaped(resolve(directory))}`;
}

function directoryError(file: string, texts: Pick<Violation, "message" | "allowed" | "repair">): EnvironmentError {
  return new EnvironmentError([{ file, line: 1, column: 1, path: "", rule: "file", ...texts }]);
}

function brokenCityRules(sources: readonly CitySource[]): Broken[] {
  return sources.flatMap((source) =>
    rulesFor(source).flatMap((rule) =>
      Array.from(enough(rule.check(source.city)), (finding) => broken(source, rule, finding)),
    ),
  );
}

/** Where a city is too large to be held against all rules, only what says so. */
function rulesFor({ city }: CitySource): readonly CityRule[] {
  return isTooLarge(city) ? cityBounds : cityRules;
}

function isTooLarge(city: DeclaredCity): boolean {
  return cityBounds.some((rule) => [...rule.check(city)].length > 0);
}

function brokenCrossCityRules(sources: readonly CitySource[]): Broken[] {
  const cities = sources.map(({ city }) => city);
  return crossCityRules.flatMap((rule) =>
    Array.from(enough(rule.check(cities))).flatMap((finding) => {
      const source = sources[finding.city];
      return source === undefined ? [] : [broken(source, rule, finding)];
    }),
  );
}

function placeIn(city: CitySource, path: Path): SourceLocation {
  const { source, offset } = spotOf(city, path);
  const { line, col } = lineCounter(source.text).linePos(offset);
  return { file: source.file, line, column: col };
}

function broken(city: CitySource, rule: RuleTexts, finding: Finding): Broken {
  const { message, allowed = rule.explanation, repair = rule.repair } = finding;
  const { source, ...spot } = spotOf(city, finding.path);
  return { source, finding: { ...spot, rule: rule.id, message, allowed, repair } };
}

function toViolations({ file, text, root }: TextSource, findings: readonly OffsetFinding[]): Violation[] {
  if (findings.length === 0) return [];
  const lines = lineCounter(text);
  return told(findings).map(({ offset, path, ...rest }) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col, path: formatPath(root, path), ...rest };
  });
}
