import type { Client } from "urql";
import { unmask } from "../generated";
import { outcomeOf, outcomeOfAttempt, type Outcome } from "./outcome";
import type { Pending } from "./pending";
import { attemptParts, BasketPurchase, HowItEnded, ItemPurchase } from "./purchase-documents";

/** 7digital leads the user back to this page. */
const returnUrl = (): string => `${location.origin}${location.pathname}`;

export async function sendPurchase(client: Client, { order, idempotencyKey, acknowledgeUnknown }: Pending): Promise<Outcome> {
  if (order.kind === "item") {
    const { itemId, quote } = order;
    const input = { itemId, quote, idempotencyKey, acknowledgeUnknown };
    const { data, error } = await client.mutation(ItemPurchase, { input, returnUrl: returnUrl() }).toPromise();
    return outcomeOf(data?.itemPurchase, error);
  }
  const { basketId, expectedAmountDue } = order;
  const input = { basketId, expectedAmountDue, idempotencyKey, acknowledgeUnknown };
  const { data, error } = await client.mutation(BasketPurchase, { input, returnUrl: returnUrl() }).toPromise();
  return outcomeOf(data?.basketPurchase, error);
}

export async function readOutcome(client: Client, { idempotencyKey }: Pending): Promise<Outcome> {
  const variables = { idempotencyKey, returnUrl: returnUrl() };
  const { data, error } = await client.query(HowItEnded, variables, { requestPolicy: "network-only" }).toPromise();
  // No answer: it stays unknown, and is asked again.
  if (error || !data) return { kind: "unknown" };
  if (!data.viewer) return { kind: "signIn" };
  return outcomeOfAttempt(unmask(attemptParts, data.viewer.purchaseAttempt) ?? null, data.viewer.addCardUrl);
}
