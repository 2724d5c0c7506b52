import { createHash } from "node:crypto";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";

/** Somewhere that logins go, or someone who is believed: a key of the file and what it says. */
export interface Destination {
  readonly path: Path;
  readonly value: string;
}

/** A change of where logins go or who is believed. */
export interface DestinationChange {
  /** The key, such as `platform.vault.address`. */
  readonly key: string;
  /** Null where it was not there. */
  readonly before: string | null;
  /** Null where it goes. */
  readonly after: string | null;
}

/**
 * What of a city's file says where somebody's login goes, or whom somebody believes; everything below a key where it ends in `*`.
 * A test holds that every address of the schema is here or in its own list of those to which no login goes.
 */
export const DESTINATION_KEYS = [
  "city.domain",
  "platform.vsphere.server",
  "platform.vault.*",
  "platform.state.*",
  "secrets.ci.*",
  "secrets.authority.rootSha256",
  "secrets.directory.url",
  "secrets.directory.userDn",
  "secrets.directory.groupDn",
  "secrets.directory.userDomain",
  "secrets.accounts.manager",
] as const;

/** As long as a waiver's scope may be. */
const LONGEST_SCOPE = 200;

/** Every destination that a city's file names, by its key. */
export function destinationsOf(city: DeployedCity): Map<string, Destination> {
  const found = DESTINATION_KEYS.flatMap((pattern) => {
    const path = pattern.replace(/\.\*$/, "").split(".");
    return leaves(path.reduce<unknown>(childOf, city), path);
  });
  return new Map(found.map((destination) => [keyOf(destination.path), destination]));
}

/** Compares where logins go, and who is believed, in two versions of a city's file. */
export function destinationChanges(base: DeployedCity, wanted: DeployedCity): DestinationChange[] {
  const [before, after] = [destinationsOf(base), destinationsOf(wanted)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, before: before.get(key)?.value ?? null, after: after.get(key)?.value ?? null }))
    .filter((change) => change.before !== change.after);
}

/** What a waiver names: the key and what it becomes, so that it opens no third one; of a long one the beginning and the digest of all. */
export function destinationScope({ key, after }: DestinationChange): string {
  const scope = `${key} -> ${after ?? "nothing"}`;
  if (scope.length <= LONGEST_SCOPE) return scope;
  const digest = ` sha256:${createHash("sha256").update(scope).digest("hex")}`;
  return `${scope.slice(0, LONGEST_SCOPE - digest.length)}${digest}`;
}

/** Whether a preview would send a login to another place for it. */
export function isAskedByAPreview({ key }: Pick<DestinationChange, "key">): boolean {
  return key.startsWith("platform.");
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function leaves(value: unknown, path: Path): Destination[] {
  if (typeof value === "string") return [{ path, value }];
  if (typeof value === "number" || typeof value === "boolean") return [{ path, value: String(value) }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

function keyOf(path: Path): string {
  return path.join(".");
}
