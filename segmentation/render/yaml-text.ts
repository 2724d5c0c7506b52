import { stringify } from "yaml";

/** YAML for Python programs that read YAML 1.1: ambiguous texts are quoted, and no line is folded. */
export function yamlText(value: object): string {
  return stringify(value, { lineWidth: 0, version: "1.1" });
}

/** Most that YAML adds to a line: indentation of four levels and the marks of a list's item or a block of text. */
const INDENTATION = 12;
/** Where a line of YAML begins, as JSON has it: at an item, at a key, and at a line's end within a text. */
const LINES = /[[{,]|\\n/g;

/** A number of bytes that the YAML of a value of at most four levels does not exceed, without writing it, which takes ten times as long. */
export function mostYaml(value: object): number {
  const json = JSON.stringify(value);
  return Buffer.byteLength(json) + INDENTATION * (json.match(LINES)?.length ?? 0);
}
