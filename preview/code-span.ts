import { escaped } from "../environments/display";

/**
 * A name as a code span, which prevents Markdown, HTML and mentions of a user. In tables a bar is escaped in code too
 * (GitHub Flavored Markdown, "Tables").
 */
export function code(value: string): string {
  if (value === "") return "";
  const shown = escaped(value).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
