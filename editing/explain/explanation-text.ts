import { escaped } from "../../environments/display";
import type { SourceLocation } from "../../environments/violation";
import type { Explanation, KeySummary } from "./explanation";
import { wrapped } from "./wrapped";

const MOST_WRITTEN = 20;

/** An explanation for a terminal. */
export function explanationText(explained: Explanation): string {
  const parts = [
    ...head(explained),
    ...section("Keys", explained.keys.flatMap(keyLines)),
    ...section("What a change of it does (environments/README.md has all)", changes(explained)),
    ...section("Rules that look at it (docs/rules.md has all)", rules(explained)),
    ...section("Example", example(explained)),
    ...section("In the file", written(explained)),
  ];
  return `${parts.join("\n")}\n`;
}

function head(explained: Explanation): string[] {
  const { key, meaning, type, unit, choices, form } = explained;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["type", type],
    ["unit", unit],
    ["allowed", choices.length > 0 ? choices.join(", ") : form],
    ["needed", key.endsWith("*") ? undefined : necessity(explained)],
  ];
  const lines = facts.flatMap(([name, text]) => (text === undefined ? [] : wrapped(`${name.padEnd(9)}${text}`, 2, 11)));
  return [key, ...(meaning === undefined ? [] : wrapped(meaning, 2)), "", ...lines];
}

function necessity({ needed, where, default: value }: KeySummary): string {
  const only = where.length === 0 ? "" : `only with ${where.join(" or ")}: `;
  if (needed) return `${only}yes`;
  return value === undefined ? `${only}no` : `${only}no; by default ${JSON.stringify(value)}`;
}

function keyLines(key: KeySummary): string[] {
  const { meaning = "", type, needed } = key;
  return wrapped(`${key.key}${needed ? "" : "?"}: ${type}. ${meaning}`, 2, 6);
}

function changes({ changes: all }: Explanation): string[] {
  if (all.length === 0) return wrapped("Nothing is said of it.", 2);
  return all.flatMap(({ what, effect }) => [...wrapped(`${plain(what)}:`, 2), ...wrapped(plain(effect), 6)]);
}

function rules({ rules: all }: Explanation): string[] {
  return all.flatMap(({ id, holds }) => wrapped(`${id}: ${plain(holds)}`, 2, 6));
}

/** Markdown as a terminal shows it. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*](?=\S)|(?<=\S)`/g, (mark) => (mark === "*" ? "*" : ""));
}

function example({ example: found }: Explanation): string[] {
  if (found === undefined) return [];
  return [...found.text.split("\n").map((line) => `  ${escaped(line)}`), `  (${placeText(found)})`];
}

function written({ written: all }: Explanation): string[] {
  if (all === undefined) return [];
  if (all.length === 0) return ["  It does not have the key."];
  const lines = all.slice(0, MOST_WRITTEN).map((one) => `  ${placeText(one)}: ${one.path}: ${one.value}`);
  return all.length > MOST_WRITTEN ? [...lines, `  ... and ${String(all.length - MOST_WRITTEN)} more`] : lines;
}

function placeText({ file, line, column }: SourceLocation): string {
  return `${escaped(file)}:${String(line)}:${String(column)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}
