import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { escaped } from "./display";
import type { Flaw } from "./flaw";

/** A file of 3,000 flows, each on lines of its own, has 600 KiB; what is larger is something else. */
const LARGEST_BYTES = 768 * 1024;
const BYTE_ORDER_MARK = "\uFEFF";
// C0 and C1 controls but tab and line breaks, and the marks that turn the direction of what follows: a reviewer would
// not see what the file says (CVE-2021-42574).
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/;

/** The text of a file, and what is wrong with the file as such. */
export interface FileText {
  /** The text, without a byte order mark; empty where the file could not be read. */
  readonly text: string;
  /** Whether the text can be read as YAML. */
  readonly usable: boolean;
  /** What is wrong with it. */
  readonly flaws: readonly Flaw[];
}

/**
 * Reads a file of at most 768 KiB of UTF-8 with LF line ends. Its size and kind are looked at first, so that a huge file
 * or a pipe costs nothing. Never throws.
 */
export function readText(file: string): FileText {
  const refused = unreadable(file);
  if (refused !== undefined) return { text: "", usable: false, flaws: [refused] };
  const bytes = attempt(() => readFileSync(file));
  return "error" in bytes ? { text: "", usable: false, flaws: [notRead(bytes.error)] } : decode(bytes.value);
}

function unreadable(file: string): Flaw | undefined {
  const stats = attempt(() => statSync(file));
  if ("error" in stats) return notRead(stats.error);
  const { value } = stats;
  if (!value.isFile()) return fileFlaw("file", `it is ${kindOf(value)}`, "a regular file", "name a city's YAML file");
  if (value.size <= LARGEST_BYTES) return undefined;
  const message = `it has ${String(value.size)} bytes`;
  return fileFlaw(
    "file-size",
    message,
    `at most ${String(LARGEST_BYTES)} bytes`,
    "check that it is a city's YAML file",
  );
}

function kindOf(stats: Stats): string {
  return stats.isDirectory() ? "a directory" : "a device, a pipe or a socket";
}

function attempt<T>(read: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

function notRead(error: unknown): Flaw {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown error";
  const reason = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
  const repair = code === "ENOENT" ? "correct the file's name or make the file" : "let this user read it";
  return fileFlaw("file", reason, "a file that this user can read", repair);
}

function decode(bytes: Buffer): FileText {
  const decoded = bytes.toString("utf8");
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  const flaws = [...byteOrderMark(decoded !== text), ...notUtf8(bytes, text), ...hiddenCharacter(text)];
  const usable = flaws.every(({ rule }) => rule === "byte-order-mark");
  return { text, usable, flaws: usable ? [...flaws, ...carriageReturn(text)] : flaws };
}

function byteOrderMark(found: boolean): Flaw[] {
  const message = "it begins with a byte order mark";
  return found ? [fileFlaw("byte-order-mark", message, "plain UTF-8", "save it as UTF-8 without BOM")] : [];
}

function notUtf8(bytes: Buffer, text: string): Flaw[] {
  if (isUtf8(bytes)) return [];
  const offset = Math.max(0, text.indexOf("\uFFFD"));
  return [{ ...fileFlaw("encoding", "its bytes are not UTF-8", "text in UTF-8", "save it as UTF-8"), offset }];
}

function hiddenCharacter(text: string): Flaw[] {
  const found = HIDDEN.exec(text);
  if (found === null) return [];
  const message = `the character ${escaped(found[0])} cannot be seen`;
  const flaw = fileFlaw(
    "encoding",
    message,
    "text, line ends and tabs",
    "take it out, or write it as an escape in quotes",
  );
  return [{ ...flaw, offset: found.index }];
}

function carriageReturn(text: string): Flaw[] {
  const offset = text.indexOf("\r");
  if (offset < 0) return [];
  const repair = "save it with LF line ends (in git: '*.yaml text eol=lf' in .gitattributes)";
  return [{ ...fileFlaw("line-ends", "the line has a carriage return", "line ends of LF alone", repair), offset }];
}

function fileFlaw(rule: string, message: string, allowed: string, repair: string): Flaw {
  return { offset: 0, path: [], rule, message, allowed, repair };
}
