import { z } from "zod";
import { inventoryName } from "./primitives";

/** One of the places that a pool's seats are spread over. */
export const placeSchema = z
  .strictObject({
    cluster: inventoryName.describe("The cluster that the seats of this place run in."),
    datastore: inventoryName
      .optional()
      .describe("The datastore that holds their disks; by default its cluster's first."),
    weight: z
      .int()
      .min(0)
      .max(1000)
      .describe("Its share of the seats, in proportion to the weights of the other places; 0 empties it."),
    seats: z
      .int()
      .min(0)
      .max(9999)
      .optional()
      .describe("The most of the pool's own seats that may be here; by default there is no bound."),
  })
  .describe("A place of a pool's seats. Which seats it gets follows from their names, its own and its weight.");
