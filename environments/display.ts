import { distance } from "fastest-levenshtein";
import { wholeNumber } from "../segmentation/render/whole-number";

const LONGEST_VALUE = 60;
const LONGEST_LIST = 12;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const BEYOND_ASCII = /[\u0080-\u{10FFFF}]/gu;
const LATIN = /\p{Script=Latin}/u;

/** Escapes every character that a terminal would obey or not show, such as `\u001b`. */
export function escaped(text: string): string {
  return text.replace(UNPRINTABLE, codePoint);
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Text in one line of at most 60 characters, safe for a terminal. */
export function shortened(text: string): string {
  const start = escaped(text.slice(0, LONGEST_VALUE + 1));
  return start.length > LONGEST_VALUE ? `${start.slice(0, LONGEST_VALUE - 3)}...` : start;
}

/** A text in double quotes, shortened and safe for a terminal. */
export function quoted(text: string): string {
  return `"${shortened(text)}"`;
}

/**
 * A text in double quotes as {@link quoted}, distinguishable from a similar one: look-alike characters are written as
 * codes, such as a combined accent, a no-break space, or a letter of another script.
 */
export function quotedApart(text: string, other: string): string {
  const same = text.normalize("NFKC") === other.normalize("NFKC");
  const told = text.replace(BEYOND_ASCII, (character) =>
    !other.includes(character) && (same || !LATIN.test(character)) ? codePoint(character) : character,
  );
  return quoted(told);
}

/** Choices for a sentence: `"a" or "b"`; of more than 12 only the first ones and their number. */
export function listed(choices: readonly string[]): string {
  const names = choices.slice(0, LONGEST_LIST).map(quoted);
  if (choices.length > LONGEST_LIST) return `${names.join(", ")} and ${String(choices.length - LONGEST_LIST)} more`;
  const last = names.pop();
  if (last === undefined) return "nothing";
  return names.length === 0 ? last : `${names.join(", ")} or ${last}`;
}

/** A whole number with its noun: `1 seat`, `15,000 seats`. */
export function count(number: number, noun: string): string {
  return `${wholeNumber(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** An amount in euro: `€ 6,382,308.62`. */
export function euro(amount: number): string {
  return `€ ${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/**
 * The choice that was probably meant: the one with the fewest edits, at most a third of its length (one for short
 * names); undefined without any.
 */
export function nearest(received: string, choices: Iterable<string>): string | undefined {
  const start = received.slice(0, LONGEST_VALUE).toLowerCase();
  let best: string | undefined;
  let fewest = Infinity;
  for (const choice of choices) {
    const edits = distance(start, choice.toLowerCase());
    if (edits < fewest && edits <= Math.max(1, Math.floor(choice.length / 3))) [best, fewest] = [choice, edits];
  }
  return best;
}
