/** What the runs buy, and with whose money: reads prices once, and makes a user of its own for every run. */
import { setTimeout as wait } from "node:timers/promises";
import type { Sandbox } from "../../src/sandbox/sandbox.js";
import { misbehaving } from "../../src/sandbox/shop/misbehaving.js";
import type { Client, Order } from "./client.js";
import type { CardOf, Goods, Wanted } from "./plan.js";

interface Offer {
  readonly itemId: string;
  readonly quote: string;
}

interface Shelf {
  readonly release: Offer;
  readonly track: Offer;
}

interface Priced {
  readonly id: string;
  readonly price: { readonly quote: string } | null;
}

/** Sold in Britain, as a whole and track by track, at a list price. */
const ordinary = [155408, 302123, 36567, 3000, 3010, 3020];

const priced = "query ($id: ID!) { release(id: $id) { id price { quote } tracks(first: 1) { nodes { id price { quote } } } } }";
const makeBasket = "mutation { basketCreate { basket { id } } }";
const fillBasket =
  "mutation ($basketId: ID!, $itemId: ID!) { basketLinesAdd(input: { basketId: $basketId, lines: [{ itemId: $itemId }] }) { " +
  "basket { amountDue { amount } } userErrors { message } } }";

export class Shop {
  private constructor(readonly shelves: ReadonlyMap<Goods, readonly Shelf[]>) {}

  static async open(client: Client): Promise<Shop> {
    const shelves = new Map<Goods, readonly Shelf[]>([["ordinary", await Promise.all(ordinary.map((id) => shelf(client, id)))]]);
    for (const [goods, id] of Object.entries(misbehaving)) shelves.set(goods as Goods, [await shelf(client, id)]);
    return new Shop(shelves);
  }

  /** Gives the order, but for its key. It carries a mark as far as the book of sales. */
  async orderOf(wanted: Wanted, client: Client, facade: number): Promise<(mark: string) => Order> {
    const { itemId, quote } = this.offer(wanted);
    const { way, pricing } = wanted;
    const salesTags = (mark: string) => [{ key: "chaos", value: mark }];
    if (way === "delivery") return (mark) => ({ mutation: "itemDeliver", input: { itemId, transactionId: mark } });
    if (way === "item") return (mark) => ({ mutation: "itemPurchase", input: { itemId, quote, pricing, salesTags: salesTags(mark) } });
    const basket = await basketWith(itemId, client, facade);
    return (mark) => ({ mutation: "basketPurchase", input: { ...basket, salesTags: salesTags(mark) } });
  }

  private offer({ goods, nth, whole }: Wanted): Offer {
    const shelves = this.shelves.get(goods) ?? [];
    const found = shelves[nth % shelves.length];
    if (found === undefined) throw new Error(`The shop has no ${goods}.`);
    return whole ? found.release : found.track;
  }
}

/** A machine that has just started so many processes may answer late. */
const patienceMs = 300_000;
const pauseMs = 500;

async function shelf(client: Client, id: number): Promise<Shelf> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await readShelf(client, id);
    } catch (error) {
      if (Date.now() > until) throw error;
      await wait(pauseMs);
    }
  }
}

async function readShelf(client: Client, id: number): Promise<Shelf> {
  const { release } = await client.data<{ release: Priced & { tracks: { nodes: Priced[] } } }>(0, priced, { id: `release:${String(id)}` });
  return { release: offer(release), track: offer(release.tracks.nodes[0]) };
}

function offer(item: Priced | undefined): Offer {
  if (!item?.price) throw new Error("The sandbox returns no price.");
  return { itemId: item.id, quote: item.price.quote };
}

interface Filled {
  readonly basketLinesAdd: {
    readonly basket: { readonly amountDue: { readonly amount: string } } | null;
    readonly userErrors: readonly unknown[];
  };
}

/** @throws Error where the item is not in it */
async function basketWith(itemId: string, client: Client, facade: number) {
  const { basketCreate } = await client.data<{ basketCreate: { basket: { id: string } } }>(facade, makeBasket);
  const basketId = basketCreate.basket.id;
  const { basket, userErrors } = (await client.data<Filled>(facade, fillBasket, { basketId, itemId })).basketLinesAdd;
  if (basket === null || userErrors.length > 0) throw new Error(`The basket is not filled: ${JSON.stringify(userErrors)}`);
  return { basketId, expectedAmountDue: basket.amountDue.amount };
}

const cards = {
  good: { kind: "good", expiryDate: "209912" },
  declined: { kind: "declined", expiryDate: "209912" },
  expired: { kind: "expired", expiryDate: "201001" },
} as const;

/** A user of the partner's own, whom only this run knows. */
export function createUser({ accounts }: Sandbox, userId: string, card: CardOf) {
  const user = accounts.createPartnerUser(userId, null);
  if (card !== "none") accounts.addCard(user, { type: "Visa", lastFourDigits: "1111", cardHolderName: "C. Haos", ...cards[card] });
  return user;
}
