import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { oneOf } from "../fixtures/soak";

/** A phone's screen. */
export const PHONE = { width: 360, height: 740 };
/** A desktop's screen. */
export const DESKTOP = { width: 1280, height: 900 };

/** Colour schemes on screens, as tables of tests have them: each once, and in a soak each on both. */
export const VIEWS = oneOf(2, [
  ["light", "a screen", DESKTOP],
  ["light", "a phone", PHONE],
  ["dark", "a phone", PHONE],
  ["dark", "a screen", DESKTOP],
] as const);

/** A page in a browser, and what it did that it should not. */
export interface OpenedPage {
  readonly page: Page;
  /** Every address that it asked for, its own file first. */
  readonly requests: readonly string[];
  /** What it said on the console, and errors that nobody caught. */
  readonly complaints: readonly string[];
}

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** Opens a document from a file, as whoever downloads it would, and closes it after the work. */
export async function withPage<T>(
  browser: Browser,
  html: string,
  work: (opened: OpenedPage) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  const file = join(folder, "preview.html");
  writeFileSync(file, html);
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return await work({ page, requests, complaints });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}

/** What an accessibility check by axe finds wrong, a line each: `color-contrast: .status`. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<readonly AxeViolation[]>("axe.run().then(({ violations }) => violations)");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
