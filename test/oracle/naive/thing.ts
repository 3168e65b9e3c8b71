/** What artists, releases, tracks and tags have in common: where they came from, and where else to look. */
import { anew } from "./anew.js";
import type { Element } from "./element.js";
import { failed, type Ask, type Shop } from "./shop.js";

export interface Origin {
  readonly shop: Shop;
  /** Asks again for the element it came in; undefined where nothing was asked. */
  readonly askDetails?: Ask | undefined;
  /** The objects in whose lists it stands, the nearest first: what is told of them is told of it, where it is one of them. */
  readonly within: readonly Thing[];
}

type Select<V> = (element: Element) => V | null | undefined;

export abstract class Thing {
  abstract readonly __typename: string;

  constructor(
    readonly key: string,
    protected readonly origin: Origin,
  ) {}

  /** All that 7digital tells of it. */
  protected abstract details(shop: Shop): Promise<Element>;

  /** Where the items of its lists come from. */
  protected get inside(): Origin {
    return { shop: this.origin.shop, within: [this, ...this.origin.within] };
  }

  /** The first that tells, in the order in which they are to be asked. */
  private async teller(select: Select<unknown>): Promise<Ask> {
    const around = this.origin.within.filter((one) => one.__typename === this.__typename && one.key === this.key);
    const asks = [this.origin.askDetails, ...around.map(({ origin }) => origin.askDetails)];
    for (const ask of asks) if (ask !== undefined && select(await ask()) !== undefined) return ask;
    return () => this.details(this.origin.shop);
  }

  protected async tell<V>(select: Select<V>): Promise<V | null> {
    const ask = await this.teller(select);
    return select(await ask()) ?? null;
  }

  /** The same for values that have fields. */
  protected async part(select: Select<object>): Promise<unknown> {
    const ask = await this.teller(select);
    const again = async () => select(await ask()) ?? null;
    return anew(await again(), again);
  }

  /** The same for an element that is a thing of its own. */
  protected async linked<T>(name: string, make: (element: Element, origin: Origin) => T): Promise<T> {
    const select = (element: Element) => element.object(name);
    const ask = await this.teller(select);
    const askDetails = async () => always(select(await ask()));
    return make(await askDetails(), { ...this.origin, askDetails });
  }
}

/** What everything of its kind has. */
export function always<V>(value: V | null | undefined): V {
  if (value === null || value === undefined) throw failed("UPSTREAM_BAD_RESPONSE");
  return value;
}
