import { createContext } from "preact";
import { WORDS } from "../../words/catalogue";
import type { Words } from "../../words/words";

/** The words of the page that a part stands in; English outside of one. */
export const PageWords = createContext<Words>(WORDS.en);
