import { escaped } from "../../environments/display";

/**
 * A report in which characters that a browser would obey or not show are visible, for example a text direction mark as
 * `\u{202e}`. Markup in texts is escaped by the templates.
 */
export function shown<T>(report: T): T {
  return visible(report) as T;
}

function visible(value: unknown): unknown {
  if (typeof value === "string") return escaped(value);
  if (Array.isArray(value)) return value.map(visible);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [escaped(name), visible(inner)]));
}
