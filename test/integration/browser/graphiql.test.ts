/** GraphiQL as a person uses it: in a fresh profile, with the mouse. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Facade, startFacade } from "../../support/facade.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

const repository = resolve(import.meta.dirname, "../../..");
const demo = { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true };

/** By tab: what its result shows, if it is that tab's. */
const results: Readonly<Record<string, readonly string[]>> = {
  StartHere: ['"releaseChart"', '"display": "£'],
  Search: ['"search"', '"Pink"'],
  Artist: ['"artist"', '"similarArtists"', '"Keane"'],
  Release: ['"release"', '"inGermany"', "€"],
  Buy: ['"itemPurchase"', '"SUCCEEDED"'],
  FillBasket: ['"basketLinesAdd"', '"addedLines"'],
  BuyBasket: ['"basketPurchase"', '"SUCCEEDED"'],
  Locker: ['"viewer"', '"locker"'],
  SignIn: ['"signInStart"', '"authorizeUrl"'],
};
const names = Object.keys(results);

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator(".graphiql-query-editor .view-line").first().waitFor();
}

/** Presses and releases the button in the middle of what is there, whatever it is by then. */
async function click(page: Page, target: Locator): Promise<void> {
  const { x, y, width, height } = (await target.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.up();
}

/** GraphiQL puts what it knows of a tab aside half a second after a click. */
async function untilKept(page: Page, name: string): Promise<void> {
  const kept = () =>
    page.evaluate(() => {
      const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem("graphiql:tabState") ?? "{}") as Kept;
      return tabs[activeTabIndex]?.title;
    });
  await expect.poll(kept).toBe(name);
}

