import { escaped } from "../../environments/display";

/**
 * A report with every text made visible: what a browser would obey or not show, such as a sign that turns the direction of
 * writing, stands as `\u{202e}`. Markup in a text is the templates' care, which escape it.
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
