/** Editorial lists, naively. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { releaseOf } from "./release.js";
import { failed, type Ask } from "./shop.js";
import type { Origin } from "./thing.js";
import { trackOf } from "./track.js";

export class EditorialList {
  readonly __typename = "EditorialList";

  private constructor(
    readonly key: string,
    private readonly askDetails: Ask,
    private readonly origin: Origin,
  ) {}

  static async find(key: string, origin: Origin): Promise<EditorialList> {
    const askDetails = () => origin.shop.ask("editorial/list", { key }, "list");
    const list = await askDetails();
    return new EditorialList(list.token("key") ?? key, askDetails, origin);
  }

  id() {
    return `editorialList:${this.key}`;
  }

  async items({ first }: { first: number }) {
    if (first < 1 || first > 100) throw failed("BAD_USER_INPUT");
    const read = async () => (await this.askDetails()).child("listItems")?.all("listItem") ?? [];
    const items = await read();
    return items.slice(0, first).map((item, index) => ({
      entryId: item.attribute("id"),
      content: async () => this.content(async () => (await read())[index] ?? item),
    }));
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
