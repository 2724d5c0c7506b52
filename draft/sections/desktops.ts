import type { Draft } from "../draft";
import { asked, assumed, block, found, line, list, question, row, under } from "../entry";
import type { DraftMap, DraftNode, DraftValue } from "../entry";
import { numberOf } from "../desktops";
import type { DraftImage } from "../images";
import type { DraftDirectorate, DraftPool, DraftWorkstation } from "../pools";

const MIB_PER_GIB = 1024;
const MOST_NAMED = 4;

/** The organizational units, as far as folders tell. */
export function directoratesSection({ pools }: Draft): DraftNode {
  return under(
    [
      question(
        "Who works there, and how many are they? Names are those of folders, and staff is the number of desktops.",
      ),
    ],
    list(pools.directorates.map(directorateNode)),
  );
}

function directorateNode({ id, name, desktops, isFolder }: DraftDirectorate): DraftNode {
  const told = isFolder ? found : asked;
  return line({ id: told(id), name: told(name), staff: asked(desktops) });
}

/** The golden images, from templates. */
export function imagesSection({ pools }: Draft): DraftMap {
  return block(Object.fromEntries(pools.images.map((image) => [image.name, imageNode(image)])));
}

function imageNode({ guestId, firmware, diskGib, versions }: DraftImage): DraftNode {
  const isKnown = versions.some(({ template }) => template !== undefined);
  const told = isKnown ? found : assumed;
  return block({
    guestId: told(guestId),
    firmware: firmware === "efi" ? undefined : told(firmware),
    diskGib: told(diskGib),
    versions: block(
      Object.fromEntries(
        versions.map(({ version, template, released, isDated }) => [
          version,
          line(
            {
              template: template === undefined ? asked("template") : found(template),
              released: isDated ? found(released) : asked(released),
            },
            template === undefined ? "the template that new machines are cloned from" : undefined,
          ),
        ]),
      ),
    ),
  });
}

/** The kinds of workstation, from the machines that are there. */
export function workstationsSection({ pools }: Draft): DraftMap {
  const isPlaceholder = pools.pools.every(({ group }) => group === undefined);
  return under(
    [question("From which image are new machines made? The newest with the same guest is assumed.")],
    block(Object.fromEntries(pools.workstations.map((one) => [one.name, workstationNode(one, isPlaceholder)]))),
  );
}

function workstationNode(workstation: DraftWorkstation, isPlaceholder: boolean): DraftNode {
  const { image, cpus, memoryGib, memoryMib, memoryReservationGib, diskGib, secureBoot, tpm } = workstation;
  const told = isPlaceholder ? asked : found;
  const whole = memoryMib === memoryGib * MIB_PER_GIB;
  return line(
    {
      image: assumed(image.name),
      cpus: told(cpus),
      memoryGib: told(memoryGib),
      memoryReservationGib: memoryReservationGib === 0 ? undefined : told(memoryReservationGib),
      diskGib: told(diskGib),
      secureBoot: secureBoot ? undefined : told(false),
      tpm: tpm ? told(true) : undefined,
    },
    whole ? undefined : `machines have ${String(memoryMib)} MiB: adopted, they are restarted with more`,
  );
}

/** The pools, each with the machines that it adopts. */
export function poolsSection({ pools, site }: Draft): DraftNode {
  const left = site.desktops.left.map(({ why, paths }) => {
    const named = paths.slice(0, MOST_NAMED).join(", ");
    const more = paths.length > MOST_NAMED ? `, and ${String(paths.length - MOST_NAMED)} more` : "";
    return `Left out, ${why}: ${named}${more}.`;
  });
  const isPlaceholder = pools.pools.every(({ group }) => group === undefined);
  const none = question("No desktops were found: what is the first pool? Other machines are named by --desktops.");
  return under([...left, ...(isPlaceholder ? [none] : [])], list(pools.pools.map(poolNode)));
}

function poolNode(pool: DraftPool): DraftNode {
  const { group, seats } = pool;
  const told = group === undefined ? (value: DraftValue["value"]) => asked(value) : found;
  const highest = Math.max(...seats);
  const free = Array.from({ length: highest }, (_, index) => index + 1).filter((number) => !seats.includes(number));
  return block({
    name: group === undefined ? asked(pool.name) : assumed(pool.name, whose(pool)),
    code: group === undefined ? asked(pool.code) : assumed(pool.code),
    directorate: told(pool.directorate),
    workstation: told(pool.workstation),
    imageVersion: told(pool.imageVersion),
    seats: told(highest),
    retired: free.length === 0 ? undefined : row(free.map((number) => found(number))),
    assignment: group === undefined ? asked("floating") : assumed("dedicated"),
    cluster: found(pool.cluster),
    datastore: pool.datastore === "" ? undefined : found(pool.datastore),
    segment: told(pool.segment),
    adopt:
      group === undefined
        ? undefined
        : list(
            group.machines.map(({ name, path }, index) => {
              const seat = seats[index] ?? 0;
              return line({ seat: numberOf(name) === seat ? found(seat) : assumed(seat), machine: found(path) });
            }),
          ),
  });
}

function whose({ group }: DraftPool): string {
  const where = group?.folder === "" || group === undefined ? "" : ` in ${group.folder}`;
  return `${group?.prefix ?? ""}*${where}`;
}
