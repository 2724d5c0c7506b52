import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { escaped } from "../display";
import type { OffsetFinding } from "../offset-finding";
import { secretValues } from "./secret-values";

const BYTE_ORDER_MARK = "\uFEFF";
// Control characters except tab and line breaks; text direction marks, which hide from a reviewer what the file says
// (CVE-2021-42574); separators that only some readers take for a line end, and so for the end of a comment; and code
// points that are not characters.
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;

/** A kind of file, and texts for its violations. */
export interface TextKind {
  /** Its noun, such as `a city's YAML file`. */
  readonly noun: string;
  /** Its pattern in .gitattributes, such as `*.yaml`. */
  readonly names: string;
  /** Maximum size in bytes. */
  readonly largestBytes: number;
  /** Whether it may be a symbolic link. A file named by another file may not: messages would show the link's target. */
  readonly mayBeLink: boolean;
  /** Repair for an invisible character. */
  readonly hiddenRepair: string;
  /** What looks like a secret and is public. @default - nothing */
  readonly open?: RegExp;
}

/** A city's YAML file. One with 3,000 flows, each on its own lines, has 600 KiB. */
export const YAML_FILE: TextKind = {
  noun: "a city's YAML file",
  names: "*.yaml",
  largestBytes: 768 * 1024,
  mayBeLink: true,
  hiddenRepair: "take it out, or write it as an escape in quotes",
};

/** A city's CSV file of assignments. One with 150,000 rows of maximum length has 14 MiB. */
export const ASSIGNMENTS_FILE: TextKind = {
  noun: "a city's CSV file of assignments",
  names: "*.csv",
  largestBytes: 16 * 1024 * 1024,
  mayBeLink: false,
  hiddenRepair: "take it out",
};

/** An answer file of Windows Setup. One with every component that Microsoft describes has some 100 KiB. */
export const ANSWER_FILE: TextKind = {
  noun: "an answer file of Windows Setup",
  names: "*.xml",
  largestBytes: 256 * 1024,
  mayBeLink: false,
  hiddenRepair: "take it out",
  // The token of Microsoft's own strong name, which every component carries, and the names of Setup's passes.
  open: /\b(?:publicKeyToken="31bf3856ad364e35"|pass="(?:windowsPE|offlineServicing|generalize|specialize|audit(?:System|User)|oobeSystem)")/g,
};

/** The text of a file, and the file's problems. */
export interface FileText {
  /** The text, without a byte order mark; empty where the file could not be read. */
  readonly text: string;
  /** Whether the text can be parsed. */
  readonly usable: boolean;
  /** Its problems. */
  readonly findings: readonly OffsetFinding[];
}

/**
 * Reads a UTF-8 file with LF line ends. Size and kind are checked first, so that a huge file or a pipe costs nothing.
 * Never throws.
 */
export function readText(file: string, kind: TextKind): FileText {
  const refused = unreadable(file, kind);
  if (refused !== undefined) return { text: "", usable: false, findings: [refused] };
  const bytes = attempt(() => readFileSync(file));
  return "error" in bytes
    ? { text: "", usable: false, findings: [notRead(bytes.error, file)] }
    : decode(bytes.value, kind);
}

/** A text that is to be written to a file, checked as {@link readText} would check the file. */
export function draftText(text: string, kind: TextKind): FileText {
  return decode(Buffer.from(text), kind);
}

function unreadable(file: string, { noun, largestBytes, mayBeLink }: TextKind): OffsetFinding | undefined {
  const stats = attempt(() => (mayBeLink ? statSync(file) : lstatSync(file)));
  if ("error" in stats) return notRead(stats.error, file);
  const { value } = stats;
  if (!value.isFile()) return fileFinding("file", `it is ${kindOf(value)}`, "a regular file", `name ${noun}`);
  if (value.size <= largestBytes) return undefined;
  const message = `it has ${String(value.size)} bytes`;
  return fileFinding("file-size", message, `at most ${String(largestBytes)} bytes`, `check that it is ${noun}`);
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return "a symbolic link";
  return stats.isDirectory() ? "a directory" : "a device, a pipe or a socket";
}

function attempt<T>(read: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

function notRead(error: unknown, file: string): OffsetFinding {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown error";
  const reason = code === "ENOENT" ? `there is no such file${searched(file)}` : `it cannot be read (${code})`;
  const repair = code === "ENOENT" ? "correct the file's name or make the file" : "let this user read it";
  return fileFinding("file", reason, "a file that this user can read", repair);
}

/** The absolute path, where the given one is relative. */
function searched(file: string): string {
  return isAbsolute(file) ? "" : ` in ${escaped(dirname(resolve(file)))}`;
}

function decode(bytes: Buffer, kind: TextKind): FileText {
  const decoded = bytes.toString("utf8");
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  const findings = [
    ...byteOrderMark(decoded !== text),
    ...notUtf8(bytes, text),
    ...hiddenCharacter(text, kind),
    ...secretValues(kind.open === undefined ? text : text.replace(kind.open, (found) => " ".repeat(found.length))),
  ];
  const usable = findings.every(({ rule }) => rule === "byte-order-mark");
  return { text, usable, findings: usable ? [...findings, ...carriageReturn(text, kind)] : findings };
}

function byteOrderMark(found: boolean): OffsetFinding[] {
  const message = "it begins with a byte order mark";
  return found ? [fileFinding("byte-order-mark", message, "plain UTF-8", "save it as UTF-8 without BOM")] : [];
}

function notUtf8(bytes: Buffer, text: string): OffsetFinding[] {
  if (isUtf8(bytes)) return [];
  const offset = Math.max(0, text.indexOf("\uFFFD"));
  return [{ ...fileFinding("encoding", "its bytes are not UTF-8", "text in UTF-8", "save it as UTF-8"), offset }];
}

function hiddenCharacter(text: string, { hiddenRepair }: TextKind): OffsetFinding[] {
  const found = HIDDEN.exec(text);
  if (found === null) return [];
  const message = `the character ${escaped(found[0])} cannot be seen`;
  return [{ ...fileFinding("encoding", message, "text, line ends and tabs", hiddenRepair), offset: found.index }];
}

function carriageReturn(text: string, { names }: TextKind): OffsetFinding[] {
  const offset = text.indexOf("\r");
  if (offset < 0) return [];
  const repair = `save it with LF line ends (in git: '${names} text eol=lf' in .gitattributes)`;
  return [{ ...fileFinding("line-ends", "the line has a carriage return", "line ends of LF alone", repair), offset }];
}

function fileFinding(rule: string, message: string, allowed: string, repair: string): OffsetFinding {
  return { offset: 0, path: [], rule, message, allowed, repair };
}
