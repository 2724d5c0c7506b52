import { MOVED_KEYS } from "../../environments/format/moved-keys";
import type { MovedKey } from "../../environments/format/moved-keys";
import { formatPath } from "../../environments/path";
import { lineCounter } from "../../environments/reading/line-counter";
import type { TextSource } from "../../environments/reading/source";
import { InputError } from "../../runtime/errors";
import { entryAt, indented, linesOf } from "./entry-lines";

/** A file's text in the present format, and what was changed for it. */
export interface Migrated {
  readonly text: string;
  /** A sentence each; none where the file has the present format already. */
  readonly told: readonly string[];
}

/**
 * Brings a file's text to the present format: lines move with their comments, and no other line changes. What it has moved already
 * it leaves alone, so that it can be run at any time.
 * @param read reads a text that it has changed
 * @throws InputError where a key cannot be moved by lines, with its place and how to move it by hand
 */
export function migrated(source: TextSource, read: (text: string) => TextSource): Migrated {
  return MOVED_KEYS.reduce<Migrated & { readonly source: TextSource }>(
    (so, key) => {
      const text = withMoved(so.source, key);
      if (text === undefined) return so;
      return { text, source: read(text), told: [...so.told, `${key.from} ${key.told}`] };
    },
    { text: source.text, source, told: [] },
  );
}

/** The text with the key at its place; undefined where it is not at the former one. */
function withMoved({ root, text, file }: TextSource, key: MovedKey): string | undefined {
  const from = key.from.split(".");
  const entry = root && entryAt(root, from);
  if (root === undefined || entry === undefined) return undefined;
  const refuse = (why: string, repair: string): InputError => {
    const { line, col } = lineCounter(text).linePos(entry.keyOffset);
    return new InputError(
      `${file}:${String(line)}:${String(col)}: ${formatPath(root, from)}: ${why}; repair: ${repair}`,
    );
  };
  const lines = linesOf(text, entry);
  if (lines === undefined) throw refuse("it stands in braces, from which no line can be moved", byHand(key));
  const taken = text.slice(0, lines.start) + text.slice(lines.end);
  if (key.to === undefined) return taken;
  const to = key.to.split(".");
  if (entryAt(root, to) !== undefined) throw refuse(`${key.to} is there too`, "keep one of the two");
  const holder = entryAt(root, from.slice(0, to.length));
  const place = holder && linesOf(text, holder);
  if (place === undefined) throw refuse("it stands in braces, from which no line can be moved", byHand(key));
  const moved = indented(text.slice(lines.start, lines.end), place.indent - lines.indent);
  return taken.slice(0, place.start) + moved + taken.slice(place.start);
}

function byHand({ to }: MovedKey): string {
  return to === undefined ? "take it out" : `write it as ${to}`;
}
