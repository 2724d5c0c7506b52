import { z } from "zod";
import { returnMinutesSchema } from "./access";
import { adoptionSchema } from "./adoption";
import { broughtFlowSchema } from "./flows";
import { maintenanceSchema } from "./maintenance";
import { placeSchema } from "./place";
import { powerSchema } from "./power";
import { groupName, imageVersion, inventoryName, organizationalUnit, shortCode, slug, textLine } from "./primitives";
import { profilesSchema } from "./profiles";
import { refreshSchema } from "./refresh";
import { repairSchema } from "./repair";
import { rolloutSchema } from "./rollout";
import { seatNumbersSchema } from "./seat-numbers";
import { waveSchema } from "./wave";

/** An organizational unit of the city whose staff works at the desktops. */
export const directorateSchema = z
  .strictObject({
    id: slug.describe("Key that pools refer to; becomes a tag and a folder."),
    name: textLine.describe("Its official name."),
    staff: z.int().min(1).describe("People in its target, employees and consultants."),
    quota: z
      .int()
      .min(0)
      .optional()
      .describe("The most dedicated seats that its people may hold at a time; by default its staff."),
  })
  .describe("A directorate (direzione) of the city.");

/** @see directorateSchema */
export type Directorate = z.output<typeof directorateSchema>;

/** A pool: seats of one kind of workstation for one directorate, or for the city as a whole. */
export const poolSchema = z
  .strictObject({
    name: slug.describe("Name of the pool; becomes part of its stacks' names."),
    code: shortCode.describe("Short code in its seats' names, unique in the city."),
    directorate: slug
      .optional()
      .describe(
        "The directorate whose people use it; by default the city as a whole, without a folder and a tag of one.",
      ),
    workstation: slug.describe("The kind of workstation."),
    imageVersion: imageVersion.describe("Version of the workstation's image that the seats are cloned from."),
    rollout: rolloutSchema.optional(),
    replace: seatNumbersSchema
      .default([])
      .describe(
        "Seats of a dedicated pool that follow the image: their machines are replaced where they were made from another " +
          "template. Nobody else's machine is ever replaced or destroyed.",
      ),
    seats: z
      .int()
      .min(1)
      .max(9999)
      .describe(
        "Seat numbers issued: 1 up to this number. Never lowered, or stacks stay that no file declares: retire numbers.",
      ),
    waves: z
      .array(waveSchema)
      .default([])
      .describe("The pool's part of the deployment plan, each seat in one wave; by default all seats are released."),
    retired: z
      .array(z.int().min(1).max(9999))
      .default([])
      .describe("Seat numbers that are no longer there; they stay listed, or they would be issued again."),
    adopt: z.array(adoptionSchema).default([]).describe("Machines that exist already, for seats of a dedicated pool."),
    decommissioned: z
      .boolean()
      .default(false)
      .describe(
        "true removes every machine of the pool and keeps its stacks, so that the plan shows it; afterwards the pool can " +
          "leave the file.",
      ),
    assignment: z
      .enum(["dedicated", "floating"])
      .describe("dedicated: a seat belongs to a person; floating: a person gets any free seat."),
    entitledGroup: groupName
      .optional()
      .describe(
        "The directory's group whose members may use it; by default the file names none. It is there for whoever connects " +
          "people, and for preflight, which asks the directory for it.",
      ),
    accessName: slug.optional().describe("Name by which people's clients ask for it; by default its own name."),
    returnMinutes: returnMinutesSchema.describe(
      "How long a floating seat is kept for the person who left it, in minutes, at most a working day: whoever comes back " +
        "in time gets the same, and nobody else does. Not of a dedicated pool, whose seats are kept for good.",
    ),
    clone: z
      .enum(["full", "linked"])
      .default("full")
      .describe(
        "full: each machine has a copy of the template's disk; linked: a floating pool's machines share the disk of the " +
          "template's snapshot, and each keeps only what it changes.",
      ),
    cluster: inventoryName
      .optional()
      .describe("The cluster that it runs in; by default the city's only one. Not with spread."),
    datastore: inventoryName
      .optional()
      .describe("The datastore that holds its disks; by default its cluster's first. Not with spread."),
    spread: z
      .array(placeSchema)
      .min(1)
      .optional()
      .describe("The places that its seats are spread over; instead of cluster and datastore."),
    segment: slug.describe("The network segment that its machines are connected to."),
    organizationalUnit: organizationalUnit
      .optional()
      .describe(
        "Where its computers' accounts are in the directory; by default where the directory puts new ones, which takes ten of " +
          "an account without delegated rights.",
      ),
    applications: z
      .array(slug)
      .default([])
      .describe("Applications in addition to its workstation's; each adds its flows."),
    flows: z.array(broughtFlowSchema).default([]).describe("Further flows of its seats."),
    hostGroup: slug.optional().describe("Host group of its one cluster that its machines must run in."),
    antiAffinity: z
      .boolean()
      .default(false)
      .describe("Keep all its machines on different hosts, of which there must be more than seats."),
    growDisks: z
      .boolean()
      .default(false)
      .describe(
        "true grows the disks of the machines that are there to the workstation's sizes; by default they keep theirs, as " +
          "people and administrators grow single ones, and none can become smaller.",
      ),
    power: powerSchema.optional(),
    idleDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe("After how many days without a session seats lists a seat of a dedicated pool; by default never."),
    repair: repairSchema.optional(),
    maintenance: maintenanceSchema.optional(),
    refresh: refreshSchema.optional(),
    profiles: profilesSchema.optional(),
  })
  .describe("A desktop pool.");

/** @see poolSchema */
export type Pool = z.output<typeof poolSchema>;
