/** What the user agreed to buy, and for how much. */
export type Order = ItemOrder | BasketOrder;

interface ItemOrder {
  readonly kind: "item";
  readonly itemId: string;
  /** Proof of the price that was shown. */
  readonly quote: string;
  /** The price as it was shown. */
  readonly display: string;
}

interface BasketOrder {
  readonly kind: "basket";
  readonly basketId: string;
  readonly expectedAmountDue: string;
  readonly display: string;
}

/** What is bought, whatever it costs. */
export function subjectOf(order: Order): string {
  return order.kind === "item" ? order.itemId : order.basketId;
}
