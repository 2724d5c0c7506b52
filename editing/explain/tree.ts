import { citySchema } from "../../environments/model/city";
import { shapeOf } from "../../environments/reading/shape";
import type { Shape } from "../../environments/reading/shape";
import { isNamed, itemOf, keysIn } from "./schema-keys";
import { wrapped } from "./wrapped";

/** A key of the tree, with those below it. */
export interface TreeKey {
  /** Its name; of a list with `[]`, of a map of names with `.*` behind it. */
  readonly key: string;
  readonly needed: boolean;
  /** The first sentence of what it means. */
  readonly meaning: string;
  readonly keys: readonly TreeKey[];
}

/** The top keys of a city's file and those directly below them. */
export function keyTree(): TreeKey[] {
  return keysBelow(shapeOf(citySchema), 2);
}

function keysBelow(shape: Shape, levels: number): TreeKey[] {
  if (levels === 0) return [];
  return [...keysIn(shape)].map(([name, { shape: own, needed }]) => {
    const item = itemOf(own);
    const key = item === undefined ? name : `${name}${isNamed(own) ? ".*" : "[]"}`;
    return { key, needed, meaning: firstSentence(own.description ?? ""), keys: keysBelow(item ?? own, levels - 1) };
  });
}

function firstSentence(text: string): string {
  return /^.*?[.;](?= |$)/.exec(text)?.[0].replace(/[.;]$/, "") ?? text;
}

/** The tree for a terminal. A question mark is behind a key that may be left out. */
export function treeText(keys: readonly TreeKey[], depth = 0): string {
  const width = Math.max(...keys.map(({ key, needed }) => key.length + (needed ? 0 : 1)));
  return keys
    .map(({ key, needed, meaning, keys: below }) => {
      const name = `${key}${needed ? "" : "?"}`.padEnd(width);
      const lines = wrapped(`${name}  ${meaning}`, 2 * depth, 2 * depth + width + 2);
      return `${lines.join("\n")}\n${below.length === 0 ? "" : treeText(below, depth + 1)}`;
    })
    .join("");
}
