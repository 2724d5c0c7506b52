import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Browser, Locator } from "playwright-core";
import { networkPicture } from "../../preview/page/network-picture";
import { driftPage } from "../../preview/page/drift-page";
import { page as pageOf } from "../../preview/page/page";
import { startBrowser } from "../fixtures/browser";
import { largeReport, milanReview } from "../fixtures/preview-reports";
import { PHONE, VIEWS, barriers, withPage } from "./opened-page";

jest.setTimeout(60_000);

let browser: Browser;
let milan: string;

beforeAll(async () => {
  browser = await startBrowser();
  const { report, base, wanted } = milanReview(true);
  milan = pageOf(report, {
    cityName: wanted.city.name,
    diagram: await networkPicture(base, wanted, report.file?.network.reachChanges ?? []),
  });
});

afterAll(() => browser.close());

function column(table: Locator, number: number): Promise<string[]> {
  return table.locator(`tbody td:nth-child(${String(number)})`).allTextContents();
}

function drift(): string {
  const resource = {
    address: "a.b",
    type: "a",
    key: undefined,
    action: "update",
    attributes: ["c"],
    replacedFor: [],
  } as const;
  const stacks = [
    { stack: "milan-network", failure: null, drift: [resource] },
    { stack: "milan-secrets", failure: "no login", drift: [] },
  ];
  return driftPage({ city: "milan", asOf: "2026-11-24", result: "failed", stacks }, "Milano");
}

