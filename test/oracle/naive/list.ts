/** Lists, as connections. */
import type { Element } from "./element.js";
import { failed, type Ask, type Shop } from "./shop.js";
import { momentOf } from "./values.js";
import type { Origin } from "./thing.js";

export interface Paging {
  readonly first: number;
  readonly after?: string | null;
  readonly offset?: number | null;
}

export interface Source<T> {
  readonly shop: Shop;
  readonly method: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Names of the list, of its items and of what stands in them, where that is not the item itself. */
  readonly names: readonly [list: string, item: string, inner?: string];
  readonly make: (element: Element, askDetails: Ask) => T;
}

/** @param make Makes an item that stands in lists of others. */
export function made<T>(inside: Omit<Origin, "told">, make: (element: Element, origin: Origin) => T): Pick<Source<T>, "shop" | "make"> {
  return { shop: inside.shop, make: (element, askDetails) => make(element, { ...inside, askDetails }) };
}

export async function connection<T>(source: Source<T>, paging: Paging): Promise<Connection<T>> {
  const found = new Connection(source, offsetOf(paging), paging.first);
  await found.items();
  return found;
}

export function offsetOf({ first, after, offset }: Paging): number {
  const isCursor = after !== null && after !== undefined;
  const from = isCursor ? Number(/^\d{1,9}$/.exec(after)?.[0] ?? "-1") : (offset ?? 0);
  const both = isCursor && offset !== null && offset !== undefined;
  if (first < 1 || first > 100 || from < 0 || from > 999_999_999 || both) throw failed("BAD_USER_INPUT");
  return from;
}

class Connection<T> {
  constructor(
    private readonly source: Source<T>,
    private readonly offset: number,
    private readonly count: number,
  ) {}

  async items(): Promise<readonly Element[]> {
    const { offset, count } = this;
    const before = Math.floor(offset / count);
    const pages = offset % count === 0 ? [before + 1] : [before + 1, before + 2];
    const answers = await Promise.all(pages.map((page) => this.page(page, count)));
    const all = answers.flatMap((answer) => answer.all(this.source.names[1]));
    return all.slice(offset - before * count, offset - before * count + count);
  }

  async nodes() {
    const edges = await this.edges();
    return edges.map(({ node }) => node);
  }

  async edges() {
    const items = await this.items();
    return items.map((item, index) => {
      const position = this.offset + index + 1;
      const again = async () => (await this.page(position, 1)).all(this.source.names[1])[0] ?? item;
      return {
        node: this.source.make(this.inner(item), async () => this.inner(await again())),
        cursor: String(position),
        score: async () => (await again()).real("score") ?? null,
        popularity: async () => this.inner(await again()).real("popularity") ?? null,
        position: async () => (await again()).integer("position") ?? position,
        change: async () => changeOf((await again()).token("change")),
      };
    });
  }

  async pageInfo() {
    const { offset, count } = this;
    const items = await this.items();
    return {
      hasNextPage: offset + count < ((await this.totalCount()) ?? 0),
      hasPreviousPage: offset > 0,
      startCursor: items.length > 0 ? String(offset + 1) : null,
      endCursor: items.length > 0 ? String(offset + items.length) : null,
    };
  }

  async totalCount() {
    return (await this.page(1, this.count)).integer("totalItems");
  }

  async fromDate() {
    return dayOf((await this.page(1, this.count)).token("fromDate"));
  }

  async toDate() {
    return dayOf((await this.page(1, this.count)).token("toDate"));
  }

  private page(page: number, pageSize: number): Promise<Element> {
    const { shop, method, params, names } = this.source;
    return shop.ask(method, { ...params, page, pageSize }, names[0]);
  }

  private inner(item: Element): Element {
    const [, , name] = this.source.names;
    return name === undefined ? item : (item.object(name) ?? item);
  }
}

function dayOf(written: string | null | undefined): string | null {
  return momentOf(written)?.slice(0, 10) ?? null;
}

function changeOf(written: string | null | undefined): string | null {
  const change = written?.toUpperCase() ?? null;
  return change === null || ["UP", "DOWN", "SAME", "NEW"].includes(change) ? change : "UNKNOWN";
}
