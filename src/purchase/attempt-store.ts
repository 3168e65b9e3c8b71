/** The database of attempts to spend money, so that neither a crash nor a second copy of the service buys twice. */
import type { AttemptRecord, Ending, PurchasedItem } from "./attempt.js";

/** The first claim gets the attempt. The others learn what stands in their way. */
export type Claim =
  | { readonly kind: "claimed" }
  /** The key was used before, by this attempt. */
  | { readonly kind: "used"; readonly by: AttemptRecord }
  /** Other attempts at the same items are open. */
  | { readonly kind: "contested"; readonly by: readonly AttemptRecord[] }
  /** The same was sent with the same key under another sign-in, most likely by the same user. */
  | { readonly kind: "sentBefore" };

/** What a claim may override. */
export interface ClaimTerms {
  /** Buy although earlier attempts at the same items may have been charged. Attempts under way always win. */
  readonly acknowledged: boolean;
  /** The id of the NOT_SENT attempt that the caller saw under this key. Any other is of a process that has retried the key since. */
  readonly replaces: string | undefined;
}

/** The database cannot be used now. Nothing was acknowledged. The message says what is wrong, without any value of a setting. */
export class RecordsUnavailable extends Error {
  override readonly name = "RecordsUnavailable";
}

/** Why the database cannot be used. Undefined where the probe succeeds. */
export function reasonOf(probe: Promise<void>): Promise<string | undefined> {
  return probe.then(
    () => undefined,
    (error: unknown) => (error instanceof RecordsUnavailable ? error.message : "the database fails"),
  );
}

/** What may lose records later, although purchases can be recorded now. */
export interface Risk {
  readonly name: string;
  /** What may happen, and what to do. Without any value of a setting. */
  readonly advice: string;
}

/** A write is durable when its promise resolves. Every method but `close` rejects with RecordsUnavailable while the database cannot be used, and works again as soon as it can. */
export interface AttemptStore {
  /** A keyed digest: the same text gives the same digest, which reveals nothing of the text. */
  digest(text: string): Promise<string>;
  find(scope: string, idempotencyKey: string): Promise<AttemptRecord | undefined>;
  /** Attempts at any of the items, however they ended, the oldest first. */
  attemptsAt(scope: string, items: readonly PurchasedItem[]): Promise<readonly AttemptRecord[]>;
  /** Records the attempt, unless its key is used, other attempts at the same items are open, or the same was sent before under another
   *  sign-in. Atomic: of any number of concurrent claims with one key, one is "claimed". */
  claim(attempt: AttemptRecord, terms: ClaimTerms): Promise<Claim>;
  /** Records how an open attempt ended. False where it has ended already, or where the purchase is known to be another attempt's. */
  recordEnding(attempt: AttemptRecord, ending: Ending): Promise<boolean>;
  /** Gives a NOT_SENT attempt another id, so that no submit that saw the old one may replace it. False if it is no longer the record. */
  renew(attempt: AttemptRecord, id: string): Promise<boolean>;
  /** Whether the purchase is known to be another attempt's, of any user. */
  isTaken(purchaseId: string, attempt: AttemptRecord): Promise<boolean>;
  /** Why a purchase could not be recorded now. Undefined where it could. */
  check(): Promise<string | undefined>;
  /** What the last check that succeeded has seen. */
  risks(): readonly Risk[];
  /** Resolves when everything is written. The store must not be used afterwards. */
  close(): Promise<void>;
}
