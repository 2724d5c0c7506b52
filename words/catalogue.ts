import { EN } from "./en";
import { IT } from "./it";
import type { Language } from "./language";
import type { Words } from "./words";

/** The one catalogue of all languages. */
export const WORDS: Readonly<Record<Language, Words>> = { en: EN, it: IT };
