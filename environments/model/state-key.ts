import { z } from "zod";

/** The key in Vault with which OpenTofu encrypts the city's states. */
export const stateKeySchema = z
  .strictObject({
    rotateEveryDays: z
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe("Rotation period, in days; older versions still decrypt."),
  })
  .describe(
    "A key in Vault's transit engine with which OpenTofu encrypts the city's states and plans; HashiCorp's Terraform cannot. By default there is none.",
  );

/** @see stateKeySchema */
export type StateKey = z.output<typeof stateKeySchema>;
