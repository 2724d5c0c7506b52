import { quoted } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import type { FoundMachine } from "../vcenter/machine";
import { sourcesOf } from "../environments/seats/template-sources";
import { enumerated } from "./check";
import { templateUses } from "./template-uses";
import type { Compared, PreflightFinding } from "./check";

/** A version that linked clones are made from. */
interface Source {
  readonly path: Path;
  readonly diskGib: number;
  /** Name of the template. */
  readonly template: string;
  /** Name of its snapshot. */
  readonly snapshot: string;
  /** Datastores of the linked clones that it is for, each with the name of its pool. */
  readonly used: readonly { readonly pool: string; readonly datastore: string }[];
}

/** Every version with a snapshot has a template that linked clones can be made from, on their datastore. */
export function* linkedClones({ city, inventory }: Compared): Iterable<PreflightFinding> {
  for (const source of sources(city)) {
    const [found, another] = inventory.machines.filter(({ name }) => name === source.template);
    // None, or several, are findings of the templates.
    if (found === undefined || another !== undefined) continue;
    yield* snapshots(found, source);
    if (source.used.length > 0) yield* disk(found, source);
    yield* elsewhere(found, source);
  }
}

function sources(city: DeployedCity): Source[] {
  return Object.entries(city.images).flatMap(([image, { versions, diskGib }]) =>
    sourcesOf(image, versions).flatMap(({ path, template, snapshot }) =>
      snapshot === undefined ? [] : [{ path, diskGib, template, snapshot, used: usesOf(city, image, template) }],
    ),
  );
}

function usesOf(city: DeployedCity, image: string, template: string): Source["used"] {
  const uses = templateUses(city).filter((use) => use.image === image && use.template === template);
  return uses.flatMap(({ pool, place: { datastore } }) =>
    pool.clone === "linked" && datastore !== undefined ? [{ pool: pool.name, datastore }] : [],
  );
}

/** The provider takes a template's current state: with another snapshot, or more of them, it is not what the file says. */
function* snapshots(found: FoundMachine, { path, snapshot }: Source): Iterable<PreflightFinding> {
  const [first, ...more] = found.snapshots;
  if (first === snapshot && more.length === 0) return;
  const name = quoted(found.name);
  const has =
    first === undefined
      ? "has no snapshot, so that each of its clones would be full"
      : `has the ${more.length === 0 ? "snapshot" : "snapshots"} ${enumerated(found.snapshots)}`;
  yield {
    ...{ path: [...path, "snapshot"], weight: "wrong", message: `${name} ${has}` },
    expected: `the one snapshot ${quoted(snapshot)}`,
    repair:
      first !== undefined && more.length === 0
        ? `write ${quoted(first)}, if that is the one that was meant`
        : "make the template anew with this one snapshot; never delete one that linked clones have",
  };
}

/** What the provider refuses when it plans (2.15.0 to 2.16.1, `DiskCloneValidateOperation`): the disks are thin. */
function* disk(found: FoundMachine, { path, diskGib }: Source): Iterable<PreflightFinding> {
  const at = { path: [...path, "template"], weight: "wrong" } as const;
  const name = quoted(found.name);
  // A larger one is a finding of the templates.
  if (found.diskGib < diskGib)
    yield {
      ...{ ...at, expected: `a system disk of ${String(diskGib)} GiB: a linked clone has exactly its template's` },
      message: `the system disk of ${name} has ${String(found.diskGib)} GiB`,
      repair: `write diskGib: ${String(found.diskGib)} in the image and its workstations, or enlarge the template's`,
    };
  if (!found.isThin)
    yield {
      ...{ ...at, expected: "a thin system disk: a linked clone is made as its template" },
      message: `the system disk of ${name} is thick`,
      repair: "move the template to a thin disk, and take its snapshot then",
    };
}

/**
 * Clones share what is on their own datastore alone ("vSphere Web Services API", `moveAllDiskBackingsAndAllowSharing`): on
 * another one the disk of the first clone there would be the others'.
 */
function* elsewhere(found: FoundMachine, { path, used }: Source): Iterable<PreflightFinding> {
  const others = used.filter(({ datastore }) => datastore !== found.datastore);
  if (others.length === 0) return;
  const of = enumerated([...new Set(others.map(({ pool }) => pool))]);
  const on = enumerated([...new Set(others.map(({ datastore }) => datastore))]);
  yield {
    ...{ path: [...path, "template"], weight: "wrong", expected: "a template on the datastore of its linked clones" },
    message: `${quoted(found.name)} is on ${quoted(found.datastore)}, and linked clones of ${of} are on ${on}`,
    repair: "move the template there, or name the datastore that it is on in the pool",
  };
}
