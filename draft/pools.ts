import { numberOf } from "./desktops";
import type { DesktopGroup } from "./desktops";
import { imageWithoutTemplate, newestOf } from "./images";
import type { DraftImage } from "./images";
import { codeOf, Names, slugOf } from "./names";
import { networkOf } from "./segments";
import type { DraftSegment } from "./segments";
import type { Site } from "./site";
import { storeOf } from "./stores";

/** A pool of existing desktops. */
export interface DraftPool {
  readonly name: string;
  readonly code: string;
  /** Its machines. @default - there are none yet: all of the pool is a placeholder */
  readonly group?: DesktopGroup | undefined;
  readonly directorate: string;
  readonly workstation: string;
  readonly imageVersion: string;
  /** Numbers of its seats, in the order of its machines. */
  readonly seats: readonly number[];
  readonly cluster: string;
  readonly datastore: string;
  readonly segment: string;
}

/** A kind of workstation. */
export interface DraftWorkstation {
  readonly name: string;
  readonly image: DraftImage;
  readonly cpus: number;
  /** Memory, in GiB, rounded up. */
  readonly memoryGib: number;
  /** Memory that machines have now, in MiB. */
  readonly memoryMib: number;
  readonly memoryReservationGib: number;
  readonly diskGib: number;
  readonly secureBoot: boolean;
  readonly tpm: boolean;
}

/** An organizational unit, as far as folders tell. */
export interface DraftDirectorate {
  readonly id: string;
  readonly name: string;
  /** Its desktops. */
  readonly desktops: number;
  /** Whether a folder has its name. */
  readonly isFolder: boolean;
}

/** Pools with all that they refer to. */
export interface DraftPools {
  readonly pools: readonly DraftPool[];
  readonly workstations: readonly DraftWorkstation[];
  readonly images: readonly DraftImage[];
  readonly directorates: readonly DraftDirectorate[];
}

const MIB_PER_GIB = 1024;
const MOST_SEATS = 9999;

/** What pools refer to, beside the site. */
interface Context {
  /** Images of templates; of desktops that have none, one is added whose template is asked for. */
  readonly images: readonly DraftImage[];
  readonly segments: readonly DraftSegment[];
  /** The file's day. */
  readonly asOf: string;
  readonly imageNames: Names;
}

/** The pools of a site's desktops; where there are none, one that is a placeholder. */
export function poolsOf(site: Site, context: Context): DraftPools {
  const { groups } = site.desktops;
  if (groups.length === 0) return placeholderPool(site, context);
  const images = [...context.images];
  const workstations: DraftWorkstation[] = [];
  const directorates = directoratesOf(groups);
  const [names, codes, kinds] = [new Names(), new Names(), new Names()];
  const pools = groups.map((group): DraftPool => {
    const image = imageFor(group, images) ?? added(without(group, context), images);
    const kind = workstationFor(group, image, workstations) ?? added(workstationOf(group, image, kinds), workstations);
    return {
      ...{ name: names.next(labelOf(group)), code: codes.nextCode(codeOf(group.prefix)), group },
      directorate: directorates.find(({ name }) => name === directorateName(group))?.id ?? "",
      ...{ workstation: kind.name, imageVersion: newestOf(image), seats: seatsOf(group) },
      ...{ cluster: group.like.details.cluster, datastore: storeOf(group.like, site) },
      segment: segmentFor(group, context.segments),
    };
  });
  return { pools, workstations, images, directorates };
}

function without({ like }: DesktopGroup, { asOf, imageNames }: Context): DraftImage {
  return imageWithoutTemplate(like, asOf, imageNames);
}

function labelOf({ prefix, folder }: DesktopGroup): string {
  return slugOf(prefix, slugOf(folder.split("/").at(-1) ?? "", "desktops"));
}

function segmentFor({ like }: DesktopGroup, segments: readonly DraftSegment[]): string {
  return segments.find(({ network, external }) => !external && network === networkOf(like))?.name ?? "";
}

