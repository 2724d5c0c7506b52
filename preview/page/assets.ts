import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";

/** An inline style or script of the page. */
export interface Asset {
  readonly text: string;
  /** Its source in the Content Security Policy: `'sha256-...'`. */
  readonly source: string;
}

/** The page's style sheet. */
export const STYLE = asset("page.css");
/** The page's script. */
export const SCRIPT = asset("page.js");

function asset(name: string): Asset {
  const text = readFileSync(join(REPOSITORY, "preview", "page", "browser", name), "utf8");
  return { text, source: `'sha256-${createHash("sha256").update(text).digest("base64")}'` };
}
