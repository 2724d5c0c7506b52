import { z } from "zod";
import { accessSchema } from "./access";
import type { Assignment } from "./assignment";
import { FORMAT } from "../format/format";
import { directorateSchema, poolSchema } from "./desktops";
import { applicationSchema, emergencySchema } from "./flows";
import { calendarSchema } from "./calendar";
import { reviewSchema } from "./gates";
import { imageSchema } from "./image";
import { monitoringSchema } from "./monitoring";
import { networkSchema } from "./network";
import { platformSchema } from "./platform";
import { pricesSchema } from "./prices";
import { csvFileName, isoDate, slug, textLine } from "./primitives";
import { hostName } from "./urls";
import { projectSchema } from "./project";
import { secretsSchema } from "./secrets";
import { supportSchema } from "./support";
import { workstationSchema } from "./workstation";
import type { Workstation } from "./workstation";

/** A city's file: the single source of its type and of environments/city.schema.json. */
export const citySchema = z
  .strictObject({
    city: z
      .strictObject({
        id: slug.describe("First part of every stack's name and of every Vault path."),
        name: textLine.describe("The city's name."),
        code: z
          .string()
          .regex(/^[a-z]{2}$/, "two lower-case letters")
          .describe("The province's two letters, first part of every seat's name."),
        domain: hostName
          .optional()
          .describe(
            "DNS domain of the desktops; needed where something names a machine in it: beside a Vault, monitoring, a guest " +
              "customization or an organizational unit.",
          ),
      })
      .describe("The city."),
    asOf: isoDate.describe("The day for which the file is valid: last days are compared with it, never with a clock."),
    project: projectSchema.optional(),
    platform: platformSchema,
    directorates: z
      .array(directorateSchema)
      .default([])
      .describe("The directorates in the project's target; by default its pools are the city's as a whole."),
    images: z.record(slug, imageSchema).describe("The golden images, by name."),
    workstations: z.record(slug, workstationSchema).describe("The kinds of workstation, by name."),
    applications: z.array(applicationSchema).default([]).describe("The applications for agile work."),
    pools: z.array(poolSchema).min(1).describe("The desktop pools."),
    network: networkSchema,
    emergency: emergencySchema.prefault({}),
    calendar: calendarSchema.prefault({}),
    secrets: secretsSchema.prefault({}),
    support: supportSchema.prefault({}),
    access: accessSchema.optional(),
    monitoring: monitoringSchema.optional(),
    prices: pricesSchema.optional(),
    review: reviewSchema.prefault({}),
    assignments: csvFileName
      .optional()
      .describe(
        "Name of the CSV file in the same folder with the holders of dedicated seats; by default there are none.",
      ),
    format: z
      .int()
      .min(1)
      .max(FORMAT)
      .optional()
      .describe(
        "Version of the file's format; without it the first one, 1. A file of an older format is brought on by migrate.",
      ),
  })
  .describe("A city's virtual workstations.");

/** A city's values with their defaults, also those that follow from other parts of its file. */
export type CityValues = Omit<z.output<typeof citySchema>, "assignments" | "workstations"> & {
  /** The kinds of workstation, by name. */
  readonly workstations: Readonly<Record<string, Workstation>>;
};

type CityOf<Kind extends "declared" | "deployed"> = CityValues & {
  /**
   * Whether its pools and directorates are those of its file, or all deployed ones. Not a key of the file: it only
   * distinguishes the types.
   */
  readonly kind: Kind;
  /** Whether its file names a CSV file of assignments, with rows or without. */
  readonly hasAssignments: boolean;
  /** Holders of dedicated seats by period, in the order of the CSV file. */
  readonly assignments: readonly Assignment[];
  /** Texts of the answer files that its images name, by the file's name. */
  readonly answerFiles: Readonly<Record<string, string>>;
};

/** A declared city: its checked file with all defaults, and the rows of its CSV file. */
export type DeclaredCity = CityOf<"declared">;

/**
 * A deployed city: its pools are those of its file, then those that it hosts for other cities, then those of its own
 * emergency. Made from declared cities by `citiesAsDeployed`, and for calculations by `duringEmergency` and
 * `withPromised`.
 */
export type DeployedCity = CityOf<"deployed">;

/** A declared or deployed city, where the difference does not matter. */
export type City = CityOf<"declared" | "deployed">;
