import { imagesOf } from "./images";
import type { DraftImages } from "./images";
import { Names } from "./names";
import { poolsOf } from "./pools";
import type { DraftPools } from "./pools";
import { segmentsOf } from "./segments";
import type { DraftSegments } from "./segments";
import type { Site } from "./site";
import { storesOf } from "./stores";
import type { DraftStores } from "./stores";
import { rangeOf4 } from "./subnets";

/** What the person at the command line says of the city. */
export interface Said {
  /** The city's id, which is its file's name too. */
  readonly id: string;
  /** @default - the id with a capital */
  readonly name?: string | undefined;
  /** The province's two letters. @default - asked in the file */
  readonly code?: string | undefined;
  /** DNS domain of the desktops. @default - asked in the file */
  readonly domain?: string | undefined;
  /** The day on which the file is right. Example: `2026-11-24`. */
  readonly asOf: string;
  /** Where the inventory is from: a vCenter's name, a folder, a file. */
  readonly source: string;
  /** Subnets of other cities, which no placeholder takes. */
  readonly taken: readonly string[];
  /** Codes of other cities. */
  readonly takenCodes: readonly string[];
}

/** All that a city's file says of a site, before it is written. */
export interface Draft {
  readonly said: Said;
  readonly site: Site;
  readonly stores: DraftStores;
  readonly segments: DraftSegments;
  readonly images: DraftImages;
  readonly pools: DraftPools;
}

/** Makes of a site what a city's file says of it. */
export function draftOf(site: Site, said: Said): Draft {
  const taken = said.taken.flatMap((text) => rangeOf4(text) ?? []);
  const segments = segmentsOf(site, new Names(), taken);
  const imageNames = new Names();
  const images = imagesOf(site.inventory.machines, said.asOf, imageNames);
  const stores = storesOf(site);
  const context = { images: images.images, segments: segments.segments, asOf: said.asOf, imageNames };
  return { said, site, stores, segments, images, pools: poolsOf(site, context) };
}
