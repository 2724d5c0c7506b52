import { inventoryText } from "../environments/model/primitives";
import { adoptionSchema } from "../environments/model/adoption";
import type { FoundMachine } from "../vcenter/machine";
import type { MachineDetails } from "../vcenter/machine-details";

/** A machine whose details were read. */
export type KnownMachine = FoundMachine & { readonly details: MachineDetails };

/** Machines of one name pattern that are alike in all that an adoption would change. */
export interface DesktopGroup {
  /** What their names begin with: `PC-ANA-`. */
  readonly prefix: string;
  /** Their folder, below the datacenter's machine folder; empty for that itself. */
  readonly folder: string;
  /** At least one, in the order of their numbers. */
  readonly machines: readonly KnownMachine[];
  /** Any of them: in size, cluster, datastore and network they are alike. */
  readonly like: KnownMachine;
}

/** The machines of a datacenter that are people's desktops, and those that may be. */
export interface Desktops {
  readonly groups: readonly DesktopGroup[];
  /** Why machines with a desktop's system are in no group, and which. */
  readonly left: readonly { readonly why: string; readonly paths: readonly string[] }[];
}

/** Guests of Windows for workstations: 7, 8, 10 (which vSphere calls 9), 11 and what comes. Servers end in `Server64Guest`. */
const WORKSTATION = /^windows\d+(?:_64)?Guest$/;
const NUMBERED = /^(.*?)(\d+)$/s;
/** One machine of a pattern may be anything; two are numbered for a reason. */
const FEWEST = 2;

/**
 * Finds desktops: machines with a workstation's Windows, at least two of a name and different numbers in one folder, or those
 * whose names fit a pattern.
 * @param patterns names with `*` for any characters; they alone are desktops. @default - none
 * @param clusters names of the city's clusters
 */
export function desktopsOf(
  machines: readonly FoundMachine[],
  clusters: readonly string[],
  patterns: readonly string[] = [],
): Desktops {
  const named = patterns.map(patternOf);
  const all = machines.filter((machine) => !machine.isTemplate && isDesktop(machine, named));
  const left = new Map<string, string[]>();
  const leave = (why: string, machine: FoundMachine): void => {
    left.set(why, [...(left.get(why) ?? []), machine.path]);
  };
  const fit = all.flatMap((machine) => {
    const why = hindrance(machine, clusters);
    if (why !== undefined) leave(why, machine);
    return why === undefined && isKnown(machine) ? [machine] : [];
  });
  const groups = [...grouped(fit, patternKey).values()].flatMap((same) => {
    if (patterns.length > 0 || same.length >= FEWEST) return [...grouped(same, likeness).values()].map(groupOf);
    for (const machine of same) leave("no other has a name with the same beginning and another number", machine);
    return [];
  });
  return { groups, left: [...left].map(([why, paths]) => ({ why, paths })) };
}

function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${escaped}$`, "is");
}

function isDesktop({ guestId, name }: FoundMachine, named: readonly RegExp[]): boolean {
  return named.length > 0 ? named.some((pattern) => pattern.test(name)) : WORKSTATION.test(guestId);
}

function isKnown(machine: FoundMachine): machine is KnownMachine {
  return machine.details !== undefined;
}

/** Why a machine cannot be adopted as it is. */
function hindrance(machine: FoundMachine, clusters: readonly string[]): string | undefined {
  const { details, adapters, path } = machine;
  if (details === undefined || details.cpus === 0) return "its settings could not be read";
  if (!clusters.includes(details.cluster)) return "it runs in another cluster";
  if (adapters !== 1) return "it has not exactly one network adapter: an adopted machine keeps the first alone";
  if (!adoptionSchema.shape.machine.safeParse(path).success)
    return "its name or folder has characters that no finder takes";
  return undefined;
}

function patternKey({ path, name }: KnownMachine): string {
  return JSON.stringify([folderOf(path), prefixOf(name).toLowerCase()]);
}

/** What an adoption would change: machines that differ in it are in pools of their own. */
function likeness({ guestId, hasTpm, datastore, details }: KnownMachine): string {
  const { cpus, memoryMib, memoryReservationMib, cluster, networks } = details;
  return JSON.stringify([guestId, hasTpm, datastore, cpus, memoryMib, memoryReservationMib, cluster, networks]);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function groupOf(machines: readonly [KnownMachine, ...KnownMachine[]]): DesktopGroup {
  const [like] = machines;
  const sorted = [...machines].sort((a, b) => numberOf(a.name) - numberOf(b.name) || (a.name < b.name ? -1 : 1));
  return { prefix: prefixOf(like.name), folder: folderOf(like.path), machines: sorted, like };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** What a machine's name begins with before its number. */
function prefixOf(name: string): string {
  return NUMBERED.exec(name)?.[1] ?? name;
}

/** The number at the end of a machine's name; 0 without one. */
export function numberOf(name: string): number {
  return Number(NUMBERED.exec(name)?.[2] ?? 0);
}

/** Whether a file may hold a name of vCenter's at all. */
export function isWritable(name: string): boolean {
  return inventoryText.safeParse(name).success;
}