/** Of two opaque colours such as "rgb(1, 2, 3)". @see WCAG 2.2, "contrast ratio" */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? [])
      .map((part) => Number(part) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

interface Kept {
  readonly tabs: readonly { readonly title: string }[];
  readonly activeTabIndex: number;
}

const tab = (page: Page, name: string) =>
  page
    .getByRole("tab")
    .filter({ hasText: name })
    .filter({ hasNotText: `${name}B` });

const response = (page: Page) => modelText(page, "response.json");
const operation = (page: Page) => modelText(page, "operation.graphql");

function modelText(page: Page, name: string): Promise<string> {
  return page.evaluate((file) => {
    const { editor } = (globalThis as unknown as { monaco: Monaco }).monaco;
    const model = editor.getModels().find(({ uri }) => uri.path.endsWith(file));
    return model?.getValue() ?? "";
  }, name);
}

/** Replaces the operation of the open tab. */
async function write(page: Page, text: string): Promise<void> {
  await page.evaluate((value) => {
    const { editor } = (globalThis as unknown as { monaco: Monaco }).monaco;
    editor
      .getModels()
      .find(({ uri }) => uri.path.endsWith("operation.graphql"))
      ?.setValue(value);
  }, text);
}

/** Presses Run once. @returns The whole result, when the pane shows that it is the tab's. */
async function runOnce(page: Page, name: string): Promise<string> {
  const [rootField = "", ...others] = results[name] ?? [];
  await click(page, page.locator(".graphiql-execute-button"));
  await page.locator(".result-window .view-lines", { hasText: rootField }).waitFor();
  // The editor draws only the lines that are in view.
  const whole = () => response(page);
  for (const text of others) await expect.poll(whole, { message: name }).toContain(text);
  return whole();
}

interface Monaco {
  readonly editor: {
    getModels(): { readonly uri: { readonly path: string }; getValue(): string; setValue(text: string): void }[];
    getEditors(): {
      getModel(): { readonly uri: { readonly path: string }; getLinesContent(): string[] };
      getTopForLineNumber(line: number): number;
      getScrollWidth(): number;
      getLayoutInfo(): { readonly contentWidth: number };
    }[];
  };
}

/** Comments of the open tab that take more than one line of the editor, and whether it scrolls sideways. */
function crampedComments(page: Page) {
  return page.evaluate(() => {
    const { editor } = (globalThis as unknown as { monaco: Monaco }).monaco;
    const operation = editor.getEditors().find((one) => one.getModel().uri.path.endsWith("operation.graphql"));
    if (operation === undefined) throw new Error("there is no editor");
    const height = operation.getTopForLineNumber(2) - operation.getTopForLineNumber(1);
    const lines = operation.getModel().getLinesContent();
    const heightOf = (line: number) => operation.getTopForLineNumber(line + 1) - operation.getTopForLineNumber(line);
    const cramped = lines.filter((text, index) => text.startsWith("#") && index + 1 < lines.length && heightOf(index + 1) > height);
    return { lines: lines.length, cramped, scrolls: operation.getScrollWidth() > operation.getLayoutInfo().contentWidth };
  });
}

const title = (page: Page) => page.locator('[role="tab"][aria-selected="true"]').innerText();
const pane = (page: Page) => page.locator(".graphiql-editor-tool");
/** A closed pane stays in the document, out of sight. */
const isPaneOpen = async (page: Page): Promise<boolean> => {
  const box = await pane(page).boundingBox();
  return box !== null && box.x > 0 && box.height > 50 && (await page.getByRole("button", { name: "Hide editor tools" }).count()) === 1;
};

describe.skipIf(withoutChromium)(`GraphiQL in Chromium ${skipNote}`, () => {
  let facade: Facade;
  let browser: Browser | undefined;

  beforeAll(async () => {
    facade = await startFacade({ demo });
  });
  afterAll(() => facade.close());
  afterEach(async () => {
    expect(browser?.foreign).toEqual([]);
    expect(browser?.complaints).toEqual([]);
    await browser?.close();
    browser = undefined;
  });

  async function open(window: Parameters<typeof openChromium>[0] = {}): Promise<Page> {
    browser = await openChromium(window);
    await visit(browser.page, facade.url);
    return browser.page;
  }

  describe("the first click on every tab works", () => {
    it.each([1280, 1440, 1920])("at %i pixels, and the first press of Run shows that tab's result", { timeout: 60_000 }, async (width) => {
      const page = await open({ width });
      expect(await page.getByRole("tab").allInnerTexts()).toEqual(names);
      const strip = await page.locator(".graphiql-tabs").evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
      expect(strip[0]).toBe(strip[1]);
      for (const name of names) {
        await click(page, tab(page, name));
        expect(await title(page)).toBe(name);
        const result = await runOnce(page, name);
        expect(result, name).not.toMatch(/"errors"|"userErrors": \[\s*\{/);
      }
    });
  });

  it.each([1280, 1920])("comments fit the editor at %i pixels", async (width) => {
    const page = await open({ width });
    for (const name of names) {
      await click(page, tab(page, name));
      const { lines, ...fit } = await crampedComments(page);
      expect([name, fit]).toEqual([name, { cramped: [], scrolls: false }]);
      expect(lines).toBeGreaterThan(10);
    }
  });

  it("the Headers pane is open where a tab carries headers, and says whose they are", async () => {
    const page = await open({ width: 1280 });
    for (const name of names) {
      await click(page, tab(page, name));
      const carries = ["Buy", "BuyBasket", "Locker"].includes(name);
      await untilKept(page, name);
      await expect.poll(() => isPaneOpen(page), { message: name }).toBe(carries);
      if (!carries) continue;
      expect(await pane(page).innerText()).toContain('"Authorization"');
      expect(await page.locator(".graphiql-query-editor .view-line").first().innerText()).toMatch(/As\sdemo@sandbox.test/);
    }
  });

  it("opens with the same tabs when the visitor comes back, with a new key that buys again", { timeout: 40_000 }, async () => {
    const page = await open();
    await click(page, tab(page, "Buy"));
    const first = await runOnce(page, "Buy");
    await untilKept(page, "Buy");
    // As if the page was left while GraphiQL wrote.
    await page.evaluate(() => {
      localStorage.setItem("graphiql:query", "{ another }");
    });
    await page.reload();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    expect(await page.getByRole("tab").allInnerTexts()).toEqual(names);
    expect(await title(page)).toBe("Buy");
    expect(await isPaneOpen(page)).toBe(true);
    facade.calls();
    const second = await runOnce(page, "Buy");
    expect(facade.calls()).toContain("user/purchase/item");
    expect(first).toContain("SUCCEEDED");
    expect(second).toContain("SUCCEEDED");
    await runOnce(page, "Buy");
    expect(facade.calls()).not.toContain("user/purchase/item");
  });

  it("shows the parts of a query as they come", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", params: { artistId: "77" }, fault: { kind: "delay", ms: 1500 } });
    const page = await open();
    await write(page, `{ artist(id: "77") { name ... @defer { topTracks(first: 2) { nodes { title } } } } }`);
    await click(page, page.locator(".graphiql-execute-button"));
    await expect.poll(() => response(page)).toContain('"name"');
    expect(await response(page)).not.toContain('"topTracks"');
    await expect.poll(() => response(page), { timeout: 5000 }).toContain('"topTracks"');
    facade.sandbox.faults.clear();
  });

  it("runs a subscription to its end", async () => {
    const page = await open();
    await click(page, tab(page, "Buy"));
    await runOnce(page, "Buy");
    const [key] = /graphiql-[0-9a-f]{16}/.exec(await operation(page)) ?? [];
    await write(page, `subscription { purchaseAttempt(idempotencyKey: "${String(key)}") { status settledAt } }`);
    await click(page, page.locator(".graphiql-execute-button"));
    await expect.poll(() => response(page)).toMatch(/"purchaseAttempt": \{\s+"status": "SUCCEEDED"/);
    await page.getByRole("button", { name: /^Execute query/ }).waitFor();
    const picture = process.env["PICTURE"];
    if (picture !== undefined) await page.screenshot({ path: picture });
  });

  it("follows the system from light to dark while it is open, editors too", async () => {
    const page = await open();
    const editor = page.locator(".graphiql-query-editor .monaco-editor").first();
    const background = () =>
      page.locator(".graphiql-container .graphiql-editors").evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await editor.getAttribute("class")).toMatch(/\bvs\b/);
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => editor.getAttribute("class")).toMatch(/\bvs-dark\b/);
    expect(await background()).not.toBe(light);
    const comment = page.locator(".graphiql-query-editor .view-line span span").first();
    await expect.poll(() => comment.getAttribute("class")).not.toBe("mtk1");
    expect(contrast(await comment.evaluate((element) => getComputedStyle(element).color), await background())).toBeGreaterThan(4.5);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => editor.getAttribute("class")).toMatch(/\bvs\b(?!-)/);
  });

  it("shows operation and result one above the other in a narrow window", async () => {
    const page = await open({ width: 420, height: 800 });
    await click(page, tab(page, "Search"));
    await runOnce(page, "Search");
    const editor = await page.locator(".graphiql-editors").boundingBox();
    const result = await page.locator(".result-window").boundingBox();
    if (editor === null || result === null) throw new Error("a pane is hidden");
    expect(result.y).toBeGreaterThanOrEqual(editor.y + editor.height);
    expect(result.height).toBeGreaterThan(300);
    expect(result.y + result.height).toBeLessThanOrEqual(800);
    for (const { x, width } of [editor, result]) expect([width > 300, x + width <= 420]).toEqual([true, true]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
  });

  it.each([
    [1300, 800],
    [420, 800],
  ])("the page itself does not scroll at %i × %i, however long the operation is", async (width, height) => {
    const page = await open({ width, height });
    await page.locator(".view-line").first().waitFor();
    const size = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    expect(await size()).toEqual([width, height]);
    await click(page, tab(page, "Buy"));
    expect(await size()).toEqual([width, height]);
  });

  it("the docs explorer shows cost and defaults, and nothing that is only for operators", async () => {
    const page = await open();
    await page.click('[aria-label="Show Documentation Explorer"]');
    const docs = page.locator(".graphiql-doc-explorer");
    const go = (name: string) => docs.getByText(name, { exact: true }).first().click();
    await go("Query");
    await docs.getByText("All queries.").waitFor();
    await go("releaseChart");
    await expect.poll(() => docs.innerText()).toMatch(/Cost: usually 1 call to 7digital \(release\/chart\)/);
    expect(await docs.innerText()).toMatch(/first: Int\s[^!]*Default: 10\./);
    await docs.getByText("Query").first().click();
    await docs.getByText("Docs").first().click();
    await go("Mutation");
    await expect.poll(() => docs.innerText()).toContain("basketCreate");
    expect(await docs.innerText()).not.toContain("userCreate");
  });

  it("is pictured for the guides", async () => {
    const page = await open({ width: 1280, height: 800 });
    await runOnce(page, "StartHere");
    // Colours come a little later than the text.
    const colored = (pane: string) => page.locator(`${pane} .view-line span[class^="mtk"]:not(.mtk1)`).count();
    for (const one of [".graphiql-query-editor", ".result-window"]) await expect.poll(() => colored(one)).toBeGreaterThan(20);
    await mkdir(join(repository, "test-results"), { recursive: true });
    const picture = await page.screenshot({ path: join(repository, "test-results/graphiql.png") });
    expect(picture.byteLength).toBeGreaterThan(10_000);
  });

  it("has no user, no purchase and no made-up values without the sandbox", async () => {
    const real = await startFacade();
    onTestFinished(() => real.close());
    browser = await openChromium();
    await visit(browser.page, real.url);
    expect(await browser.page.getByRole("tab").allInnerTexts()).toEqual(["StartHere", "Search", "Artist", "Release", "SignIn"]);
    expect(await browser.page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/Bearer eyJ|sandbox\.test/);
    // Opening the page calls nothing.
    expect(real.calls()).toEqual([]);
    await runOnce(browser.page, "StartHere");
  });
});
