/** Prices are those of the country, whichever the user chose before. What is right is asked of the server, without a cache in between. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipNote, withoutChromium } from "../../test/integration/browser/chromium.js";
import { openStage, type Stage } from "./test/stage";
import { costOf } from "./test/visit";

const names = { GB: "United Kingdom", DE: "Germany", US: "United States" } as const;
type Country = keyof typeof names;

interface Releases {
  readonly artist: {
    readonly releases: { readonly nodes: readonly { readonly price: { readonly current: { readonly display: string } | null } }[] };
  };
}

describe.skipIf(withoutChromium)(`prices after a country switch ${skipNote}`, () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await openStage()));
  afterAll(() => stage.close());

  async function choose(country: Country): Promise<void> {
    const { page } = stage;
    await page.getByRole("button", { name: /^Country:/ }).click();
    await page.getByRole("button", { name: new RegExp(`^${names[country]}`) }).click();
    await page.getByRole("button", { name: `Country: ${names[country]}. Change` }).waitFor();
  }

  async function expected(country: Country, first: number): Promise<string[]> {
    const query = "query ($first: Int) { artist(id: 1) { releases(first: $first) { nodes { price { current { display } } } } } }";
    const { data } = await stage.facade.query<Releases>(query, { first }, { "x-7d-country": country });
    return data.artist.releases.nodes.flatMap(({ price: { current } }) => current?.display ?? []);
  }

  /** Of the list of releases; those that are not sold have none. */
  async function shown(): Promise<string[]> {
    const section = stage.page.getByRole("region", { name: /^Releases/ });
    const prices = await section.locator(".price:not(.none)").allInnerTexts();
    return prices.map((text) => text.split(/\s+/).at(-1) ?? "");
  }

  it("GB, DE, US and GB again on page 1, then with page 2", async () => {
    const { page, origin } = stage;
    await page.goto(`${origin}/artist/artist:1`);
    const [gb, de, us] = [await expected("GB", 12), await expected("DE", 12), await expected("US", 12)];
    expect(new Set([gb, de, us].map(String)).size).toBe(3);
    await expect.poll(shown).toEqual(gb);
    await choose("DE");
    await expect.poll(shown).toEqual(de);
    await choose("US");
    await expect.poll(shown).toEqual(us);
    // Each country has a cache of its own: that of Britain still has the page, that of the US no list of countries yet.
    expect(await costOf(stage, () => choose("GB"))).toEqual({ requests: ["Stores"], calls: [] });
    await expect.poll(shown).toEqual(gb);

    const more = () => page.getByRole("button", { name: "More releases" }).click();
    const second = await costOf(stage, async () => {
      await more();
      await expect.poll(shown).toEqual(await expected("GB", 24));
    });
    expect(second.requests).toEqual(["MoreReleases"]);
    await choose("DE");
    await expect.poll(shown).toEqual(de);
    await more();
    await expect.poll(async () => shown()).toEqual(await expected("DE", 24));
    await choose("US");
    await expect.poll(shown).toEqual(us);
    await choose("GB");
    await expect.poll(async () => shown()).toEqual(await expected("GB", 24));
    // A reload keeps the country.
    await choose("DE");
    await page.reload();
    await expect.poll(shown).toEqual(de);
  });
});
