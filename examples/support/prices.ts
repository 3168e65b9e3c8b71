/** What the server itself says about the prices of an artist's most popular tracks: two pages of two. For tests of caches. */
import type { Facade } from "../../test/support/facade.js";

export const artistId = "1";
/** A user who picks these countries in turn comes back to a full cache. */
export const journey = ["GB", "DE", "US", "GB"];

interface Prices {
  readonly artist: {
    readonly topTracks: { readonly nodes: readonly { readonly price: { readonly current: { readonly display: string } } }[] };
  };
}

export async function pricesIn(facade: Facade, country: string): Promise<string[]> {
  const query = `{ artist(id: "${artistId}") { topTracks(first: 4) { nodes { price { current { display } } } } } }`;
  const { data } = await facade.query<Prices>(query, {}, { "x-7d-country": country });
  return data.artist.topTracks.nodes.map(({ price }) => price.current.display);
}

/** In the order of the journey: page 1, then pages 1 and 2. Prices of countries differ, or a test of them would say nothing. */
export async function pricesOfJourney(facade: Facade): Promise<{ country: string; onPage1: string[]; afterPage2: string[] }[]> {
  const all = await Promise.all(journey.map(async (country) => ({ country, prices: await pricesIn(facade, country) })));
  const first = new Set(all.map(({ prices }) => prices.join()));
  if (first.size !== 3) throw new Error(`Three countries need three prices: ${[...first].join(" | ")}`);
  return all.map(({ country, prices }) => ({ country, onPage1: prices.slice(0, 2), afterPage2: prices }));
}
