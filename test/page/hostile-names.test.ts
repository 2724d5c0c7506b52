import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { Browser } from "playwright-core";
import { escaped } from "../../environments/display";
import { driftPage } from "../../preview/page/drift-page";
import { page as pageOf } from "../../preview/page/page";
import { startBrowser } from "../fixtures/browser";
import { namedReport } from "../fixtures/preview-reports";
import { withPage } from "./opened-page";
import { runs } from "../fixtures/soak";

jest.setTimeout(120_000);

/** What breaks out of the places that a page has for a name, and runs where it does. */
const HOSTILE = [
  "<img src=x onerror=ran()>",
  '"><svg onload=ran()>',
  "'><script>ran()</script>",
  "</script><script>ran()</script>",
  "</code></td></table><script>ran()</script>",
  "<!--<script>",
  "]]><script>ran()</script>",
  "{{constructor.constructor('ran()')()}}",
  "[x](javascript:ran()) `b` | **c** @everyone",
  "&lt;b&gt; &amp;#39;",
  "\u0000\u001b[31m\u0007\u202etxt.\u2028\ud800",
  "__proto__",
];
const name = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" })).map((parts) => parts.join("")),
);
/** Blanks at the ends and between are shown as the browser shows blanks; a table tells its rows apart by what else they have. */
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 40 });
const CELLS = "[...document.querySelectorAll('tbody tr td:first-child')].map((cell) => cell.textContent)";
const SORT = "document.querySelectorAll('th:first-child button').forEach((button) => button.click())";
const RUN = "window.ran = () => { window.hasRun = true }";

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

test("every name is shown as text and none runs, whatever it holds, in rows from the page and from its data", async () => {
  await fc.assert(
    fc.asyncProperty(names, async (some) => {
      const [cityName = ""] = some;
      const html = pageOf(namedReport(some), { cityName, diagram: null });
      await withPage(browser, html, async ({ page, requests, complaints }) => {
        await page.evaluate(RUN);
        const expected = some.map(escaped);
        const fromPage = await page.evaluate<string[]>(CELLS);
        for (const text of expected) expect(fromPage).toContain(text);
        await page.evaluate(SORT);
        expect(await page.locator("th[aria-sort]").count()).toBe(await page.locator("table").count());
        const fromData = await page.evaluate<string[]>(CELLS);
        for (const text of expected) expect(fromData).toContain(text);
        expect(await page.evaluate("document.querySelector('h1').textContent")).toBe(
          `${escaped(cityName)}: Stopped by a gate`,
        );
        expect([await page.evaluate("window.hasRun"), complaints, requests.length]).toEqual([undefined, [], 1]);
      });
    }),
    { numRuns: runs(15) },
  );
});

test("a page of drift shows them too", async () => {
  const drift = HOSTILE.map(
    (address) =>
      ({ address, type: "a", key: address, action: "update", attributes: [address], replacedFor: [] }) as const,
  );
  const stacks = HOSTILE.map((stack) => ({ stack, failure: stack, drift }));
  const html = driftPage({ city: "a", asOf: "2026-11-24", result: "failed", stacks }, HOSTILE.join(" "));
  await withPage(browser, html, async ({ page, complaints }) => {
    const shown = await page.evaluate<string[]>(CELLS);
    for (const text of HOSTILE) expect(shown).toContain(escaped(text));
    expect(complaints).toEqual([]);
  });
});
