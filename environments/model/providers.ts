import { z } from "zod";

/**
 * The versions of the providers that a city may say, oldest first: with each of them the lab deployed both cities and planned
 * again without a change (docs/field.md has the days). The last ones are the default.
 */
export const TRIED_PROVIDERS = { vsphere: ["2.15.0", "2.16.1"], vault: ["5.6.0", "5.10.1"] } as const;

const [, NEWEST_VSPHERE] = TRIED_PROVIDERS.vsphere;
const [, NEWEST_VAULT] = TRIED_PROVIDERS.vault;

/** The versions of Terraform's providers that deploy a city. */
export const providersSchema = z
  .strictObject({
    vsphere: z.enum(TRIED_PROVIDERS.vsphere).default(NEWEST_VSPHERE).describe("Version of vmware/vsphere."),
    vault: z.enum(TRIED_PROVIDERS.vault).default(NEWEST_VAULT).describe("Version of hashicorp/vault."),
  })
  .describe("Versions of Terraform's providers, of those that were tried; by default the newest.");
