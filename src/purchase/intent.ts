/** What the purchase service needs to know to buy something. */
import type { PurchaseFacts } from "../locker/decoders.js";
import type { Store, UserCredential } from "../upstream/session.js";
import type { PurchasedItem, PurchaseMethod } from "./attempt.js";
import type { PurchaseOutcome } from "./attempt-report.js";
import type { OwnedReader } from "./owned-reader.js";
import type { Look } from "./reconciliation.js";

export interface Intent {
  readonly user: UserCredential;
  readonly idempotencyKey: string;
  readonly method: PurchaseMethod;
  readonly store: Store;
  /** Everything that makes it this purchase and no other. Only its digest is kept. */
  readonly payload: readonly unknown[];
  /** Buy although earlier attempts at the same items may have been charged. */
  readonly acknowledgeUnknown: boolean;
  readonly locker: OwnedReader;
  /** For the looks right after the call, which are made even if the quota is said to be used up. */
  readonly lockerAfter: OwnedReader;
  /** Checks what must be true before a new attempt, and reads what the user owns. Whatever it throws prevents the attempt. */
  readonly prepare: (locker: OwnedReader) => Promise<Prepared>;
  /** Keeps others from changing what is bought until the task has ended. */
  readonly inTurn?: (task: () => Promise<PurchaseOutcome>) => Promise<PurchaseOutcome>;
  /** Makes the one call. */
  readonly send: () => Promise<PurchaseFacts>;
}

export interface Prepared {
  readonly items: readonly PurchasedItem[];
  /** What the locker shows of them before the call. */
  readonly owned: Look;
}
