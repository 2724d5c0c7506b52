import { onceEachValue } from "../segmentation/once-each-value";

const PROPERTY = /\\([pP])\{(\w+)\}/g;
const LAST_UNIT = 0xffff;

/**
 * A JSON Schema pattern with its Unicode properties (`\\p{Cc}`) expanded to ranges. Readers that compile patterns
 * without the flag u, such as older editors, take `\\p` for the letter p and would warn about every text.
 * @returns a pattern with the same meaning, with the flag and, up to U+FFFF, without
 */
export function portablePattern(pattern: string): string {
  return pattern.replaceAll(PROPERTY, (_, letter: string, name: string, offset: number) => {
    const negated = letter === "P";
    if (inClass(pattern, offset)) return ranges(`\\${letter}{${name}}`);
    return `[${negated ? "^" : ""}${ranges(`\\p{${name}}`)}]`;
  });
}

function inClass(pattern: string, offset: number): boolean {
  const before = pattern.slice(0, offset).replaceAll(/\\./g, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}

/** The code units that a class such as `\\p{Cc}` or `\\P{Cc}` has, for a character class. */
const ranges = onceEachValue((propertyClass: string): string => {
  const property = new RegExp(propertyClass, "u");
  const has = (unit: number): boolean => unit <= LAST_UNIT && property.test(String.fromCharCode(unit));
  let text = "";
  for (let first = 0; first <= LAST_UNIT; first += 1) {
    if (!has(first)) continue;
    let last = first;
    while (has(last + 1)) last += 1;
    text += first === last ? unit(first) : `${unit(first)}-${unit(last)}`;
    first = last;
  }
  return text;
});

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
