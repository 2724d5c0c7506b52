import type { EN } from "./en";

/** The catalogue of a language: all that a city's people read beside what its file says. English says what there is; the compiler asks each other language for the same. */
export type Words = typeof EN;
