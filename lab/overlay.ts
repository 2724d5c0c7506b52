import { writeFileSync } from "node:fs";
import type { z } from "zod";
import { overlaySchema } from "../environments/overlay";
import { ciIssuer } from "./ci-identity";
import type { LabPaths } from "./paths";
import { overlayVersions } from "./tools/provider-source";
import type { ProviderSource } from "./tools/provider-source";
import type { Vcenter } from "./vcenter";

/** What the lab changes besides its servers' addresses. */
export interface OverlayOptions {
  readonly providers: ProviderSource;
  /** Maximum number of seats of a pool; 0 for all. */
  readonly seatsPerPool: number;
  /** URLs of directories, by city's id. */
  readonly directories: Readonly<Record<string, string>> | undefined;
}

/** Writes the overlay for the stacks; it contains no secret. */
export function writeOverlay(
  paths: LabPaths,
  vcenters: readonly Pick<Vcenter, "city" | "address">[],
  vault: string,
  options: OverlayOptions,
): void {
  const target = (city: string, vsphere: string): object => {
    const directory = options.directories?.[city];
    return { vsphere, vault, issuer: ciIssuer(vault), ...(directory === undefined ? {} : { directory }) };
  };
  const overlay = {
    endpoints: Object.fromEntries(vcenters.map(({ city, address }) => [city, target(city, address)])),
    providers: overlayVersions(options.providers),
    ...(options.seatsPerPool > 0 ? { seatsPerPool: options.seatsPerPool } : {}),
  };
  const checked: z.output<typeof overlaySchema> = overlaySchema.parse(overlay);
  writeFileSync(paths.overlay, `${JSON.stringify(checked, undefined, 2)}\n`);
}
