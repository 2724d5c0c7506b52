import type { OffsetFinding } from "../offset-finding";
import { SECRET_FORMS } from "./secret-forms";

const ANY_FORM = new RegExp(SECRET_FORMS.map(([, form]) => `(${form})`).join("|"), "gm");

/** A text that may be base64; sixteen of its letters encode twelve characters. */
const ENCODED = /(?<![\w+/-])[\w+/-]{16,}/g;

/**
 * Finds values in a text, comments included, that look like secrets, plain or in base64. A finding names the kind,
 * never the value. With one, nothing else of the file is checked: another message could show it.
 */
export function secretValues(text: string): OffsetFinding[] {
  const plain = Array.from(text.matchAll(ANY_FORM), (match) => finding(match.index, whatIs(match)));
  return [...plain, ...encodedValues(text)];
}

function encodedValues(text: string): OffsetFinding[] {
  return Array.from(text.matchAll(ENCODED)).flatMap(({ 0: encoded, index }) => {
    // Windows encodes UTF-16, two bytes for each character.
    const decoded = Buffer.from(encoded, "base64").toString().replaceAll("\0", "");
    const [found] = decoded.includes("\uFFFD") ? [] : decoded.matchAll(ANY_FORM);
    return found === undefined ? [] : [finding(index, `${whatIs(found)} in base64`)];
  });
}

function whatIs(match: RegExpExecArray): string {
  const which = match.slice(1).findIndex(Boolean);
  return SECRET_FORMS[which]?.[0] ?? "a secret";
}

function finding(offset: number, what: string): OffsetFinding {
  return {
    offset,
    path: [],
    rule: "secret-value",
    message: `here stands what looks like ${what}; the rest of the file was not looked at`,
    allowed: "names and rules: values are born in Vault, or put there by their owners",
    repair: "take it out, also of the history, and change it wherever it is in use",
  };
}
