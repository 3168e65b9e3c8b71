/** The baskets of a sandbox, and where each may be used. */

import { randomUUID } from "node:crypto";
import { ApiError } from "../api/errors.js";
import type { Store } from "../model.js";
import type { Basket, BasketItem } from "./basket.js";
import { documentedBasket, isDocumented } from "./documented-basket.js";

const firstItemId = 205_791_001;

export class Baskets {
  private readonly baskets = new Map<string, Basket>();
  private nextItemId = firstItemId;

  create(store: Store): Basket {
    const basket: Basket = { id: randomUUID(), store, items: [], voucherCodes: [] };
    this.baskets.set(basket.id, basket);
    return basket;
  }

  /** Throws ApiError where there is none, or only elsewhere. */
  basket(id: string, store: Store): Basket {
    if (isDocumented(id)) return documentedBasket();
    const found = this.baskets.get(id.toLowerCase());
    if (found === undefined) throw new ApiError(2001, "Basket with basketId not found.");
    const isHere = found.store.country === store.country && found.store.shopId === store.shopId;
    if (!isHere) throw new ApiError(2002, "Basket with basketId is unavailable in this country / shop.");
    return found;
  }

  add(basket: Basket, item: Omit<BasketItem, "id" | "amountDue" | "discounted">): Basket {
    const added: BasketItem = { ...item, id: this.nextItemId++, amountDue: item.price, discounted: false };
    return this.replace({ ...basket, items: [...basket.items, added] });
  }

  remove(basket: Basket, itemId: number): Basket {
    const { items } = isDocumented(basket.id) ? documentedBasket(itemId) : basket;
    if (!items.some((item) => item.id === itemId)) throw new ApiError(2001, "Basket item with id not found.");
    return this.replace({ ...basket, items: items.filter((item) => item.id !== itemId) });
  }

  /** The documented basket stays as the document shows it. */
  replace(basket: Basket): Basket {
    if (!isDocumented(basket.id)) this.baskets.set(basket.id, basket);
    return basket;
  }

  clear(): void {
    this.baskets.clear();
    this.nextItemId = firstItemId;
  }
}
