import { resolve } from "node:path";
import { listed, nearest, quoted } from "../environments/display";
import { environmentFiles } from "../environments/load";
import { readSource } from "../environments/reading/source";
import type { Source } from "../environments/reading/source";
import { follow } from "../environments/reading/yaml-tree";
import { EnvironmentError } from "../environments/violation";
import { InputError } from "../runtime/errors";

/** Every city's file of a folder as far as it can be read, right or wrong; none where the folder has none. */
export function environmentTexts(folder: string): Source[] {
  try {
    return environmentFiles(folder).map((file) => readSource(file));
  } catch (error) {
    if (error instanceof EnvironmentError) return [];
    throw error;
  }
}

/**
 * The file that declares a city, right or wrong, as far as it can be read.
 * @throws EnvironmentError where the folder has no file
 * @throws InputError where no file declares the city
 */
export function cityText(folder: string, id: string): Source {
  const sources = environmentFiles(folder).map((file) => readSource(file));
  const found = sources.find((source) => idOf(source) === id);
  if (found !== undefined) return found;
  const ids = sources.flatMap((source) => idOf(source) ?? []);
  const meant = nearest(id, ids);
  const repair = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  throw new InputError(
    `no file in ${resolve(folder)} declares the city ${quoted(id)}: there are ${listed(ids)}${repair}`,
  );
}

/** The id that a file says, whatever else is wrong with it. */
function idOf({ root }: Source): string | undefined {
  if (root === undefined) return undefined;
  const { node, complete } = follow(root, ["city", "id"]);
  return complete && node.kind === "scalar" ? String(node.value) : undefined;
}
