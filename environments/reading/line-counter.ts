import { LineCounter } from "yaml";

/** Counts the lines of a text, which end with LF: gives line and column of an offset in UTF-16 code units. */
export function lineCounter(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return counter;
}
