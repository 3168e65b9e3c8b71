import { useEffect, useEffectEvent, type ReactNode } from "react";
import type { Order } from "./order";
import { OutcomeNotice } from "./outcome-notice";
import { usePurchase } from "./use-purchase";

interface CheckoutProps {
  /** What the page sells: the same as that of its orders. */
  readonly subject: string;
  /** Undefined where it cannot be bought. */
  readonly order: Order | undefined;
  /** Reads the price again. */
  readonly onReload: () => void;
  readonly onBought?: () => void;
  /** The order, as the user sees it. */
  readonly children: ReactNode;
}

/** The button to buy, and what became of it. */
export function Checkout({ subject, order, onReload, onBought, children }: CheckoutProps) {
  const purchase = usePurchase(subject);
  const { kind } = purchase.state;
  const follow = useEffectEvent((outcome: string) => {
    if (outcome === "bought") onBought?.();
    if (outcome === "priceChanged" && order?.kind === "basket") onReload();
  });
  useEffect(() => follow(kind), [kind]);
  const isReady = kind === "ready" || kind === "sending";
  return (
    <>
      {kind !== "bought" && children}
      {isReady && order && (
        <button type="button" className="button" aria-disabled={kind === "sending"} onClick={() => purchase.buy(order)}>
          {kind === "sending" ? "Buying" : `Pay ${order.display}`}
        </button>
      )}
      {purchase.state.kind !== "ready" && purchase.state.kind !== "sending" && (
        <OutcomeNotice outcome={purchase.state} order={order} purchase={purchase} />
      )}
    </>
  );
}
