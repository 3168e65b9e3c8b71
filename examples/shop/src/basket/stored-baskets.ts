/** The basket of each country. A basket belongs to the store it was created in, and who has its ID can change it. */
import { useCountry } from "../country/country";
import { createStored, isRecord, useStored } from "../shared/stored";

interface StoredBasket {
  readonly id: string;
  /** As of the last response: the header shows it without a request. */
  readonly itemCount: number;
}

type StoredBaskets = Readonly<Record<string, StoredBasket>>;

function isBaskets(value: unknown): value is StoredBaskets {
  return isRecord(value) && Object.values(value).every((basket) => isRecord(basket) && typeof basket.id === "string");
}

const baskets = createStored("sleeve.baskets", isBaskets);

export function useStoredBasket(): StoredBasket | undefined {
  const country = useCountry();
  return useStored(baskets)?.[country];
}

/** @param basket Undefined to forget it. */
export function storeBasket(country: string, basket: StoredBasket | undefined): void {
  const others = Object.entries(baskets.read() ?? {}).filter(([other]) => other !== country);
  const kept = basket && [country, { id: basket.id, itemCount: basket.itemCount }];
  baskets.write(Object.fromEntries(kept ? [...others, kept] : others) as StoredBaskets);
}

export function storedBasketOf(country: string): StoredBasket | undefined {
  return baskets.read()?.[country];
}
