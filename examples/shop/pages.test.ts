/** What each page costs, what axe says of it, and how it looks (SHOP_SCREENSHOTS keeps the pictures). */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipNote, withoutChromium } from "../../test/integration/browser/chromium.js";
import { openStage, type Stage } from "./test/stage";
import { costOf, signIn, signOut, violationsOf, type Cost } from "./test/visit";

const pictures = process.env.SHOP_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), "shop-pictures-"));
const widths = [360, 1024, 1440];
const album = "release:36567";

describe.skipIf(withoutChromium)(`pages of the shop ${skipNote}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await watchShifts();
  });
  afterAll(() => stage.close());

  async function open(path: string, heading: string): Promise<void> {
    await stage.page.goto(`${stage.origin}${path}`);
    await stage.page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  }

  /** How far things moved since the page began to load. @see https://web.dev/articles/cls */
  function shiftOf(): Promise<number> {
    return stage.page.evaluate(() => (window as unknown as { shift: number }).shift);
  }

  async function watchShifts(): Promise<void> {
    await stage.page.addInitScript(() => {
      const watched = window as unknown as { shift: number };
      watched.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) watched.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
  }

  /** No page scrolls sideways. */
  async function look(name: string): Promise<void> {
    const { page } = stage;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${String(width)}.png`), fullPage: true });
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
  }

  async function addAlbum(): Promise<void> {
    await open(`/release/${album}`, "Under The Iron Sea");
    await stage.page.getByRole("button", { name: "Add to basket" }).click();
    await stage.page.getByText("is in your basket.").waitFor();
    await stage.page.getByRole("button", { name: "Dismiss" }).click();
  }

  interface Row extends Cost {
    readonly name: string;
    readonly prepare?: () => Promise<unknown>;
    readonly visit: () => Promise<unknown>;
  }

  /** Nothing is cached before: each page shows other things. */
  const rows: readonly Row[] = [
    {
      name: "first",
      visit: () => open("/", "Music you keep."),
      requests: ["Home"],
      calls: ["editorial/list", "release/bydate", "release/chart"],
    },
    {
      name: "search",
      visit: () => open("/search?q=keane", "Results for “keane”"),
      requests: ["SearchPage"],
      calls: ["artist/search", "release/search", "track/search"],
    },
    {
      name: "release",
      visit: () => open("/release/release:155408", "Dreams UK"),
      requests: ["ReleasePage"],
      calls: ["release/details", "release/recommend", "release/tracks"],
    },
    {
      name: "artist",
      visit: () => open("/artist/artist:1", "Keane"),
      requests: ["ArtistPage"],
      calls: ["artist/details", "artist/releases", "artist/similar", "artist/toptracks"],
    },
    {
      name: "basket",
      prepare: addAlbum,
      visit: () => open("/basket", "Basket"),
      requests: ["BasketPage"],
      calls: ["basket"],
    },
    {
      name: "purchase",
      prepare: () => signIn(stage),
      visit: () => open("/buy/release:302123", "Buy"),
      requests: ["ItemCheckout"],
      calls: ["release/details", "user/locker"],
    },
    {
      name: "library",
      visit: () => open("/library", "Library"),
      requests: ["Library"],
      calls: ["user/locker"],
    },
  ];

  for (const { name, prepare, visit, requests, calls } of rows) {
    it(`${name}: ${String(requests.length)} request, ${String(calls.length)} calls, no violations`, async () => {
      await stage.page.setViewportSize({ width: 1440, height: 900 });
      await prepare?.();
      const { complaints } = stage.browser;
      expect(await costOf(stage, visit)).toEqual({ requests, calls });
      // Below 0.1 is good.
      expect(await shiftOf()).toBeLessThan(0.1);
      expect(await violationsOf(stage.page)).toEqual([]);
      await look(name);
      expect(complaints).toEqual([]);
    });
  }

  it("what is added costs a request for the first basket and one for each line, and the basket's page none", async () => {
    const { page } = stage;
    await signOut(stage);
    await open("/release/release:155408", "Dreams UK");
    const add = (name: string) => async () => {
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText("is in your basket.").waitFor();
      await page.getByRole("button", { name: "Dismiss" }).click();
    };
    expect(await costOf(stage, add("Add to basket"))).toEqual({
      requests: ["BasketCreate", "BasketLinesAdd"],
      calls: ["basket/addItem", "basket/create"],
    });
    expect(await costOf(stage, add("Add Golden Cage to the basket"))).toEqual({ requests: ["BasketLinesAdd"], calls: ["basket/addItem"] });
    await page.getByRole("link", { name: /^Basket/ }).click();
    await page.getByText("£8.98").waitFor();
    const applied = await costOf(stage, async () => {
      await page.getByLabel("Voucher").fill("TEN-OFF");
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByText("£8.08", { exact: true }).waitFor();
    });
    expect(applied).toEqual({ requests: ["BasketVoucherApply"], calls: ["basket/applyVoucher"] });
    await page.getByLabel("Voucher").fill("EXPIRED");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("This voucher takes nothing off").waitFor();
    const removed = await costOf(stage, async () => {
      await page.getByRole("button", { name: "Remove Golden Cage" }).click();
      await page.getByText("£7.19").first().waitFor();
    });
    expect(removed).toEqual({ requests: ["BasketLinesRemove"], calls: ["basket/removeItem"] });
    expect(await violationsOf(page)).toEqual([]);
  });

  it("the country picker asks for the stores when it is opened, without a call", async () => {
    const { page } = stage;
    await open("/basket", "Basket");
    const opened = await costOf(stage, async () => {
      await page.getByRole("button", { name: /^Country: United Kingdom/ }).click();
      await page.getByRole("button", { name: /^Germany/ }).waitFor();
    });
    expect(opened).toEqual({ requests: ["Stores"], calls: [] });
    expect(await violationsOf(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, "countries-light-1440.png") });
  });

  it("an address that leads nowhere says so", async () => {
    await open("/release/release:999999999", "There is no such page");
    await open("/artist/abc", "There is no such page");
    await open("/nowhere", "There is no such page");
    expect(await violationsOf(stage.page)).toEqual([]);
  });

  it("where a call fails the page shows the rest and tries again, and where all fail it says so", async () => {
    const { facade, page } = stage;
    const mend = facade.sandbox.faults.add({ method: "artist/similar", fault: { kind: "status", status: 503 } });
    await open("/artist/artist:226", "Pink");
    await page.getByText("Some of this page is missing").waitFor();
    expect(await page.getByRole("heading", { name: /^Releases/ }).count()).toBe(1);
    mend();
    facade.sandbox.faults.add({ method: "*", fault: { kind: "status", status: 503 } });
    await open("/artist/artist:14", "Something went wrong");
    await page.screenshot({ path: join(pictures, "failed-light-1440.png") });
    facade.sandbox.faults.clear();
  });

  it("a clip plays in an audio element, and another track takes its place", async () => {
    const { page } = stage;
    await open("/release/release:155408", "Dreams UK");
    await page.evaluate("document.querySelector('audio').muted = true");
    await page.getByRole("button", { name: "Play a clip of Burning" }).click();
    await expect.poll(() => page.evaluate("document.querySelector('audio').duration")).toBe(2);
    await page.getByRole("button", { name: "Play a clip of Golden Cage" }).click();
    await page.getByRole("region", { name: "Clip player" }).getByText("Golden Cage").waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});
