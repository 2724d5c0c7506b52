import { TRIED_PROVIDERS } from "../../environments/model/providers";

/** The providers that a city's stacks need. */
export type ProviderName = "vsphere" | "vault";

/** A provider: its source address and the two relevant versions. */
export interface Provider {
  readonly name: ProviderName;
  readonly namespace: string;
  /** The version that lab/providers/<name> builds. */
  readonly built: string;
  /** How long that takes on two cores, the first time. */
  readonly buildTime: string;
  /** The versions that a city's file may say, oldest first. */
  readonly tried: readonly string[];
}

/** Terraform's and OpenTofu's default provider registries: a source address without a host means either. */
export const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"] as const;

/** The providers, with the versions that were tried. */
export function providers(): Provider[] {
  return [
    {
      name: "vsphere",
      namespace: "vmware",
      built: "1.26.0",
      buildTime: "about a minute",
      tried: TRIED_PROVIDERS.vsphere,
    },
    {
      name: "vault",
      namespace: "hashicorp",
      built: "3.3.1",
      buildTime: "about three minutes",
      tried: TRIED_PROVIDERS.vault,
    },
  ];
}
