import type { Language } from "../../words/language";
import { WORDS } from "../../words/catalogue";
import type { Words } from "../../words/words";

/** The words of what a city publishes, with how it writes numbers and days. */
export type PublicWords = Words["forms"] & Words["publicPage"];

/** A row of the data of the operation. */
export type ProjectField = keyof PublicWords["fields"];

/** @see PublicWords */
export function publicWords(language: Language): PublicWords {
  return { ...WORDS[language].forms, ...WORDS[language].publicPage };
}
