import { environmentFiles, violationsOf } from "../environments/load";
import { readSource } from "../environments/reading/source";
import type { Source } from "../environments/reading/source";
import { EnvironmentError } from "../environments/violation";

/** The files that were named, or else those of every city. @throws EnvironmentError where the folder has none */
export function filesToEdit(named: readonly string[], folder: string): readonly string[] {
  return named.length > 0 ? named : environmentFiles(folder);
}

/**
 * Files as far as they can be read, whatever the schema and the rules say of them.
 * @throws EnvironmentError with what keeps one from being read at all, or from being read by this toolkit
 */
export function readable(files: readonly string[]): Source[] {
  const sources = files.map((file) => readSource(file));
  const refused = sources.filter(({ root, findings }) => root === undefined || findings.some(isNewer));
  if (refused.length > 0)
    throw new EnvironmentError(refused.flatMap((source) => violationsOf(source, source.findings)));
  return sources;
}

function isNewer({ rule }: { readonly rule: string }): boolean {
  return rule === "format-newer";
}
