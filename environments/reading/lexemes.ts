import { Lexer } from "yaml";
import { count } from "../display";
import type { OffsetFinding } from "../offset-finding";

/** Far more than a city's file needs; it limits the recursion of everything that walks a file. */
export const DEEPEST_NESTING = 24;
/** Maximum number of keys and values in a file: as many as the largest city's file has, at 13 bytes each. */
export const MOST_PARTS = 60_000;
/** The lexer's mark before each plain or quoted scalar. */
const SCALAR = "\u001f";
/** Tokens before an item of a list, a key, or a value. */
const ANNOUNCING = new Set(["-", ",", "?"]);
/**
 * The lexer's marks between the parts of the text: beginning of a document, end of a flow collection, beginning of a
 * scalar.
 */
const MARKS = new Set(["\u0002", "\u0018", SCALAR]);

/**
 * Passes the lexemes of a text on until a limit is reached: the parser needs a kilobyte for each open bracket, and for
 * each value of a wrong kind the schema reports up to a dozen issues.
 * @returns the exceeded limit; undefined without one
 */
export function boundedLexemes(text: string, take: (lexeme: string) => void): OffsetFinding | undefined {
  let [depth, parts, offset] = [0, 0, 0];
  let announced = false;
  for (const lexeme of new Lexer().lex(text)) {
    const opens = lexeme === "[" || lexeme === "{";
    if (opens) depth += 1;
    else if (lexeme === "]" || lexeme === "}") depth = Math.max(0, depth - 1);
    // An empty item or key has no lexeme of its own.
    const announces = ANNOUNCING.has(lexeme);
    const begins = opens || lexeme === SCALAR;
    if (begins || (announces && announced)) parts += 1;
    announced = announces || (announced && !begins);
    if (depth > DEEPEST_NESTING) return tooDeep(offset);
    if (parts > MOST_PARTS) return tooMany(offset);
    take(lexeme);
    if (!MARKS.has(lexeme)) offset += lexeme.length;
  }
  return undefined;
}

/** A finding for nesting that is too deep, at an offset. */
export function tooDeep(offset: number): OffsetFinding {
  return {
    offset,
    path: [],
    rule: "yaml-depth",
    message: "it is nested too deeply",
    allowed: `at most ${String(DEEPEST_NESTING)} levels of maps and lists`,
    repair: "correct the indentation or the brackets",
  };
}

function tooMany(offset: number): OffsetFinding {
  return {
    offset,
    path: [],
    rule: "yaml-size",
    message: `there are more than ${count(MOST_PARTS, "key")} and values up to here`,
    allowed: `at most ${count(MOST_PARTS, "key")} and values in a file`,
    repair: "take out what is not needed, or make it two cities",
  };
}
