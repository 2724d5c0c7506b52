import { createRequire } from "node:module";
import { z } from "zod";

/** The providers that a city's stacks need. */
export type ProviderName = "vsphere" | "vault";

/** A provider: its source address and the two relevant versions. */
export interface Provider {
  readonly name: ProviderName;
  readonly namespace: string;
  /** The version that lab/providers/<name> builds. */
  readonly built: string;
  /** The version that the cdktf bindings pin. */
  readonly pinned: string;
}

const bindings = z.object({ cdktf: z.object({ provider: z.object({ version: z.string() }) }) });

/** Terraform's and OpenTofu's default provider registries: a source address without a host means either. */
export const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"] as const;

/** The providers, with the versions that the installed bindings pin. */
export function providers(): Provider[] {
  return [
    { name: "vsphere", namespace: "vmware", built: "1.26.0", pinned: pinnedBy("@cdktf/provider-vsphere") },
    { name: "vault", namespace: "hashicorp", built: "3.3.1", pinned: pinnedBy("@cdktf/provider-vault") },
  ];
}

function pinnedBy(binding: string): string {
  const manifest: unknown = createRequire(__filename)(`${binding}/package.json`);
  return bindings.parse(manifest).cdktf.provider.version;
}
