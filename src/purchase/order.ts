/** What a client has ordered, checked. An order is plain data: preparing and sending it are steps of their own. */
import type { ForSale, Money } from "../shared/price-reading.js";
import type { Store, UserCredential } from "../upstream/session.js";
import type { PurchasedItem } from "./attempt.js";

/** Who buys, in which store, and under which key. */
export interface Terms {
  readonly user: UserCredential;
  readonly store: Store;
  readonly idempotencyKey: string;
  /** Buy although earlier attempts at the same items may have been charged. */
  readonly acknowledgeUnknown: boolean;
}

export type Tags = Readonly<Record<string, string>>;

/** One item, at a price that was shown or at a price of the operator's own. */
export interface ItemOrder extends Terms {
  readonly method: "item" | "rrpItem" | "priceditem";
  readonly item: PurchasedItem;
  /** Decimal text, as it is sent. */
  readonly price: string;
  readonly tags: Tags;
  /** What the quote proves was shown. Undefined for a price of the operator's own. */
  readonly shown: ShownOffer | undefined;
  readonly quoteExpired: boolean;
}

export interface ShownOffer {
  readonly price: Money | null;
  readonly of: ForSale;
}

/** Everything in a basket. */
export interface BasketOrder extends Terms {
  readonly method: "basket";
  readonly basketId: string;
  readonly expectedAmountDue: string;
  readonly tags: Tags;
}

/** One item for a user who has paid the operator. */
export interface DeliveryOrder extends Terms {
  readonly method: "deliveritem";
  readonly item: PurchasedItem;
  readonly transactionId: string;
  readonly retailPrice: string | undefined;
  readonly emailAddress: string | undefined;
}

export type Order = ItemOrder | BasketOrder | DeliveryOrder;
