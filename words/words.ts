import { EN } from "./en";
import { IT } from "./it";
import type { Language } from "./language";

/** The catalogue of a language: all that a city's people read beside what its file says. English says what there is; the compiler asks each other language for the same. */
export type Words = typeof EN;

/** The one catalogue of all languages. */
export const WORDS: Readonly<Record<Language, Words>> = { en: EN, it: IT };
