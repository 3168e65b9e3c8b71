/** The sandbox's own pages in a real Chromium: by keyboard, in the dark, and on a telephone. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

let sandbox: Sandbox;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  if (withoutChromium) return;
  sandbox = await startSandbox();
  ({ origin } = new URL(sandbox.baseUrl));
  browser = await openChromium();
});
afterAll(async () => {
  if (withoutChromium) return;
  await browser.close();
  await sandbox.close();
});

it.skipIf(withoutChromium)(`a keyboard is enough to read the cheat sheet ${skipNote}`, async () => {
  const { page, complaints } = browser;
  await page.goto(origin);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin}/cheat-sheet`);
  expect(await page.getByRole("heading").allTextContents()).toEqual([
    "Cheat sheet",
    "Users",
    "Vouchers",
    "Test cards",
    "Releases that misbehave when they are bought",
    "Responses that are always bad",
  ]);
  expect(await page.getByRole("rowheader", { name: "TEN-OFF" }).count()).toBe(1);
  // Two links, then the first table.
  for (let times = 0; times < 3; times++) await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Users");
  expect(complaints).toEqual([]);
});

it.skipIf(withoutChromium)(`pages are light or dark as the system is, and fit a narrow window ${skipNote}`, async () => {
  const { page } = browser;
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/", "/cheat-sheet"]) {
    await page.goto(origin + path);
    const texts: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      texts.push(await page.evaluate(() => getComputedStyle(document.body).color));
    }
    expect(texts).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
});
