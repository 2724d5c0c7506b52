import type { DesktopPoolProps, DesktopSeat, PoolPlacementProps } from "../../constructs/desktops";
import { cloneMinutes } from "../../environments/capacity/clone-time";
import { machineFolder } from "../../environments/folder-names";
import type { Assignment } from "../../environments/model/assignment";
import type { DeployedCity } from "../../environments/model/city";
import { CLIENT_KEYS } from "../../environments/model/customization";
import type { Pool } from "../../environments/model/desktops";
import type { Image } from "../../environments/model/image";
import { definitionOf } from "../../environments/seats/definition";
import type { Definition } from "../../environments/seats/definition";
import { machinesOf } from "../../environments/seats/machines";
import type { Machine } from "../../environments/seats/machines";
import { shardName, shardsOf } from "../../environments/seats/seats";
import type { Shard } from "../../environments/seats/seats";
import { desktopsPart } from "../../environments/stack-names";
import type { StackPart } from "../../environments/stack-names";
import { projectCode } from "./project-code";

/** What the stacks of a pool are made from. */
export interface DesktopsPlan {
  /** The pool. */
  readonly pool: Pool;
  /** What its machines have in common, but for what other resources give and for the shard's seats. */
  readonly machine: DesktopDefinition;
  /** Name of the VM storage policy of its machines. @default - the datastore's */
  readonly storagePolicy: string | undefined;
  /** Where its machines may be; at least one. */
  readonly places: Definition["places"];
  /** Its shards, one a stack. */
  readonly shards: readonly DesktopsShard[];
}

/** What the stack of a shard is made from beside its pool's plan. */
export interface DesktopsShard extends Pick<DesktopPoolProps, "seats" | "removed"> {
  /** The stack within its city. */
  readonly part: StackPart;
  /** Where vSphere keeps its machines apart or on some hosts, and in which cluster. @default - nothing is said of that */
  readonly placement: (Omit<PoolPlacementProps, "pool" | "clusterId"> & { readonly cluster: string }) | undefined;
}

type DesktopDefinition = Omit<
  DesktopPoolProps,
  | ("seats" | "removed" | "teardown")
  | ("datacenterId" | "folder" | "places" | "networkId" | "tags" | "holderAttributes" | "storagePolicyId")
>;

/**
 * The plan of a pool of a checked city.
 * @param assignments who holds which seat of the city, by the seat's name; undefined where no seat of it may have a holder
 * @throws Error when a reference of the pool leads nowhere
 */
export function desktopsPlan(
  city: DeployedCity,
  pool: Pool,
  assignments: ReadonlyMap<string, Assignment> | undefined,
): DesktopsPlan {
  const definition = definitionOf(city, pool);
  const machine = machinesOf(definition, assignments);
  const adoptedFrom = `/${machineFolder(city)}`;
  return {
    pool,
    machine: { ...sharedProps(city, definition), cloneMinutes: cloneMinutes(city) },
    storagePolicy: definition.workstation.storagePolicy,
    places: definition.places,
    shards: shardsOf(city, pool).map((shard) => ({
      part: desktopsPart(pool.name, shard.number),
      seats: shard.seats.map((name) => seat(machine(name), adoptedFrom)),
      removed: shard.removed,
      placement: placement(city, definition, shard),
    })),
  };
}

/** Every field of the workstation goes on, so that none that is added to it and to the construct is lost here. */
function sharedProps(
  deployed: DeployedCity,
  { pool, directorate, workstation, image, template }: Definition,
): DesktopDefinition {
  const { city, platform, answerFiles } = deployed;
  return {
    ...workstation,
    annotation: [...projectCode(deployed), ...(directorate ? [directorate.name] : []), pool.assignment].join(", "),
    template,
    guestId: image.guestId,
    firmware: image.firmware,
    customization: image.customization && customization(image.customization, city.domain, answerFiles),
    keyProvider: platform.vsphere.keyProvider,
    growDisks: pool.growDisks,
    ...(pool.clone === "linked" && { linkedClones: true }),
    othersAttributes: platform.vsphere.othersAttributes,
  };
}

function customization(
  { timeZone, windows, answerFile }: NonNullable<Image["customization"]>,
  // Beside a customization a city has a domain: rule city-domain.
  domain = "",
  answerFiles: DeployedCity["answerFiles"],
): DesktopDefinition["customization"] {
  if (answerFile !== undefined) return { timeZone, domain, answerFile: answerFiles[answerFile] };
  if (windows === undefined) return { timeZone, domain };
  const { edition, ...settings } = windows;
  return { timeZone, domain, windows: { ...settings, productKey: edition && CLIENT_KEYS[edition] } };
}

function seat({ adopted, place, ...machine }: Machine, adoptedFrom: string): DesktopSeat {
  return { ...machine, place: place.name, adopted: adopted && `${adoptedFrom}/${adopted}` };
}

/** vSphere takes no rule on fewer than two machines, and no empty group. */
function placement(
  { city }: DeployedCity,
  { pool, places: [{ cluster }] }: Definition,
  { number, seats }: Shard,
): DesktopsShard["placement"] {
  const antiAffinity = pool.antiAffinity && seats.length > 1;
  if (seats.length === 0 || (!antiAffinity && pool.hostGroup === undefined)) return undefined;
  return { name: `${city.id}-${shardName(pool.name, number)}`, cluster, antiAffinity, hostGroup: pool.hostGroup };
}
