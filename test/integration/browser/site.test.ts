/** Our own pages in a real Chromium: accessible, light or dark as the system is, and readable in a narrow window. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const demo = { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true };
const guides = ["overview", "clients", "sandbox", "operations", "changes", "deprecation"].map((name) => `/guides/${name}`);
const ours = ["/", "/guides", ...guides];
const ofSandbox = ["/", "/cheat-sheet"];

async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  expect(results.passes.length).toBeGreaterThan(5);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
}

describe.skipIf(withoutChromium)(`our pages in Chromium ${skipNote}`, () => {
  let facade: Facade;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    facade = await startFacade({ demo });
    browser = await openChromium();
    page = browser.page;
  });
  afterAll(async () => {
    await browser.close();
    await facade.close();
  });

  it.each(["light", "dark"] as const)("axe finds no violation: %s", { timeout: 60_000 }, async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const { origin } = new URL(facade.sandbox.baseUrl);
    const addresses = [...ours.map((path) => new URL(path, facade.url).href), ...ofSandbox.map((path) => origin + path)];
    for (const address of addresses) {
      await page.goto(address);
      expect([address, await violationsOn(page)]).toEqual([address, []]);
    }
  });

  it("are light or dark as the system is, and fit a narrow window", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ours) {
      await page.goto(new URL(path, facade.url).href);
      const backgrounds = new Set<string>();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        backgrounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      }
      expect(backgrounds.size).toBe(2);
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320]);
    }
  });

  it("lead a keyboard from / to GraphiQL", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(new URL("/", facade.url).href);
    await page.getByRole("main").getByRole("link", { name: "GraphiQL" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".graphiql-execute-button");
    expect(new URL(page.url()).pathname).toBe("/graphql");
  });

  it("break no rule of their own policy, and ask no other host for anything", () => {
    expect(browser.foreign).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
