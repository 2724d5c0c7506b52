import { createHash } from "node:crypto";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";

/** A key of the file that says where logins are sent or who is trusted, and its value. */
export interface Destination {
  readonly path: Path;
  readonly value: string;
}

/** A changed destination of logins, or a changed trust. */
export interface DestinationChange {
  /** The key, such as `platform.vault.address`. */
  readonly key: string;
  /** Null where the key is new. */
  readonly before: string | null;
  /** Null where the key is removed. */
  readonly after: string | null;
}

/**
 * Keys of a city's file that say where a login is sent or who is trusted; a trailing `*` includes everything below. A
 * test checks that every address of the schema is here or on its own list of addresses without a login.
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

/** The maximum length of a waiver's scope. */
const LONGEST_SCOPE = 200;

/** Every destination in a city's file, by key. */
export function destinationsOf(city: DeployedCity): Map<string, Destination> {
  const found = DESTINATION_KEYS.flatMap((pattern) => {
    const path = pattern.replace(/\.\*$/, "").split(".");
    return leaves(path.reduce<unknown>(childOf, city), path);
  });
  return new Map(found.map((destination) => [destination.path.join("."), destination]));
}

/** Compares destinations and trust in two versions of a city's file. */
export function destinationChanges(base: DeployedCity, wanted: DeployedCity): DestinationChange[] {
  const [before, after] = [destinationsOf(base), destinationsOf(wanted)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, before: before.get(key)?.value ?? null, after: after.get(key)?.value ?? null }))
    .filter((change) => change.before !== change.after);
}

/**
 * The scope of a waiver: the key and its new value, so that no third value is covered; a long one is cut and gets a
 * digest of the whole.
 */
export function destinationScope({ key, after }: DestinationChange): string {
  const scope = `${key} -> ${after ?? "nothing"}`;
  if (scope.length <= LONGEST_SCOPE) return scope;
  const digest = ` sha256:${createHash("sha256").update(scope).digest("hex")}`;
  return `${scope.slice(0, LONGEST_SCOPE - digest.length)}${digest}`;
}

/** Whether a preview would send a login to the new destination. */
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
