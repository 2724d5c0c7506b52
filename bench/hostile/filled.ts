import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { YAML_FILE } from "../../environments/reading/text";
import { REPOSITORY } from "../../lab/paths";

/** A map of a city's file, by its keys. */
export type Values = Record<string, unknown>;

/** A list that is filled until the file is as large as it may be. */
export interface Fill {
  /** The way to the list from the top of the file, such as `network.flows`; maps on it are made. */
  readonly path: string;
  /** The item of an index, from 0. */
  readonly item: (index: number) => unknown;
  /** Its part of the file's bytes, of 1 in all. @default 1 */
  readonly share?: number;
  /** The most items. @default - as many as there is room for */
  readonly most?: number;
}

/**
 * The text of a city's file as large as it may be: Catania's without gateways and applications, with lists that are
 * filled. The same fills give the same bytes.
 * @param values what takes the place of Catania's own, by the way to each
 */
export function filledCity(values: Readonly<Values>, fills: readonly Fill[]): string {
  const city = parse(readFileSync(join(REPOSITORY, "environments", "catania.yaml"), "utf8")) as Values;
  put(city, "assignments", undefined);
  for (const [path, value] of Object.entries(values)) put(city, path, value);
  for (const { path } of fills) put(city, path, []);
  const room = YAML_FILE.largestBytes - dense(city).length;
  for (const { path, item, share = 1, most = Infinity } of fills) put(city, path, list(item, room * share, most));
  return `${dense(city)}\n`;
}

/** Values as flow YAML with as few characters as there can be; items that are text already stand as they are. */
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

function list(item: Fill["item"], bytes: number, most: number): Written {
  const items: string[] = [];
  for (let size = 2; items.length < most;) {
    const text = dense(item(items.length));
    size += text.length + 2;
    if (size > bytes) break;
    items.push(text);
  }
  return new Written(`[${items.join(",\n")}]`);
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
