import type { Flaw } from "../flaw";
import { SECRET_FORMS } from "./secret-forms";

const ANY_FORM = new RegExp(SECRET_FORMS.map(([, form]) => `(${form})`).join("|"), "gm");

/**
 * Values in a text, comments included, that look like secrets. What each is, is said, never the value. Where there is one,
 * nothing else of the file is looked at: another message could show it.
 */
export function secretValues(text: string): Flaw[] {
  return Array.from(text.matchAll(ANY_FORM), (match) => {
    const which = match.slice(1).findIndex(Boolean);
    return {
      offset: match.index,
      path: [],
      rule: "secret-value",
      message: `here stands what looks like ${SECRET_FORMS[which]?.[0] ?? "a secret"}; the rest of the file was not looked at`,
      allowed: "names and rules: values are born in Vault, or put there by their owners",
      repair: "take it out, also of the history, and change it wherever it is in use",
    };
  });
}
