import { stringify } from "yaml";

/** YAML for Python programs that read YAML 1.1: ambiguous texts are quoted, and no line is folded. */
export function yamlText(value: object): string {
  return stringify(value, { lineWidth: 0, version: "1.1" });
}
