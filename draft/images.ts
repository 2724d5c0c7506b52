import { imageSchema } from "../environments/model/image";
import { inventoryName } from "../environments/model/primitives";
import type { FoundMachine } from "../vcenter/machine";
import { slugOf } from "./names";
import type { Names } from "./names";

/** A golden image of the file. */
export interface DraftImage {
  readonly name: string;
  readonly guestId: string;
  readonly firmware: "efi" | "bios";
  readonly diskGib: number;
  readonly hasTpm: boolean;
  readonly versions: readonly DraftVersion[];
}

/** A version of an image. */
export interface DraftVersion {
  readonly version: string;
  /** The template's name. @default - none is known */
  readonly template?: string | undefined;
  readonly released: string;
  /** Whether the day is in the template's name or settings. */
  readonly isDated: boolean;
}

/** Images, and templates that are none with the reason. */
export interface DraftImages {
  readonly images: readonly DraftImage[];
  readonly left: readonly string[];
}

/** `win11-2026-10`, `win11_2026.10`, `win11-202610`: a year and a month at the end of a template's name. */
const DATED = /^(.*?)[-_. ]*(20\d\d)[-_. ]?(0[1-9]|1[0-2])$/s;
/** ESXi itself as a guest: nobody's desktop. */
const NO_DESKTOP = "vmkernel";

/** The images of a datacenter's templates; those whose names differ in a month alone are versions of one. @param asOf the file's day */
export function imagesOf(machines: readonly FoundMachine[], asOf: string, names: Names): DraftImages {
  const [usable, left]: [FoundMachine[], string[]] = [[], []];
  for (const template of machines.filter(({ isTemplate }) => isTemplate)) {
    const why = hindrance(template, machines);
    if (why === undefined) usable.push(template);
    else left.push(`${template.path}: ${why}`);
  }
  const families = new Map<string, [FoundMachine, ...FoundMachine[]]>();
  for (const template of usable) {
    const key = JSON.stringify([baseOf(template), template.guestId, template.firmware, template.hasTpm]);
    families.set(key, [template, ...(families.get(key) ?? [])]);
  }
  const images = [...families.values()].map((family) => imageOf(family, asOf, names));
  return { images: images.sort((a, b) => (a.name < b.name ? -1 : 1)), left };
}

/** An image for machines that have no template: its template is asked for. */
export function imageWithoutTemplate(like: FoundMachine | undefined, asOf: string, names: Names): DraftImage {
  const guestId = imageSchema.shape.guestId.safeParse(like?.guestId).data ?? "windows11_64Guest";
  return {
    ...{ guestId, name: names.next(slugOf(guestId.replace(/_?(?:64)?Guest(?:64)?$/, ""), "desktop")) },
    firmware: like?.firmware === "bios" ? "bios" : "efi",
    diskGib: Math.max(1, Math.ceil(like?.diskGib ?? 64)),
    hasTpm: like?.hasTpm ?? false,
    versions: [{ version: monthOf(asOf), released: asOf, isDated: false }],
  };
}

/** The newest of an image's versions. */
export function newestOf({ versions }: DraftImage): string {
  return versions.reduce((newest, { version }) => (version > newest ? version : newest), "");
}

/** A template is looked up by its name in the datacenter, where machines count too. */
function hindrance({ name, guestId, diskGib }: FoundMachine, machines: readonly FoundMachine[]): string | undefined {
  const same = machines.filter((one) => one.name === name).length;
  if (same > 1)
    return `${String(same)} machines or templates have this name: rename all but one, since it is looked up by its name`;
  if (guestId.startsWith(NO_DESKTOP)) return "its guest is a hypervisor";
  if (!inventoryName.safeParse(name).success) return "its name has characters that no finder takes: rename it";
  if (diskGib === 0) return "it has no disk, or its settings could not be read";
  if (!imageSchema.shape.guestId.safeParse(guestId).success) return "its guest is not known";
  return undefined;
}

function baseOf({ name }: FoundMachine): string {
  return DATED.exec(name)?.[1] ?? name;
}

function imageOf(family: readonly [FoundMachine, ...FoundMachine[]], asOf: string, names: Names): DraftImage {
  const [first] = family;
  const numbers = new Set<string>();
  const versions = family.map((template) => {
    const dated = versionOf(template, asOf);
    const version = freeVersion(dated.version, numbers);
    numbers.add(version);
    return { ...dated, version, template: template.name };
  });
  return {
    ...{ name: names.next(slugOf(baseOf(first), "image")), guestId: first.guestId, hasTpm: first.hasTpm },
    firmware: first.firmware === "bios" ? "bios" : "efi",
    diskGib: Math.max(...family.map(({ diskGib }) => Math.max(1, Math.ceil(diskGib)))),
    versions: versions.sort((a, b) => (a.version < b.version ? -1 : 1)),
  };
}

/** By the month in its name, else by the day on which it was made; none is released after the file's day. */
function versionOf({ name, details }: FoundMachine, asOf: string): Omit<DraftVersion, "template"> {
  const [, , year, month = ""] = DATED.exec(name) ?? [];
  const created = details?.created;
  const named = year === undefined ? undefined : `${year}-${month}`;
  const day =
    created !== undefined && (named === undefined || created.startsWith(named)) ? created : named && `${named}-01`;
  if (day === undefined || day > asOf) return { version: monthOf(asOf), released: asOf, isDated: false };
  return { version: monthOf(day), released: day, isDated: true };
}

function monthOf(day: string): string {
  return day.slice(0, "2026-10".length).replace("-", ".");
}

function freeVersion(version: string, taken: ReadonlySet<string>): string {
  let free = version;
  for (let number = 2; taken.has(free); number += 1) free = `${version}.${String(number)}`;
  return free;
}
