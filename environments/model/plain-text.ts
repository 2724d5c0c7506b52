import { z } from "zod";

/**
 * Characters that are invisible, or that a program takes for a line end: control and format characters (text direction
 * marks among them), line and paragraph separators, unassigned code points, and those that Unicode shows as nothing
 * (UAX #44, "Default_Ignorable_Code_Point"), such as a Hangul filler.
 */
const UNSEEN = String.raw`\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;
/** White space; Unicode does not count the empty Braille pattern, but it shows as a blank. */
const BLANK = String.raw`\s\u2800`;
/**
 * The beginning of an expression or a directive of Terraform's, or of a token of cdktf's, also after another text that
 * ends with a dollar or percent sign.
 */
const OPENING = String.raw`^\{|[$%]\{|\{TfToken\[`;

const [UNSEEN_CHARACTER, BLANK_END, OPENED] = [
  new RegExp(`[${UNSEEN}]`, "u"),
  new RegExp(`^[${BLANK}]|[${BLANK}]$`, "u"),
  new RegExp(OPENING, "u"),
];

/** A problem of any text in a city's file, and its repair. */
export interface TextFinding {
  /** The problem, without the text: `holds the character U+200B, which cannot be seen`. */
  readonly message: string;
  /** How to repair it. */
  readonly repair: string;
}

/** Checks a text for problems of any text; undefined without one. */
export function textFinding(text: string): TextFinding | undefined {
  const unseen = UNSEEN_CHARACTER.exec(text)?.[0];
  if (unseen !== undefined) {
    const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { message: `holds the character U+${code}, which cannot be seen`, repair: "take it out" };
  }
  const opened = OPENED.exec(text)?.[0];
  if (opened !== undefined) {
    return { message: `holds ${opened} where it may begin an expression of Terraform's`, repair: "take it out" };
  }
  return BLANK_END.test(text)
    ? { message: "begins or ends with a blank", repair: "take the blanks at its ends out" }
    : undefined;
}

/**
 * A text of limited length without invisible characters, without the beginning of an expression, without blanks at its
 * ends, and not empty. `without` adds forbidden characters, as the inside of a character class.
 * @param without such as `/\\`
 * @param allowed what is allowed, for a message
 */
export function plainText(longest: number, without: string, allowed: string): z.ZodString {
  const any = `[^${UNSEEN}${without}]`;
  const end = `[^${UNSEEN}${BLANK}${without}]`;
  // A lookahead's dot would stop at a line end. A combining mark at the beginning has no base letter.
  const pattern = new RegExp(String.raw`^(?![\s\S]*(?:${OPENING}))(?!\p{M})${end}(?:${any}*${end})?$`, "u");
  return z.string().min(1).max(longest).regex(pattern, allowed);
}

/** What is allowed in place of a refused text, and the repair. */
export interface Refusal {
  /** What is allowed, with the reason. */
  readonly allowed: string;
  /** How to repair it; where the right form is known, what to write. */
  readonly repair: string | ((text: string) => string);
}

/**
 * The schema without texts that match a pattern, with its own reason and repair; the JSON Schema contains the pattern.
 */
export function refusing<T extends z.ZodType<string>>(schema: T, pattern: RegExp, { allowed, repair }: Refusal): T {
  const named = schema.superRefine((text, context) => {
    if (!pattern.test(text)) return;
    // The suggested text would break the schema too.
    if (typeof repair !== "string" && !schema.safeParse(text).success) return;
    const what = typeof repair === "string" ? repair : repair(text);
    context.addIssue({ code: "custom", message: allowed, params: { repair: what } });
  });
  return named.meta({ not: { pattern: pattern.source } });
}
