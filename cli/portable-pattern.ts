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
    if (inClass(pattern, offset)) return ranges(name, negated);
    return `[${negated ? "^" : ""}${ranges(name, false)}]`;
  });
}

function inClass(pattern: string, offset: number): boolean {
  const before = pattern.slice(0, offset).replaceAll(/\\./g, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}

/** The code units with or without a property, for a character class. */
function ranges(name: string, negated: boolean): string {
  const property = new RegExp(`\\${negated ? "P" : "p"}{${name}}`, "u");
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
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
