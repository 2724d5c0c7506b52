import { z } from "zod";
import { amount, vgpuProfile } from "./primitives";

/**
 * Prices of machines. Virtual machines are billed by their resources, as in the price lists of public clouds and
 * framework contracts.
 */
export const pricesSchema = z
  .strictObject({
    currency: z.literal("EUR").describe("ISO 4217 code of the prices."),
    cpu: amount.describe("A virtual CPU for a month."),
    memoryGib: amount.describe("A GiB of memory for a month."),
    diskGib: amount.describe("A GiB of disk for a month."),
    seat: amount
      .default(0)
      .describe("A seat beside what its machine takes, a month: licences, assistance; a gateway has none."),
    vgpus: z.record(vgpuProfile, amount).default({}).describe("A vGPU by its profile, a month."),
  })
  .describe("The city's price list, in the currency's main unit a month; by default costs are not computed.");

/** @see pricesSchema */
export type Prices = z.output<typeof pricesSchema>;