/** Where nobody has a desktop yet: one pool of one seat, of a template of Windows where there is one. */
function placeholderPool({ clusters }: Site, { images: templates, segments, asOf, imageNames }: Context): DraftPools {
  const windows = templates.find(({ guestId }) => guestId.startsWith("windows"));
  const image = windows ?? imageWithoutTemplate(undefined, asOf, imageNames);
  const size = { cpus: 2, memoryGib: 8, memoryMib: 8 * MIB_PER_GIB, memoryReservationGib: 0, tpm: image.hasTpm };
  const workstation = { name: "office", image, ...size, diskGib: image.diskGib, secureBoot: image.firmware === "efi" };
  const directorate = { id: "desktops", name: "Desktops", desktops: 1, isFolder: false };
  const pool: DraftPool = {
    ...{ name: "desktops", code: "vdi", directorate: directorate.id, workstation: workstation.name, seats: [1] },
    ...{ imageVersion: newestOf(image), cluster: clusters[0]?.name ?? "", datastore: "" },
    segment: segments.find(({ external }) => !external)?.name ?? "",
  };
  const images = windows === undefined ? [...templates, image] : templates;
  return { pools: [pool], workstations: [workstation], images, directorates: [directorate] };
}

function added<T>(item: T, items: T[]): T {
  items.push(item);
  return item;
}

/** The image of the same guest, with a TPM where the machines have one; of several the one with the newest template. */
function imageFor({ like }: DesktopGroup, images: readonly DraftImage[]): DraftImage | undefined {
  return images
    .filter(({ guestId, hasTpm }) => guestId === like.guestId && hasTpm === like.hasTpm)
    .sort((a, b) => (newestOf(a) < newestOf(b) ? 1 : -1))[0];
}

function workstationFor(
  group: DesktopGroup,
  image: DraftImage,
  workstations: readonly DraftWorkstation[],
): DraftWorkstation | undefined {
  const wanted = sizeOf(group, image);
  return workstations.find(
    (one) =>
      one.image === image && Object.entries(wanted).every(([key, value]) => one[key as keyof typeof wanted] === value),
  );
}

function workstationOf(group: DesktopGroup, image: DraftImage, names: Names): DraftWorkstation {
  const size = sizeOf(group, image);
  const end = `-${String(size.cpus)}x${String(size.memoryGib)}`;
  return { name: names.next(`${image.name.slice(0, 36 - end.length)}${end}`), image, ...size };
}

function sizeOf({ like, machines }: DesktopGroup, image: DraftImage): Omit<DraftWorkstation, "name" | "image"> {
  const { cpus, memoryMib, memoryReservationMib, secureBoot } = like.details;
  const memoryGib = Math.ceil(memoryMib / MIB_PER_GIB);
  const disks = machines.map(({ diskGib }) => Math.ceil(diskGib));
  return {
    ...{ cpus, memoryMib, memoryGib, tpm: like.hasTpm },
    memoryReservationGib: Math.min(memoryGib, Math.ceil(memoryReservationMib / MIB_PER_GIB)),
    diskGib: Math.max(image.diskGib, mostCommon(disks)),
    secureBoot: image.firmware === "efi" && secureBoot,
  };
}

function mostCommon(numbers: readonly number[]): number {
  const count = (number: number): number => numbers.filter((one) => one === number).length;
  return [...numbers].sort((a, b) => count(b) - count(a) || b - a)[0] ?? 0;
}

/**
 * Machines keep their numbers where each has one of its own and at most as many are missing as are there; otherwise they
 * are numbered in their order.
 */
function seatsOf({ machines }: DesktopGroup): number[] {
  const numbers = machines.map(({ name }) => numberOf(name));
  const highest = Math.max(...numbers);
  const isOwn = new Set(numbers).size === numbers.length && numbers.every((number) => number > 0);
  const isKept = isOwn && highest <= Math.min(MOST_SEATS, numbers.length * 2);
  return isKept ? numbers : numbers.map((_, index) => index + 1);
}

/** One for each folder of desktops: folders are often named for who works there. */
function directoratesOf(groups: readonly DesktopGroup[]): DraftDirectorate[] {
  const names = new Names();
  const folders = [...new Set(groups.map(directorateName))];
  return folders.map((name) => {
    const own = groups.filter((group) => directorateName(group) === name);
    const desktops = own.reduce((sum, { machines }) => sum + machines.length, 0);
    return {
      id: names.next(slugOf(name, "directorate")),
      name,
      desktops,
      isFolder: own.some(({ folder }) => folder !== ""),
    };
  });
}

function directorateName({ folder }: DesktopGroup): string {
  const last = folder.split("/").at(-1) ?? "";
  return last === "" ? "Desktops" : last;
}
