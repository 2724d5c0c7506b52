const ASCII = /^[\0-\x7f]*$/;

/**
 * Text with one character for each byte of its UTF-8: what OpenBao, written in Go, measures and compares. Text of ASCII is
 * itself.
 */
export function bytesOf(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** Lower case as Go makes it: letter by letter, without the rules of JavaScript for a sigma's place or a dotted I. */
export function lowerCase(text: string): string {
  return Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? "").join("");
}
