import type { OffsetFinding } from "../offset-finding";
import { childOf } from "../reading/yaml-tree";
import type { YamlNode } from "../reading/yaml-tree";
import { FORMAT } from "./format";

/**
 * The finding of a file whose format is newer than this toolkit's, which must read nothing else of it: any other message would
 * blame what a newer toolkit takes. Undefined for every other file.
 */
export function newerFormat(root: YamlNode): OffsetFinding | undefined {
  const node = childOf(root, "format");
  if (node?.kind !== "scalar" || typeof node.value !== "number" || node.value <= FORMAT) return undefined;
  if (!Number.isInteger(node.value)) return undefined;
  return {
    offset: node.offset,
    path: ["format"],
    rule: "format-newer",
    message: `the file's format ${node.source} is newer than this toolkit's`,
    value: node.source,
    allowed: `format ${String(FORMAT)} or none`,
    repair: "upgrade the toolkit to the version that the file was written for; its CHANGELOG.md says which",
  };
}
