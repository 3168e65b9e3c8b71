/** An attempt to spend money, as the database keeps it. */
import type { UserErrorCode } from "../shared/user-error.js";
import type { Store } from "../upstream/session.js";

export type PurchaseMethod = "item" | "rrpItem" | "priceditem" | "basket" | "deliveritem";

/** A track on a release or, without a track, the whole release. */
export interface PurchasedItem {
  readonly releaseId: string;
  readonly trackId?: string | undefined;
}

/** Why nothing was bought. */
export type RefusalCode = Exclude<UserErrorCode, "IDEMPOTENCY_KEY_REUSED" | "EARLIER_ATTEMPT" | "OUTCOME_UNKNOWN">;

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** 7digital's own code, where it sent one. */
  readonly upstreamCode?: number | undefined;
}

/** What proves a purchase: the answer to its own call, or the user's locker, which shows it. */
export type Confirmation = "ANSWER" | "LOCKER";

/** INTENT: the call may be under way, or its process died. NOT_SENT: it is proven that nothing reached 7digital. REJECTED: 7digital said no,
 *  and the locker does not show the purchase. UNKNOWN: the user may have been charged. */
export type AttemptState = "INTENT" | "SUCCEEDED" | "REJECTED" | "NOT_SENT" | "UNKNOWN";

/** What an attempt is found by. Every user has keys of their own. */
export interface AttemptKey {
  /** A digest of the user. */
  readonly scope: string;
  readonly idempotencyKey: string;
}

export interface AttemptIdentity extends AttemptKey {
  /** A digest of everything that was ordered: the same key with another fingerprint is another purchase. */
  readonly fingerprint: string;
}

/** The record holds no token, no name and no price. */
export interface AttemptRecord extends AttemptIdentity {
  /** New for every try: a key that is free again may be used by another attempt. */
  readonly id: string;
  readonly method: PurchaseMethod;
  readonly items: readonly PurchasedItem[];
  readonly store: Store;
  /** Epoch ms. */
  readonly startedAtMs: number;
  /** Epoch ms. The call has ended by then, with whatever result. */
  readonly deadlineAtMs: number;
  /** What the locker held of the items before the call: see `baselineOf`. */
  readonly baseline: readonly string[];
  readonly state: AttemptState;
  readonly settledAtMs?: number | undefined;
  readonly confirmedBy?: Confirmation | undefined;
  readonly purchaseId?: string | undefined;
  /** As 7digital writes it. */
  readonly purchaseDate?: string | undefined;
  /** Why the attempt is REJECTED or NOT_SENT. On an UNKNOWN one: what 7digital said, not yet confirmed by a look into the locker. */
  readonly refusal?: Refusal | undefined;
}

/** How an attempt ended. */
export type Ending = Pick<AttemptRecord, "state" | "settledAtMs" | "confirmedBy" | "purchaseId" | "purchaseDate" | "refusal">;

/** Whether its outcome is not known yet. */
export function isOpen({ state }: AttemptRecord): boolean {
  return state === "INTENT" || state === "UNKNOWN";
}

/** Whether its key is spent: only an attempt that was never sent leaves it free. */
export function usesKey(
  attempt: AttemptRecord | undefined,
): attempt is AttemptRecord & { readonly state: Exclude<AttemptState, "NOT_SENT"> } {
  return attempt !== undefined && attempt.state !== "NOT_SENT";
}

/** Whether the two lists share an item, so that buying both would buy it twice. */
export function overlap(some: readonly PurchasedItem[], others: readonly PurchasedItem[]): boolean {
  const share = (one: PurchasedItem, other: PurchasedItem): boolean =>
    one.releaseId === other.releaseId && (one.trackId === undefined || other.trackId === undefined || one.trackId === other.trackId);
  return some.some((one) => others.some((other) => share(one, other)));
}
