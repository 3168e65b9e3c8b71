/** Editorial and merchandising lists, naively. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { releaseOf } from "./release.js";
import { offsetOf, type Paging } from "./list.js";
import { failed, type Ask, type Shop } from "./shop.js";
import type { Origin } from "./thing.js";
import { trackOf } from "./track.js";

type Kind = "editorialList" | "merchandisingList";

export class EditorialList {
  private constructor(
    private readonly kind: Kind,
    readonly key: string,
    private readonly askDetails: Ask,
    private readonly origin: Origin,
  ) {}

  static async find(kind: Kind, key: string, origin: Origin): Promise<EditorialList> {
    const ask = {
      editorialList: () => origin.shop.ask("editorial/list", { key }, "list"),
      merchandisingList: () => inShop(origin.shop).ask("merchandising/list/details", { key }, "list"),
    }[kind];
    const list = await ask();
    return new EditorialList(kind, list.token("key") ?? key, ask, origin);
  }

  get __typename() {
    return this.kind === "editorialList" ? "EditorialList" : "MerchandisingList";
  }

  id() {
    return `${this.kind}:${this.key}`;
  }

  async description() {
    return (await this.askDetails()).token("description") ?? null;
  }

  /** The list has no pages: what is asked for is cut out here. */
  async items(paging: Paging) {
    const from = offsetOf(paging);
    const read = async () => (await this.askDetails()).child("listItems")?.all("listItem") ?? [];
    const all = await read();
    const edges = all.slice(from, from + paging.first).map((item, index) => ({
      node: {
        entryId: item.attribute("id"),
        content: async () => this.content(async () => (await read())[from + index] ?? item),
      },
      cursor: String(from + index + 1),
    }));
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      totalCount: all.length,
      pageInfo: {
        hasNextPage: from + paging.first < all.length,
        hasPreviousPage: from > 0,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  private async content(ask: Ask): Promise<object | null> {
    const item = await ask();
    const makers = { release: releaseOf, artist: artistOf, track: trackOf };
    for (const [name, make] of Object.entries(makers)) {
      const found = item.object(name);
      const askDetails = async (): Promise<Element> => (await ask()).object(name) ?? item;
      if (found) return make(found, { ...this.origin, askDetails });
    }
    return null;
  }
}

/** Shop 34 is the British one; no other is known. */
function inShop(shop: Shop): Shop {
  if ("shopId" in shop.store) return shop;
  if (shop.store.country === "GB") return shop.in({ shopId: "34" });
  throw failed("BAD_USER_INPUT");
}