test.each(VIEWS)(
  "the page has no barrier that axe finds in a %s scheme on %s, and never scrolls sideways",
  async (colorScheme, _, viewport) => {
    await withPage(
      browser,
      milan,
      async ({ page }) => {
        for (const summary of await page.locator("summary").all()) await summary.click();
        expect(await barriers(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width);
      },
      { colorScheme, viewport },
    );
  },
);

test.each(["light", "dark"] as const)("the page of drift has none in a %s scheme either", async (colorScheme) => {
  const found = await withPage(browser, drift(), ({ page }) => barriers(page), { colorScheme, viewport: PHONE });
  expect(found).toEqual([]);
});

test("the check finds a barrier where there is one", async () => {
  const html = milan.replace('aria-label="Contents"', "").replace('lang="en"', "");
  expect(await withPage(browser, html, ({ page }) => barriers(page))).toEqual(["html-has-lang: html"]);
});

test("the page asks for nothing but itself, and says nothing on the console", async () => {
  await withPage(browser, milan, async ({ page, requests, complaints }) => {
    await page.getByLabel("Filter Closed gates").fill("drift");
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });
});

test("the page's policy lets nothing load or run that somebody writes into it", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  try {
    await once(server, "listening");
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x`;
    const written = `<p style="color: red" onclick="window.ran = 1">here</p><script>window.ran = 1</script><img src="${address}">`;
    await withPage(browser, milan.replace("</main>", `${written}</main>`), async ({ page, complaints }) => {
      await page.getByText("here", { exact: true }).click();
      await page.evaluate(`fetch("${address}").catch(() => undefined)`);
      expect([await page.evaluate("window.ran"), asked]).toEqual([undefined, 0]);
      expect(complaints.filter((text) => text.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(5);
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

describe("a table", () => {
  test("is sorted by a click, numbers as numbers, and says so", async () => {
    await withPage(browser, milan, async ({ page }) => {
      const table = page.getByRole("table", { name: "Seats by pool" });
      const head = table.getByRole("columnheader", { name: "replaced" });
      await head.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBe("ascending");
      await head.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBe("descending");
      expect(await column(table, 1)).toEqual(["educazione", "tecnica", "smart-working"]);
      const added = table.getByRole("columnheader", { name: "added" });
      await added.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBeNull();
      expect((await column(table, 3)).map(Number)).toEqual([0, 0, 300]);
    });
  });

  test("is filtered by every word, in any column, and says how many rows are left", async () => {
    await withPage(browser, milan, async ({ page }) => {
      const filter = page.getByLabel("Filter Closed gates");
      const status = page.locator(".table", { has: filter }).getByRole("status");
      expect(await status.textContent()).toBe("12 findings");
      await filter.fill("DESTROYED educazione");
      expect(await status.textContent()).toBe("1 of 12 findings");
      expect(await column(page.getByRole("table", { name: "Closed gates" }), 2)).toEqual(["educazione"]);
      await filter.fill("nothing has this");
      expect(await status.textContent()).toBe("0 of 12 findings");
      await filter.fill("");
      expect(await status.textContent()).toBe("12 findings");
    });
  });
});

test("the keyboard alone reaches the content, filters, sorts, opens details and turns pages", async () => {
  await withPage(browser, milan, async ({ page }) => {
    const focused = page.locator(":focus");
    await page.keyboard.press("Tab");
    expect(await focused.textContent()).toContain("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused.getAttribute("type")).toBe("search");
    await page.keyboard.type("privilege");
    const gates = page.getByRole("table", { name: "Closed gates" });
    expect(await column(gates, 1)).toEqual(["privilege", "privilege"]);
    await page.keyboard.press("Tab"); // the box that scrolls
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const head = gates.getByRole("columnheader").first();
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await page.keyboard.press("Space");
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    const summary = page.locator("summary").first();
    await summary.focus();
    await page.keyboard.press("Enter");
    const seats = page.getByRole("table", { name: "Seats", exact: true });
    expect(await seats.isVisible()).toBe(true);
    const next = page.getByRole("group", { name: "Pages of Seats", exact: true }).getByText("Next");
    const [first] = await column(seats, 1);
    await next.focus();
    await page.keyboard.press("Enter");
    expect(await seats.locator("tbody tr").count()).toBe(50);
    expect((await column(seats, 1))[0]).not.toBe(first);
    expect(await focused.textContent()).toBe("Next");
  });
});

test("at the last page Next leads nowhere and keeps the focus", async () => {
  await withPage(browser, milan, async ({ page }) => {
    await page.locator("summary").first().click();
    await page.getByLabel("Filter Seats", { exact: true }).fill("tecnica");
    const next = page.getByRole("group", { name: "Pages of Seats", exact: true }).getByText("Next");
    for (let pages = 0; pages < 14; pages += 1) await next.press("Enter");
    expect(await next.getAttribute("aria-disabled")).toBe("true");
    expect(await page.getByText("601 to 620 shown").count()).toBe(1);
  });
});

test("15,000 seats are filtered and sorted", async () => {
  await withPage(browser, pageOf(largeReport(), { cityName: "Milano", diagram: null }), async ({ page }) => {
    await page.locator("summary").first().click();
    const seats = page.getByRole("table", { name: "Seats", exact: true });
    await page.getByLabel("Filter Seats", { exact: true }).fill("mi-ana-149");
    await seats.getByRole("columnheader", { name: "resource" }).getByRole("button").click();
    await seats.getByRole("columnheader", { name: "resource" }).getByRole("button").click();
    expect((await column(seats, 1))[0]).toBe("mi-ana-14999");
    expect(await page.getByText("100 of 15,000 seats, 1 to 50 shown, sorted by resource, descending").count()).toBe(1);
  });
});

test("without JavaScript the decision, the gates and the first rows of each table are there to read", async () => {
  await withPage(
    browser,
    milan,
    async ({ page }) => {
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Milano: Stopped by a gate");
      expect(await page.getByRole("table", { name: "Closed gates" }).locator("tbody tr").count()).toBe(12);
      expect(await column(page.getByRole("table", { name: "Seats by pool" }), 1)).toEqual([
        "educazione",
        "tecnica",
        "smart-working",
      ]);
      expect(await page.getByRole("button").count()).toBe(0);
      await page.locator("summary").first().click();
      expect(await page.getByText("The first 50 of 2,078 seats.").isVisible()).toBe(true);
    },
    { javaScriptEnabled: false },
  );
});

test("whoever wants no motion sees none", async () => {
  const scrolling = (reducedMotion: "reduce" | "no-preference") =>
    withPage(browser, milan, ({ page }) => page.evaluate("getComputedStyle(document.documentElement).scrollBehavior"), {
      reducedMotion,
    });
  expect(await scrolling("reduce")).toBe("auto");
  expect(await scrolling("no-preference")).toBe("smooth");
});

test("whoever prints from a dark screen prints dark on white", async () => {
  await withPage(
    browser,
    milan,
    async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      const ink = await page.evaluate("getComputedStyle(document.querySelector('h2')).color");
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      expect(await page.evaluate("getComputedStyle(document.querySelector('h2')).color")).toBe(ink);
      expect(await barriers(page)).toEqual([]);
    },
    { colorScheme: "dark" },
  );
});

test("what is folded is printed all the same", async () => {
  await withPage(browser, milan, async ({ page }) => {
    await page.evaluate(
      "addEventListener('beforeprint', () => { window.folded = document.querySelectorAll('details:not([open])').length })",
    );
    await page.pdf();
    expect(await page.evaluate("window.folded")).toBe(0);
    expect(await page.locator("details[open]").count()).toBe(0);
  });
});
