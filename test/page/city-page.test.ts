import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { citiesAsDeployed } from "../../environments/deployed";
import { escaped } from "../../environments/display";
import type { Pool } from "../../environments/model/desktops";
import type { PlaceOf } from "../../environments/violation";
import { cityPage } from "../../reports/city-page/page";
import { cityReport } from "../../reports/city-page/city-report";
import { networkDiagram } from "../../reports/network-report";
import { publicPage } from "../../reports/public/page";
import { publicReport } from "../../reports/public/published";
import { environmentFiles, loadCities } from "../../environments/load";
import { REPOSITORY } from "../../runtime/paths";
import { startBrowser } from "../fixtures/browser";
import { VIEWS, barriers, withPage } from "./opened-page";

jest.setTimeout(60_000);

const ENVIRONMENTS = join(REPOSITORY, "environments");
const GUIDES = join(REPOSITORY, "docs", "guides");
const CHANGES = [
  { day: "2026-11-24", subject: "Desktops for the counters", author: "Ada", approvedBy: ["Bruno"] },
  { day: "2026-11-20", subject: "A <b>flow</b> closed", author: "Carla", approvedBy: [] },
];

/** What would run or break out where a page did not escape it. */
const HOSTILE = [
  '<img src=x onerror="window.hasRun = 1">',
  "</script><script>window.hasRun = 1</script>",
  "\u202etxt.\u2028",
];

let browser: Browser;
let pages: Readonly<Record<"city" | "italianCity" | "public", string>>;
let hostile: Readonly<Record<"city" | "public", string>>;

beforeAll(async () => {
  browser = await startBrowser();
  const [declared] = loadCities(environmentFiles(ENVIRONMENTS)).filter(({ city }) => city.id === "milan");
  const [deployed] = citiesAsDeployed(ENVIRONMENTS, undefined).filter(({ city }) => city.id === "milan");
  if (declared === undefined || deployed === undefined) throw new Error("there is no Milan");
  const placeOf: PlaceOf = () => ({ file: "milan.yaml", line: 1, column: 1 });
  const report = cityReport({ declared, deployed, placeOf }, CHANGES);
  const directorates = HOSTILE.map((name) => ({ id: name, name, staff: 900 }));
  const pools = HOSTILE.map((name) => ({ ...declared.pools[0], name, directorate: name, seats: 100 }) as Pool);
  const odd = { ...declared, directorates, pools };
  const changes = HOSTILE.map((subject) => ({ day: "2026-11-24", subject, author: subject, approvedBy: [] }));
  hostile = {
    city: cityPage(
      { ...cityReport({ declared, deployed, placeOf }, changes), city: HOSTILE.join(" ") },
      "<svg></svg>",
      "en",
    ),
    public: publicPage(publicReport(odd), "it"),
  };
  const italianCity = cityPage(report, await networkDiagram(declared, "it"), "it");
  pages = {
    italianCity,
    city: cityPage(report, await networkDiagram(declared), "en"),
    public: publicPage(publicReport(declared), "it"),
  };
});

afterAll(() => browser.close());

describe.each(["city", "public"] as const)("the page of %s", (kind) => {
  test("shows names as text, whatever they hold", async () => {
    await withPage(browser, hostile[kind], async ({ page, requests, complaints }) => {
      const shown = await page.locator("body").textContent();
      for (const text of HOSTILE) expect(shown).toContain(escaped(text));
      expect([await page.evaluate("window.hasRun"), complaints, requests.length]).toEqual([undefined, [], 1]);
    });
  });

  test.each(VIEWS)(
    "has no barrier that axe finds in a %s scheme on %s, and never scrolls sideways",
    async (colorScheme, _, viewport) => {
      await withPage(
        browser,
        pages[kind],
        async ({ page, complaints }) => {
          for (const summary of await page.locator("summary").all()) await summary.click();
          expect(await barriers(page)).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width);
          expect(complaints).toEqual([]);
        },
        { colorScheme, viewport },
      );
    },
  );

  test("asks for nothing but itself", async () => {
    await withPage(browser, pages[kind], ({ page, requests }) => {
      expect(requests).toEqual([page.url()]);
      return Promise.resolve();
    });
  });

  test("is there to read without JavaScript, and prints what is folded", async () => {
    await withPage(
      browser,
      pages[kind],
      async ({ page }) => {
        expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
        expect(await page.getByRole("table").count()).toBeGreaterThan(2);
      },
      { javaScriptEnabled: false },
    );
    await withPage(browser, pages[kind], async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
    });
  });
});

test("the keyboard opens what is folded in the city's page, and filters it", async () => {
  await withPage(browser, pages.city, async ({ page }) => {
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Filter Ways between places", { exact: true }).fill("desktops-to-vault desktops-anagrafe");
    const table = page.getByRole("table", { name: "Ways between places" });
    expect(await table.locator("tbody tr").allTextContents()).toEqual([
      "desktops-anagrafesharedtcp/8200somedesktops-to-vault",
    ]);
  });
});

test("the city's page in Italian filters, sorts and counts in Italian", async () => {
  await withPage(browser, pages.italianCity, async ({ page, complaints }) => {
    for (const summary of await page.locator("summary").all()) await summary.click();
    await page.getByLabel("Filtra Vie tra luoghi", { exact: true }).fill("desktops-to-vault");
    await page.getByRole("table", { name: "Vie tra luoghi" }).getByRole("button", { name: "porte" }).click();
    await expect(page.getByText(/^\d+ di \d+ vie, in ordine di porte, crescente$/).count()).resolves.toBe(1);
    const amount = page.getByRole("table", { name: "Finanziamento" }).locator("tbody tr").first();
    expect(await amount.textContent()).toBe("programmato6.382.308,62 €");
    await page.getByRole("table", { name: "Finanziamento" }).getByRole("button", { name: "importo" }).click();
    expect(await amount.textContent()).toBe("pagato4.754.716,88 €");
    expect([await barriers(page), complaints]).toEqual([[], []]);
  });
});

test("changes name who approved them, as text", async () => {
  await withPage(browser, pages.city, async ({ page }) => {
    const rows = page.getByRole("table", { name: "Changes of the city's file" }).locator("tbody tr");
    expect(await rows.allTextContents()).toEqual([
      "2026-11-24Desktops for the countersAdaBruno",
      "2026-11-20A <b>flow</b> closedCarlanobody, as far as git tells",
    ]);
  });
});

test("the guides' screenshots are of these pages: POSTAZIONI_SCREENSHOTS=true takes them anew", async () => {
  const shots = { city: join(GUIDES, "milan-city.png"), public: join(GUIDES, "milan-public.png") };
  for (const kind of ["city", "public"] as const) {
    await withPage(
      browser,
      pages[kind],
      async ({ page }) => {
        const image = await page.screenshot({ clip: { x: 0, y: 0, width: 1000, height: 760 } });
        expect(image.length).toBeLessThan(200_000);
        if (process.env.POSTAZIONI_SCREENSHOTS === "true") {
          mkdirSync(GUIDES, { recursive: true });
          writeFileSync(shots[kind], image);
        }
        // A picture's bytes depend on the machine's fonts; its size does not.
        const header = readFileSync(shots[kind]).subarray(16, 24);
        expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([1000, 760]);
      },
      { viewport: { width: 1000, height: 760 }, colorScheme: "light" },
    );
  }
});
