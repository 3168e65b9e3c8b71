/** Where attempts to spend money are kept, so that neither a crash nor a second copy of the service buys twice. What is written is on the
 *  disk, or wherever it lasts, when the promise resolves. */
import type { AttemptRecord, Ending, PurchasedItem } from "./attempt.js";

/** The first one who comes gets the attempt; the others are told of it. */
export type Claim =
  | { readonly kind: "claimed" }
  /** The key was used before, and the record is what became of it. */
  | { readonly kind: "used"; readonly by: AttemptRecord }
  /** Other attempts at the same thing are open. */
  | { readonly kind: "contested"; readonly by: readonly AttemptRecord[] }
  /** The same was sent with the same key by somebody else: most likely the same user, who has signed in anew since. */
  | { readonly kind: "sentBefore" };

/** What a claim may override. */
export interface ClaimTerms {
  /** Buy although earlier attempts at the same items may have been charged. Attempts under way are never overridden. */
  readonly acknowledged: boolean;
  /** The id of the NOT_SENT attempt that the caller has seen under this key, which this one may replace. Any other record means that the key
   *  is used: another process has retried it in the meantime. */
  readonly replaces: string | undefined;
}

/** The records cannot be read or written now. Nothing of what was asked has been acknowledged. */
export class RecordsUnavailable extends Error {
  override readonly name = "RecordsUnavailable";

  /** @param reason For operators: what is wrong, without any value of a setting. */
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Every method but `close` rejects with RecordsUnavailable while the database cannot be used, and works again as soon as it can. */
export interface AttemptStore {
  /** A digest by a secret of the store's own: the same text gives the same one, and it tells nothing of the text. */
  digest(text: string): Promise<string>;
  find(scope: string, idempotencyKey: string): Promise<AttemptRecord | undefined>;
  /** Attempts at any of the items, however they ended, the oldest first. */
  attemptsAt(scope: string, items: readonly PurchasedItem[]): Promise<readonly AttemptRecord[]>;
  /** Records the intent, unless its key is used, other attempts at the same items are open, or the same was sent before under another scope.
   *  One atomic step: of any number of concurrent claims with one key, one is "claimed". */
  claim(intent: AttemptRecord, terms: ClaimTerms): Promise<Claim>;
  /** Keeps how an open attempt ended. False where it has ended already, or what the locker shows is known to be another attempt's. */
  settle(attempt: AttemptRecord, ending: Ending): Promise<boolean>;
  /** Gives the record of a NOT_SENT attempt another id, so that no submit that has seen it may replace it any more. False where another
   *  record stands under the key by now. */
  renew(attempt: AttemptRecord, id: string): Promise<boolean>;
  /** Whether a purchase is known to be of another attempt, whoever made it. */
  isTaken(purchaseId: string, attempt: AttemptRecord): Promise<boolean>;
  /** Why a purchase could not be recorded now; undefined where it could. */
  check(): Promise<string | undefined>;
  /** Resolves when everything is written. Nothing may be asked afterwards. */
  close(): Promise<void>;
}
