import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A style or script that stands in the page itself. */
export interface Asset {
  readonly text: string;
  /** By which the page's security policy knows it: `'sha256-...'`. */
  readonly source: string;
}

/** The page's own style. */
export const STYLE = asset("page.css");
/** The page's own script. */
export const SCRIPT = asset("page.js");

function asset(name: string): Asset {
  const text = readFileSync(join(__dirname, "browser", name), "utf8");
  return { text, source: `'sha256-${createHash("sha256").update(text).digest("base64")}'` };
}
