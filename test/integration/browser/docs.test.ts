/** The documentation site in a real Chromium, as `npm run docs` built it: accessible, quiet, readable in a narrow window and on paper. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** CI_NO_SKIP=1 (set by .ci/run): a site that is not built fails rather than skips. */
const isBuilt =
  existsSync(join(resolve(import.meta.dirname, "../../.."), "docs/site/dist/index.html")) || process.env["CI_NO_SKIP"] === "1";

const paths = [
  "/docs/",
  "/docs/clients/",
  "/docs/reference/Release/",
  "/docs/reference/BasketLinesAddInput/",
  "/docs/examples/release-chart/",
  "/docs/bench/",
];

describe.skipIf(withoutChromium || !isBuilt)(`the documentation site ${skipNote} (and where it is not built: npm run docs)`, () => {
  let facade: Facade;
  beforeAll(async () => {
    facade = await startFacade();
  });
  afterAll(() => facade.close());

  const at = (path: string): string => new URL(path, facade.url).href;

  async function violationsIn({ page }: Browser): Promise<readonly string[]> {
    await page.evaluate(axe);
    const results = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    expect(results.passes.length).toBeGreaterThan(5);
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  }

  async function within(window: Parameters<typeof openChromium>[0], test: (browser: Browser) => Promise<void>): Promise<void> {
    const browser = await openChromium(window);
    try {
      await test(browser);
      expect([browser.foreign, browser.complaints]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  }

  describe.each([1280, 390])("%i pixels wide", (width) => {
    it.each(["light", "dark"] as const)(
      "has no violation of axe's, and nothing to scroll sideways: %s",
      { timeout: 90_000 },
      (colorScheme) =>
        within({ width, height: 800, colorScheme }, async (browser) => {
          for (const path of paths) {
            const response = await browser.page.goto(at(path));
            expect([path, response?.status(), await violationsIn(browser)]).toEqual([path, 200, []]);
            expect([path, await browser.page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width]);
          }
          await browser.page.keyboard.press("/");
          await browser.page.keyboard.type("release chart");
          await browser.page.waitForSelector("#site-search-results a");
          expect(await violationsIn(browser)).toEqual([]);
        }),
    );
  });

  it("is searched by keyboard alone", () =>
    within({}, async ({ page }) => {
      await page.goto(at("/docs/"));
      await page.keyboard.press("/");
      await page.keyboard.type("price");
      await page.waitForSelector("#site-search-results a");
      expect(await page.locator("#site-search-results a").first().textContent()).toBe("Price");
      await page.keyboard.press("Escape");
      expect(await page.locator("#site-search").isVisible()).toBe(false);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("releaseChart");
      await page.getByRole("status").getByText("result").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/docs/");
      expect(await page.getByRole("main").textContent()).toContain("releaseChart");
    }));

  it("finds a word of a guide's text, and says where nothing is found", () =>
    within({}, async ({ page }) => {
      await page.goto(at("/docs/"));
      await page.getByRole("button", { name: "Search" }).click();
      await page.getByLabel("Words to search for").fill("PURCHASE_TIMEOUT_MS");
      await page.locator('#site-search-results a[href^="/docs/operations/"]').first().waitFor();
      await page.getByLabel("Words to search for").fill("zzzzqqqq");
      await page.getByText("Nothing found.").waitFor();
      expect(await page.locator("#site-search-results a").count()).toBe(0);
    }));

  it("keeps the colours that were chosen, on other pages too", () =>
    within({ colorScheme: "light" }, async ({ page }) => {
      const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.goto(at("/docs/"));
      const light = await background();
      await page.getByRole("button", { name: "Dark" }).click();
      const dark = await background();
      await page.goto(at("/docs/clients/"));
      expect([dark === light, await background()]).toEqual([false, dark]);
    }));

  it("leads a keyboard past the navigation, and a narrow window to all pages", () =>
    within({ width: 390, height: 800 }, async ({ page }) => {
      await page.goto(at("/docs/clients/"));
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("site-content");
      await page.getByText("Pages", { exact: true }).click();
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Federation" }).click();
      await page.waitForURL("**/docs/federation/");
      expect(await page.getByRole("main").textContent()).toContain("/subgraph");
    }));

  it("prints the text without the navigation, dark on white", () =>
    within({ colorScheme: "dark" }, async ({ page }) => {
      await page.goto(at("/docs/clients/"));
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.getByRole("navigation").count()).toBe(0);
      expect(await page.getByRole("main").isVisible()).toBe(true);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    }));
});
