import { Lexer } from "yaml";
import { count } from "../display";
import type { OffsetFinding } from "../offset-finding";

/** Far more than a city's file needs; it bounds the recursion of everything that walks a file. */
export const DEEPEST_NESTING = 24;
/** The most keys and values of a file: as many as the largest has that is written as people write it, 13 bytes each. */
export const MOST_PARTS = 60_000;
/** The lexer puts it before each plain or quoted text. */
const SCALAR = "\u001f";
/** What stands before an item of a list, and before a key that is marked as one. */
const ANNOUNCING = new Set(["-", ",", "?"]);
/** What the lexer puts between the text's own parts: a document, a flow's end and a scalar begin. */
const MARKS = new Set(["\u0002", "\u0018", SCALAR]);

/**
 * Hands on the lexemes of a text until they tell that it would cost too much to go on: the parser keeps a kilobyte for each bracket
 * that is open, and for each value of a wrong kind the schema finds up to a dozen mistakes.
 * @returns what is too much; undefined where nothing is
 */
export function boundedLexemes(text: string, take: (lexeme: string) => void): OffsetFinding | undefined {
  let [depth, parts, offset] = [0, 0, 0];
  let announced = false;
  for (const lexeme of new Lexer().lex(text)) {
    const opens = lexeme === "[" || lexeme === "{";
    if (opens) depth += 1;
    else if (lexeme === "]" || lexeme === "}") depth = Math.max(0, depth - 1);
    // An item or a key that is empty has no text of its own.
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

/** Says that something is nested too deeply, at an offset of the text. */
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
