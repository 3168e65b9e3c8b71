/** What is known about one attempt to spend money: as it is kept, and as it is told. */
import type { Store } from "../upstream/session.js";

export type PurchaseMethod = "item" | "rrpItem" | "priceditem" | "basket" | "deliveritem";

/** A track on a release or, without a track, the whole release. */
export interface PurchasedItem {
  readonly releaseId: string;
  readonly trackId?: string | undefined;
}

/** Why nothing was bought. The names are those of `UserErrorCode`. */
export type RefusalCode =
  | "INVALID"
  | "NOT_FOUND"
  | "UNAVAILABLE_IN_CONTEXT"
  | "ALREADY_EXISTS"
  | "UNAUTHENTICATED"
  | "CARD_EXPIRED"
  | "CARD_MISSING"
  | "PAYMENT_FAILED"
  | "PRICE_CHANGED"
  | "VOUCHER_REJECTED"
  | "NOT_SENT"
  | "RATE_LIMITED";

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** 7digital's own code, where it told one. */
  readonly upstreamCode?: number | undefined;
}

/** Who confirmed a purchase: the answer to its own call, or the locker, which shows it. */
export type Confirmation = "ANSWER" | "LOCKER";

/** INTENT: it may be under way, or its process died. NOT_SENT: proven that nothing reached 7digital. REJECTED: 7digital said no, and the
 *  locker does not show it. UNKNOWN: it may have been charged. */
export type AttemptState = "INTENT" | "SUCCEEDED" | "REJECTED" | "NOT_SENT" | "UNKNOWN";

/** An attempt as it is kept. It holds no token, no name and no price: `scope` and `fingerprint` are digests. */
export interface AttemptRecord {
  /** Of this try: a key that is free again begins another. */
  readonly id: string;
  /** Of the user: their keys are their own. */
  readonly scope: string;
  readonly idempotencyKey: string;
  /** Of all that was asked: the same key with anything else is another purchase. */
  readonly fingerprint: string;
  readonly method: PurchaseMethod;
  readonly items: readonly PurchasedItem[];
  readonly store: Store;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** By then the call has ended, whatever came of it. */
  readonly deadlineAtMs: number;
  /** What of it the locker held before: see settlement.ts. */
  readonly baseline: readonly string[];
  readonly state: AttemptState;
  readonly settledAtMs?: number | undefined;
  readonly confirmedBy?: Confirmation | undefined;
  readonly purchaseId?: string | undefined;
  /** As 7digital wrote it. */
  readonly purchaseDate?: string | undefined;
  /** Why it is REJECTED or NOT_SENT. Of an UNKNOWN one: what 7digital said, which no look into the locker has confirmed yet. */
  readonly refusal?: Refusal | undefined;
}

/** How an attempt ended. */
export type Ending = Pick<AttemptRecord, "state" | "settledAtMs" | "confirmedBy" | "purchaseId" | "purchaseDate" | "refusal">;

/** Whether nobody can say how it ended. */
export function isOpen({ state }: AttemptRecord): boolean {
  return state === "INTENT" || state === "UNKNOWN";
}

/** Whether one of them would be bought twice. */
export function overlap(some: readonly PurchasedItem[], others: readonly PurchasedItem[]): boolean {
  const share = (one: PurchasedItem, other: PurchasedItem): boolean =>
    one.releaseId === other.releaseId && (one.trackId === undefined || other.trackId === undefined || one.trackId === other.trackId);
  return some.some((one) => others.some((other) => share(one, other)));
}
