import { shortened } from "./display";
import { childOf } from "./reading/yaml-tree";
import type { YamlNode } from "./reading/yaml-tree";

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;
const PLAIN_NAME = /^[\w.-]{1,60}$/;
const IDENTIFYING_KEYS = ["name", "id", "code"];

/** Path of a value from the root of a file: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/**
 * A path for people: an item of a list by its `name`, `id` or `code`, otherwise by its index; a key with unusual
 * characters is quoted.
 * @example formatPath(root, ["pools", 0, "seats"]) // "pools[name=anagrafe].seats"
 */
export function formatPath(root: YamlNode | undefined, path: Path): string {
  let text = "";
  let node = root;
  for (const step of path) {
    node = childOf(node, step);
    text += typeof step === "number" ? item(step, node) : key(step, text === "");
  }
  return text;
}

function key(name: string, first: boolean): string {
  const shown = shortened(name);
  if (!PLAIN_KEY.test(name)) return `[${JSON.stringify(shown)}]`;
  return first ? shown : `.${shown}`;
}

function item(index: number, node: YamlNode | undefined): string {
  for (const name of IDENTIFYING_KEYS) {
    const value = childOf(node, name);
    if (value?.kind === "scalar" && typeof value.value === "string" && PLAIN_NAME.test(value.value)) {
      return `[${name}=${value.value}]`;
    }
  }
  return `[${String(index)}]`;
}
