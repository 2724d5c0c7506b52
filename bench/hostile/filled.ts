import { MOST_PARTS } from "../../environments/reading/lexemes";
import { YAML_FILE } from "../../environments/reading/text";
import { MOST_ITEMS } from "../../environments/reading/yaml-walk";
import { plainCatania } from "../plain-catania";

/** A map of a city's file, by its keys. */
export type Values = Record<string, unknown>;

/** A list that is filled until the file is as large as it may be: in bytes, in keys and values, or in items of one list. */
export interface Fill {
  /** Path of the list in the file, such as `network.flows`; missing maps on it are created. */
  readonly path: string;
  /** The item at an index, from 0. */
  readonly item: (index: number) => unknown;
  /** Its share of the file's size, 1 for all. @default 1 */
  readonly share?: number;
  /** Maximum number of items. @default - the model's limit and the available size */
  readonly most?: number;
}

/**
 * A city's file of maximum size: Catania's without gateways and applications, with filled lists. The same fills give
 * the same bytes.
 * @param values replacements of Catania's values, by path
 */
export function filledCity(values: Readonly<Values>, fills: readonly Fill[]): string {
  const city = plainCatania() as Values;
  for (const path of ["assignments", "monitoring"]) put(city, path, undefined);
  for (const [path, value] of Object.entries(values)) put(city, path, value);
  for (const { path } of fills) put(city, path, []);
  const room = { bytes: YAML_FILE.largestBytes - dense(city).length, parts: MOST_PARTS - partsOf(city) };
  for (const { path, item, share = 1, most = MOST_ITEMS } of fills)
    put(city, path, list(item, { bytes: room.bytes * share, parts: room.parts * share }, most));
  return `${dense(city)}\n`;
}

/** Values as flow YAML with as few characters as possible; items that are text are inserted as they are. */
export function dense(value: unknown): string {
  if (value instanceof Written) return value.text;
  if (Array.isArray(value)) return `[${value.map(dense).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  return `{${Object.entries(value as Values)
    .map(([key, one]) => `${scalar(key)}: ${dense(one)}`)
    .join(",")}}`;
}

class Written {
  public constructor(public readonly text: string) {}
}

/** Remaining room. */
interface Room {
  readonly bytes: number;
  readonly parts: number;
}

function list(item: Fill["item"], { bytes, parts }: Room, most: number): Written {
  const items: string[] = [];
  for (let size = 2, count = 1; items.length < Math.min(most, MOST_ITEMS);) {
    const value = item(items.length);
    const text = dense(value);
    size += text.length + 2;
    count += partsOf(value);
    if (size > bytes || count > parts) break;
    items.push(text);
  }
  return new Written(`[${items.join(",\n")}]`);
}

/** Number of keys and values in a value, itself included. */
function partsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, one) => sum + partsOf(one), 1 + keys);
}

function put(city: Values, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let map = city;
  for (const key of keys) map = (map[key] ??= {}) as Values;
  if (value === undefined) Reflect.deleteProperty(map, last);
  else map[last] = value;
}

/** Plain where YAML reads the same text back: no number, no date, no indicator. */
function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[A-Za-z](?:[\w./-]|:(?=\w))*$/.test(value) || /^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$/.test(value)
    ? value
    : JSON.stringify(value);
}
