import { escaped } from "../environments/display";

/**
 * A name as code, which shows it as it is: neither Markdown nor HTML, and no mention of somebody who has that name. In tables a
 * bar is escaped in code too (GitHub Flavored Markdown, "Tables").
 */
export function code(value: string): string {
  if (value === "") return "";
  const shown = escaped(value).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
