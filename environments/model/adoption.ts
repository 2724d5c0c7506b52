import { z } from "zod";
import { refusing } from "./plain-text";
import { FINDABLE, FINDERS_PATTERN, inventoryText } from "./primitives";

/** Inventory path of a machine below the datacenter's machine folder. Example: `Smart Working 2020/PC-0412`. */
const machinePath = refusing(
  z
    .string()
    .refine(
      (text) => text.split("/").every((name) => inventoryText.safeParse(name).success),
      "folders and the machine's name with slashes between them, such as Smart Working 2020/PC-0412",
    ),
  FINDERS_PATTERN,
  FINDABLE,
);

/** An existing machine that a seat adopts. */
export const adoptionSchema = z
  .strictObject({
    seat: z.int().min(1).max(9999).describe("Number of the seat that gets it."),
    machine: machinePath.describe(
      "Its path in vCenter, below the datacenter's machine folder; it gets the seat's name " + "and its pool's folder.",
    ),
  })
  .describe(
    "An existing machine that a seat adopts, with its disks. Once it is deployed, the entry has no effect " +
      "any more and can be removed.",
  );
