/** The life of one purchase. Its key is made when the user agrees, stored before it is sent, and goes when the outcome is known. */
import { useCallback, useEffect, useState } from "react";
import { useClient } from "urql";
import { keepsKey, type Outcome } from "./outcome";
import type { Order } from "./order";
import { forgetPending, pendingOf, storePending, type Pending } from "./pending";
import { readOutcome, sendPurchase } from "./requests";

export type PurchaseState = { readonly kind: "ready" } | { readonly kind: "sending" } | Outcome;

export interface Purchase {
  readonly state: PurchaseState;
  /** Does nothing while a purchase of the same is open. @param acknowledgeUnknown The user knows that they may pay twice. */
  readonly buy: (order: Order, acknowledgeUnknown?: boolean) => void;
  /** The same again, with the same key. */
  readonly sendAgain: () => void;
  /** Asks how it ended. */
  readonly check: () => void;
}

/** @param subject What the page sells. A purchase of it that has no outcome yet goes on. */
export function usePurchase(subject: string): Purchase {
  const client = useClient();
  const [state, setState] = useState<PurchaseState>(() => ({ kind: pendingOf(subject) ? "unknown" : "ready" }));

  const settle = useCallback(
    (outcome: Outcome) => {
      if (!keepsKey(outcome)) forgetPending(subject);
      setState(outcome);
    },
    [subject],
  );
  const check = useCallback(async () => {
    const pending = pendingOf(subject);
    if (pending) settle(await readOutcome(client, pending));
  }, [client, settle, subject]);
  usePolling(state.kind === "unknown", check);

  const send = async (pending: Pending): Promise<void> => {
    storePending(pending);
    setState({ kind: "sending" });
    settle(await sendPurchase(client, pending));
  };
  return {
    state,
    buy(order, acknowledgeUnknown = false) {
      if (state.kind === "sending" || pendingOf(subject)) return;
      void send({ order, idempotencyKey: crypto.randomUUID(), acknowledgeUnknown });
    },
    sendAgain() {
      const pending = pendingOf(subject);
      if (pending && state.kind !== "sending") void send(pending);
    },
    check: () => void check(),
  };
}

const firstPollMs = 2000;
const lastPollMs = 30_000;

/** At once, then less and less often. */
function usePolling(isOn: boolean, poll: () => Promise<void>): void {
  useEffect(() => {
    if (!isOn) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const run = async (nextMs: number): Promise<void> => {
      await poll();
      if (!isOver) timer = setTimeout(() => void run(Math.min(nextMs * 2, lastPollMs)), nextMs);
    };
    void run(firstPollMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isOn, poll]);
}
