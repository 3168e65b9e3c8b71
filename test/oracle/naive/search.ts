/** Searches and charts, naively. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { connection, made, type Paging } from "./list.js";
import { releaseOf } from "./release.js";
import type { Shop } from "./shop.js";
import type { Origin } from "./thing.js";
import { trackOf } from "./track.js";

type Kind = "artist" | "release" | "track";
type Make = (element: Element, origin: Origin) => object;
const makers: Readonly<Record<Kind, Make>> = { artist: artistOf, release: releaseOf, track: trackOf };

export class Search {
  constructor(
    private readonly shop: Shop,
    private readonly q: string,
  ) {}

  artists({ sort, ...paging }: Paging & { sort: string }) {
    return this.find("artist", { sort: sort.toLowerCase().replace("_", " ") }, paging);
  }

  releases({ types, ...paging }: Paging & { types?: readonly string[] | null }) {
    return this.find("release", { type: types?.length ? [...new Set(types)].join(",").toLowerCase() : undefined }, paging);
  }

  tracks(paging: Paging) {
    return this.find("track", {}, paging);
  }

  private find(kind: Kind, params: Readonly<Record<string, string | undefined>>, paging: Paging) {
    const source = made({ shop: this.shop, within: [] }, makers[kind]);
    return connection(
      { ...source, method: `${kind}/search`, params: { q: this.q, ...params }, names: ["searchResults", "searchResult", kind] },
      paging,
    );
  }
}

export interface ChartArgs extends Paging {
  readonly period: string;
  readonly until?: string | null;
}

export function chart(shop: Shop, kind: Kind, { period, until, ...paging }: ChartArgs) {
  const params = { period: period.toLowerCase(), toDate: until?.replaceAll("-", "") };
  const source = made({ shop, within: [] }, makers[kind]);
  return connection({ ...source, method: `${kind}/chart`, params, names: ["chart", "chartItem", kind] }, paging);
}
