import { z } from "zod";

/** The key in Vault with which OpenTofu encrypts the city's states. */
export const stateKeySchema = z
  .strictObject({
    rotateEveryDays: z
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe("How often Vault makes another version of it, in days; what older ones encrypted still opens."),
  })
  .describe(
    "A key in Vault's transit engine with which OpenTofu encrypts the city's states and plans; HashiCorp's Terraform cannot. By default there is none.",
  );

/** @see stateKeySchema */
export type StateKey = z.output<typeof stateKeySchema>;
