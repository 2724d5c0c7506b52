const ASCII = /^[\0-\x7f]*$/;

/**
 * Text with a character for each byte of its UTF-8, as OpenBao, written in Go, measures and compares it. ASCII stays as
 * it is.
 */
export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** Go's lower case: letter by letter, without JavaScript's rules for a final sigma or a dotted I. */
export function lowerCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? "").join("");
}
