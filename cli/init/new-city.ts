import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Said } from "../../draft/draft";
import { environmentFiles, loadFiles } from "../../environments/load";
import { citySchema } from "../../environments/model/city";
import type { DeclaredCity } from "../../environments/model/city";
import { readSource } from "../../environments/reading/source";
import type { Source } from "../../environments/reading/source";
import { plainValue } from "../../environments/reading/yaml-tree";
import { EnvironmentError } from "../../environments/violation";
import type { Violation } from "../../environments/violation";
import { InputError, messageOf } from "../../runtime/errors";

/** What the command line may say of the city. */
export interface SayOptions {
  readonly name?: string;
  readonly code?: string;
  readonly domain?: string;
  readonly asOf?: string;
}

/** The other cities of a folder. */
export interface OtherCities {
  readonly files: readonly string[];
  /** Those whose files the schema accepts. */
  readonly cities: readonly DeclaredCity[];
  /** Codes of all of them, also of those whose files are wrong elsewhere. */
  readonly codes: readonly string[];
}

const coded = z.object({ city: z.object({ code: z.string() }) });

/** The cities that a folder has already; none where it is not there yet. */
export function otherCities(folder: string): OtherCities {
  try {
    const files = environmentFiles(folder);
    const sources = files.map((file) => readSource(file));
    return { files, cities: sources.flatMap(({ city }) => city ?? []), codes: sources.flatMap(codeOf) };
  } catch (error) {
    if (error instanceof EnvironmentError) return { files: [], cities: [], codes: [] };
    throw error;
  }
}

function codeOf({ root }: Source): string[] {
  const read = coded.safeParse(root && plainValue(root));
  return read.success ? [read.data.city.code] : [];
}

/**
 * What is said of the city, checked as in a file.
 * @throws InputError that lists each option that no file may have
 */
export function saidOf(
  id: string,
  { name, code, domain, asOf }: SayOptions,
  { cities, codes }: OtherCities,
): Omit<Said, "source"> {
  const day = asOf ?? today();
  const { city, asOf: days } = citySchema.shape;
  const checks = [
    ["the id", city.shape.id.safeParse(id)],
    ["--name", city.shape.name.optional().safeParse(name)],
    ["--code", city.shape.code.optional().safeParse(code)],
    ["--domain", city.shape.domain.optional().safeParse(domain)],
    ["--as-of", days.safeParse(day)],
  ] as const;
  const wrong = checks.flatMap(([option, { error }]) =>
    error === undefined ? [] : [`${option}: allowed: ${error.issues[0]?.message ?? ""}`],
  );
  if (wrong.length > 0) throw new InputError(wrong.join("\n"));
  const taken = cities.flatMap(({ network }) => network.segments.flatMap(({ subnet }) => subnet ?? []));
  return { id, name, code, domain, asOf: day, taken, takenCodes: codes };
}

/** The day on which a new file is right. */
export function today(): string {
  return new Date().toISOString().slice(0, "2026-11-24".length);
}

/** @throws InputError where the file is there already */
export function requireFree(file: string): void {
  if (existsSync(file))
    throw new InputError(`${file} is there already: take another id, or move it away; nothing was written`);
}

/**
 * Writes a city's file under another name, checks it together with the other cities', and gives it its name.
 * @returns what the rules find in it
 * @throws InputError where it cannot be written, or somebody else wrote it meanwhile
 */
export function writeCity(file: string, text: string, others: readonly string[]): Violation[] {
  const draft = join(dirname(file), `.${basename(file)}.${String(process.pid)}.tmp`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text, { flag: "wx" });
    const violations = violationsIn(draft, others).map((violation) => ({ ...violation, file }));
    nameIt(draft, file);
    return violations;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be written: ${messageOf(error)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function violationsIn(draft: string, others: readonly string[]): Violation[] {
  try {
    loadFiles([...others, draft]);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.violations.filter(({ file }) => file === draft);
    throw error;
  }
}

/** A link fails where the name is taken, which a renaming would overwrite; some file systems have no links. */
function nameIt(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch {
    requireFree(file);
    renameSync(draft, file);
  }
}
