/** Search as you type, and the whole way from search to purchase without a pointer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Request } from "playwright-core";
import { skipNote, withoutChromium } from "../../test/integration/browser/chromium.js";
import { openStage, type Stage } from "./test/stage";
import { costOf, isGraphql, operationOf, signIn, signOut, violationsOf } from "./test/visit";

describe.skipIf(withoutChromium)(`search and keyboard ${skipNote}`, () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await openStage()));
  afterAll(() => stage.close());
  beforeEach(() => signOut(stage));

  const search = () => stage.page.getByRole("combobox", { name: /^Search/ });
  const focused = () => stage.page.evaluate(() => document.activeElement?.textContent ?? "");

  /** As far as the element with these words. */
  async function tabTo(words: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    for (let steps = 0; steps < 60; steps++) {
      await stage.page.keyboard.press(key);
      if ((await focused()).includes(words)) return;
    }
    throw new Error(`Tab does not lead to ${words}.`);
  }

  it("cancels what is no longer wanted", async () => {
    const { page, origin } = stage;
    await page.goto(`${origin}/basket`);
    const failed: Request[] = [];
    page.on("requestfailed", (request) => failed.push(request));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(
      "**/graphql",
      async (route) => {
        await held;
        await route.abort();
      },
      { times: 1 },
    );
    const [first] = await Promise.all([page.waitForRequest(isGraphql), search().fill("kea")]);
    await search().fill("keane");
    await page
      .getByRole("option", { name: /^Keane/ })
      .first()
      .waitFor();
    expect(operationOf(first).variables).toEqual({ query: "kea" });
    await expect.poll(() => failed.map((request) => request.failure()?.errorText)).toEqual(["net::ERR_ABORTED"]);
    release();
  });

  it("skips to the content, and moves the focus there after navigation", async () => {
    const { page, origin } = stage;
    await page.goto(`${origin}/basket`);
    await search().waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.getByRole("link", { name: "See what is new" }).press("Enter");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("main");
    await expect.poll(() => page.title()).toBe("Sleeve");
  });

  it("from search to purchase with the keyboard alone", async () => {
    const { page, origin, facade } = stage;
    await signIn(stage);
    await page.goto(`${origin}/`);
    await search().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("under the iron sea");
    const option = page.getByRole("option", { name: /^Under The Iron Sea/ }).first();
    await option.waitFor();
    const index = await option.evaluate((element) => [...(element.parentElement?.children ?? [])].indexOf(element));
    for (let steps = 0; steps <= index; steps++) await page.keyboard.press("ArrowDown");
    expect(await option.getAttribute("aria-selected")).toBe("true");
    expect(await search().getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Under The Iron Sea", level: 1 }).waitFor();
    await tabTo("Add to basket");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Under The Iron Sea is in your basket.").waitFor();
    await tabTo("Basket", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Buy", exact: true }).waitFor();
    await tabTo("Buy");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Pay £7.99" }).waitFor();
    await tabTo("Pay £7.99");
    await page.keyboard.press("Enter");
    await page.getByText("Thank you. It is yours.").waitFor();
    expect(facade.sandbox.sales.map(({ amount }) => amount)).toEqual(["7.99"]);
  });

  it("asks once the user stops typing: one request, two calls", async () => {
    const { page, origin } = stage;
    await page.clock.install({ time: "2030-01-01T00:00:00Z" });
    await page.goto(`${origin}/basket`);
    await page.clock.pauseAt("2030-01-01T01:00:00Z");
    const typed = await costOf(stage, () => search().pressSequentially("pink"));
    expect(typed).toEqual({ requests: [], calls: [] });
    const settled = await costOf(stage, async () => {
      await page.clock.runFor(300);
      await page.getByRole("option", { name: /^Pink/ }).first().waitFor();
    });
    expect(settled).toEqual({ requests: ["Suggestions"], calls: ["artist/search", "release/search"] });
    // axe waits, too.
    await page.clock.resume();
    expect(await violationsOf(page)).toEqual([]);
  });
});
