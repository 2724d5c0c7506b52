import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { escaped } from "./display";
import type { OffsetFinding } from "./offset-finding";
import { lineCounter } from "./reading/line-counter";
import type { DeclaredCity } from "./model/city";
import { enough, told } from "./most-violations";
import { formatPath } from "./path";
import type { Path } from "./path";
import { cityBounds, cityRules, crossCityRules } from "./rules";
import type { CityRule, Finding, RuleTexts } from "./rules/rule";
import { isCity, readSource, spotOf } from "./reading/source";
import type { CitySource, Source, TextSource } from "./reading/source";
import { EnvironmentError } from "./violation";
import type { PlaceOf, SourceLocation, Violation } from "./violation";

/** A city's checked file. */
export interface CityFile {
  /** The declared city. */
  readonly declared: DeclaredCity;
  /** Source locations of its values, for later messages. */
  readonly placeOf: PlaceOf;
}

/** A finding and its file. */
interface Broken {
  readonly source: TextSource;
  readonly finding: OffsetFinding;
}

/**
 * Reads cities' files, each with its CSV file, and checks each by itself and all against one another.
 * @param files paths of the cities' YAML files; violations show them as given
 * @param drafts texts that files are to have, in place of those that they have, by their paths
 * @returns the checked files, in the same order
 * @throws EnvironmentError that lists every violation of every file
 */
export function loadFiles(files: readonly string[], drafts: ReadonlyMap<string, string> = new Map()): CityFile[] {
  return checkedFiles(files.map((file) => readSource(file, drafts.get(file))));
}

/**
 * Checks cities, each by itself and all against one another.
 * @param isChecked whether a city was found to keep its own rules @default - none was
 * @throws EnvironmentError that lists every violation of every file
 */
export function checkedFiles(
  sources: readonly Source[],
  isChecked: (source: Source) => boolean = () => false,
): CityFile[] {
  const cities = sources.filter(isCity);
  const broken = [...brokenCityRules(cities.filter((city) => !isChecked(city))), ...brokenCrossCityRules(cities)];
  const all = sources.flatMap((source) => [
    source,
    ...(source.assignments ? [source.assignments] : []),
    ...source.answerFiles,
  ]);
  const violations = all.flatMap((source: TextSource) => {
    const own = broken.filter((entry) => entry.source === source).map(({ finding }) => finding);
    return violationsOf(source, [...source.findings, ...own]);
  });
  if (violations.length > 0) throw new EnvironmentError(violations);
  return cities.map((source) => ({ declared: source.city, placeOf: (path) => placeIn(source, path) }));
}

/** The declared cities of files. @see loadFiles */
export function loadCities(files: readonly string[]): DeclaredCity[] {
  return loadFiles(files).map(({ declared }) => declared);
}

/**
 * The cities' files of a directory, at least one: *.yaml and *.yml, in upper case too, sorted by name, without hidden
 * files.
 * @throws EnvironmentError when the directory cannot be read or has no such file
 */
export function environmentFiles(directory: string): string[] {
  const files = namesIn(directory).filter((name) => /^[^.].*\.ya?ml$/is.test(name));
  if (files.length > 0) return files.sort().map((name) => join(directory, name));
  const message = `there is no city's file in the directory${searched(directory)}`;
  throw directoryError(directory, { message, allowed: "at least one *.yaml", repair: "add a city's file" });
}

/** Whether a file of a folder belongs to a city: YAML, CSV, or XML of an answer file. @param name without its folder */
export function isCityFile(name: string): boolean {
  return /^[^.].*\.(?:ya?ml|csv|xml)$/is.test(name);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    if (!existsSync(directory)) throw absent(directory);
    const message = `the directory cannot be read${searched(directory)}`;
    throw directoryError(directory, { message, allowed: "a directory of cities' files", repair: "check its name" });
  }
}

/** Mostly somebody stands in another folder than a city's repository. */
function absent(directory: string): EnvironmentError {
  return directoryError(directory, {
    message: `there is no such directory${searched(directory)}`,
    allowed: "a directory of cities' files",
    repair: "go to a city's repository, which postazioni init makes, or name its directory with --environments",
  });
}

/** The absolute path, where the given one is relative. */
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

/** For a city that is too large for all rules, only the rule that reports this. */
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

/** Findings in a file as violations, with line and column. */
export function violationsOf({ file, text, root }: TextSource, findings: readonly OffsetFinding[]): Violation[] {
  if (findings.length === 0) return [];
  const lines = lineCounter(text);
  return told(findings).map(({ offset, path, ...rest }) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col, path: formatPath(root, path), ...rest };
  });
}
