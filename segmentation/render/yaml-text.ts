import { stringify } from "yaml";

/** YAML as programs in Python read it, which take it for YAML 1.1: ambiguous texts in quotes, and no line folded. */
export function yamlText(value: object): string {
  return stringify(value, { lineWidth: 0, version: "1.1" });
}
