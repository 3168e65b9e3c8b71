/** What the purchase service needs to know to buy something, and the digests by which records know it: they name no user and no price. */
import type { PurchaseFacts } from "../locker/decoders.js";
import { nameOfUser } from "../shared/user-id.js";
import type { UserCredential } from "../upstream/session.js";
import type { AttemptIdentity, PurchasedItem, PurchaseMethod } from "./attempt.js";
import type { PurchaseOutcome } from "./attempt-report.js";
import type { AttemptStore } from "./attempt-store.js";
import type { Terms } from "./order.js";
import type { OwnedReader } from "./owned-reader.js";
import type { Look } from "./reconciliation.js";

export interface Intent extends Terms {
  readonly method: PurchaseMethod;
  /** Everything that makes it this purchase and no other. Only its digest is kept. */
  readonly payload: readonly unknown[];
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

export async function identifyAttempt(intent: Intent, store: AttemptStore): Promise<AttemptIdentity> {
  const { user, idempotencyKey, method, payload } = intent;
  const scope = await identifyUser(user, store);
  const fingerprint = await store.digest(JSON.stringify(["payload", method, intent.store, payload]));
  return { scope, idempotencyKey, fingerprint };
}

export function identifyUser(user: UserCredential, store: AttemptStore): Promise<string> {
  return store.digest(nameOfUser(user));
}
