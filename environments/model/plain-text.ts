import { z } from "zod";

/**
 * Characters that nobody sees, or that a program takes for the end of a line: controls, formats (those that turn a text's
 * direction among them), line and paragraph separators, what stands for no character, and what Unicode says to show as
 * nothing (UAX #44, "Default_Ignorable_Code_Point"), such as a Hangul filler.
 */
const UNSEEN = String.raw`\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;
/** White space; the empty Braille pattern is none to Unicode, but shows as one. */
const BLANK = String.raw`\s\u2800`;
/**
 * Terraform's openings of an expression and of a directive, those of cdktf's tokens, and what would be one behind another
 * text that ends with a dollar or a percent sign.
 */
const OPENING = String.raw`^\{|[$%]\{|\{TfToken\[`;

const [UNSEEN_CHARACTER, BLANK_END, OPENED] = [
  new RegExp(`[${UNSEEN}]`, "u"),
  new RegExp(`^[${BLANK}]|[${BLANK}]$`, "u"),
  new RegExp(OPENING, "u"),
];

/** What no text of a city's file may be, and what to do about it. */
export interface TextFinding {
  /** What is wrong, without the text: `holds the character U+200B, which cannot be seen`. */
  readonly message: string;
  /** What to do. */
  readonly repair: string;
}

/** What is wrong with a text, whatever it is for; undefined where nothing is. */
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
 * A text of so many characters at most that holds no character that cannot be seen, no opening of an expression, no blank
 * at its ends, and something to see. What a kind of text may not hold besides is given as the inside of a character class.
 * @param without such as `/\\`
 * @param allowed what is allowed, for a message
 */
export function plainText(longest: number, without: string, allowed: string): z.ZodString {
  const any = `[^${UNSEEN}${without}]`;
  const end = `[^${UNSEEN}${BLANK}${without}]`;
  // A lookahead's dot would stop at a line end. A mark without a letter before it has nothing to stand on.
  const pattern = new RegExp(String.raw`^(?![\s\S]*(?:${OPENING}))(?!\p{M})${end}(?:${any}*${end})?$`, "u");
  return z.string().min(1).max(longest).regex(pattern, allowed);
}

/** What is allowed where a text is refused, and what to do. */
export interface Refusal {
  /** What is allowed, with the reason. */
  readonly allowed: string;
  /** What to do; of a text whose right form is known, what to write. */
  readonly repair: string | ((text: string) => string);
}

/** The schema without the texts that a pattern fits, for a reason and with a repair of its own; the pattern is in the JSON Schema. */
export function refusing<T extends z.ZodType<string>>(schema: T, pattern: RegExp, { allowed, repair }: Refusal): T {
  const named = schema.superRefine((text, context) => {
    if (!pattern.test(text)) return;
    // What would be told to write would still have what the schema refuses.
    if (typeof repair !== "string" && !schema.safeParse(text).success) return;
    const what = typeof repair === "string" ? repair : repair(text);
    context.addIssue({ code: "custom", message: allowed, params: { repair: what } });
  });
  return named.meta({ not: { pattern: pattern.source } });
}
