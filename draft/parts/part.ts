import type { Range4 } from "../subnets";

/** What the texts of parts are about: names of the file that they are put into, and places that are free there. */
export interface PartContext {
  /** The city's id. */
  readonly id: string;
  /** DNS domain for placeholders. Example: `comune.ragusa.example`. */
  readonly domain: string;
  /** Where the repository is kept. */
  readonly platform: "github" | "gitlab";
  /** Name of the first cluster, and of the first pool. */
  readonly cluster: string;
  readonly pool: string;
  /** Codes of the pools. */
  readonly codes: readonly string[];
  /** Port of the exporter on the desktops. */
  readonly exporter: number;
  /** Two VLANs that no segment has. */
  readonly vlans: readonly [number, number];
  /** Two ranges that no segment has, here and in other cities. */
  readonly subnets: readonly [Range4, Range4];
  /** The last day of flows: a year after the day on which the file is right. */
  readonly until: string;
}

/** A part that a city's file may have. */
export interface Part {
  readonly name: string;
  /** What it brings, for whoever is asked whether it is wanted. */
  readonly brings: string;
  /** The key that a file with this part has: where it is there, nothing is added. */
  readonly key: readonly string[];
  /** Other parts that it cannot be without. */
  readonly needs: readonly string[];
  /** Its YAML, with placeholders that pass the rules, and questions in comments. */
  readonly text: (context: PartContext) => string;
}
