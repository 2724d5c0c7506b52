import type { DeclaredCity } from "../../environments/model/city";
import type { ItemValue } from "../yaml/rendered-item";

/** A value of a new item that somebody gives: by an option, or asked for. */
export interface Field {
  /** Its option, without hyphens. */
  readonly option: string;
  /** What it is, as the help and the question say it. */
  readonly meaning: string;
  /** Whether it must be given. */
  readonly needed: boolean;
  /** The only values that the file has for it. @default - any, as the schema says */
  readonly choices?: (city: DeclaredCity, given: Given) => readonly string[];
  /** What is taken where nothing is given. @default - nothing */
  readonly usual?: (city: DeclaredCity, given: Given) => string | undefined;
  /** Where what is missing among the choices is declared, for the repair. @default - nowhere */
  readonly declare?: string;
}

/** What was given, by option; of what may be given several times, with commas between them. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The choices of what is said or not, as YAML writes them. */
export const YES_OR_NO = (): readonly string[] => ["true", "false"];

/** A kind of item that can be added. */
export interface Addition {
  /** Its noun: `pool`. */
  readonly noun: string;
  /** Path of the list that it is added to. */
  readonly list: readonly string[];
  /** The option that names it. */
  readonly naming: string;
  readonly fields: readonly Field[];
  /** Its keys and values, in the order in which files have them; undefined values are left out. */
  readonly item: (given: Given) => readonly (readonly [string, ItemValue | undefined])[];
  /** What comes next, in one sentence. */
  readonly next: string;
}

/** A number as the file has it; anything else stays text, which the schema then refuses with its place. */
export function numeral(text: string | undefined): string | number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** Values with commas between them. */
export function several(text: string | undefined): readonly string[] | undefined {
  return text?.split(",").map((one) => one.trim());
}
