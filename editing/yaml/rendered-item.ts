import { stringify } from "yaml";

/** A value of a new item: one that prints in one line. */
export type ItemValue = string | number | boolean | readonly string[] | { readonly [key: string]: ItemValue };

/** A new item of a list: its keys in the order in which they are written. */
export type Item = readonly (readonly [string, ItemValue])[];

/** How the other items of the list are written: a key a line, in braces over several lines, or in braces in one. */
export type ItemStyle = "block" | "braces" | "line";

/** Prettier's width, with which CI checks the files. */
const WIDTH = 120;

/** The lines of an item from its hyphen on. @param indent blanks before the hyphen */
export function renderedItem(item: Item, indent: number, style: ItemStyle): string[] {
  const blank = " ".repeat(indent);
  const line = `${blank}- { ${entries(item).join(", ")} }`;
  if (style === "line" && line.length <= WIDTH) return [line];
  if (style === "block") return entries(item).map((entry, index) => `${blank}${index === 0 ? "-" : " "} ${entry}`);
  return [`${blank}- {`, ...entries(item).map((entry) => `${blank}    ${entry},`), `${blank}  }`];
}

/** An item in braces, for a list in brackets. */
export function itemInBraces(item: Item): string {
  return `{ ${entries(item).join(", ")} }`;
}

function entries(item: Item): string[] {
  return item.map(([key, value]) => `${key}: ${inline(value)}`);
}

/** A value in one line; a text that YAML would take for something else, as 2026.10 for a number, in double quotes. */
function inline(value: ItemValue): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object") return `{ ${entries(Object.entries(value)).join(", ")} }`;
  const plain = stringify(value, { lineWidth: 0, singleQuote: false }).trimEnd();
  // In braces and brackets a comma or a bracket would end a plain text.
  return typeof value === "string" && plain === value && /[,[\]{}\n]/.test(value) ? JSON.stringify(value) : plain;
}
