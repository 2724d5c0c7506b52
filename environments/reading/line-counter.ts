import { LineCounter } from "yaml";

/** Knows the lines of a text, which end with LF: of an offset in UTF-16 code units, the line and the column. */
export function lineCounter(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return counter;
}
