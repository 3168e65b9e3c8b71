/** Where attempts to spend money are kept, so that neither a crash nor a second copy of the service buys twice. What is written is on the
 *  disk, or wherever it lasts, when the promise resolves. */
import type { AttemptRecord, Ending } from "./attempt.js";

/** The first one who comes gets the attempt; the others are told of it. */
export type Claim =
  | { readonly kind: "claimed" }
  /** The key was used before, and the record is what became of it. */
  | { readonly kind: "used"; readonly by: AttemptRecord }
  /** Other attempts at the same thing, of which nobody knows how they ended. */
  | { readonly kind: "contested"; readonly by: readonly AttemptRecord[] };

export interface AttemptStore {
  /** A digest by a secret of the store's own: the same text gives the same one, and it tells nothing of the text. */
  digest(text: string): Promise<string>;
  find(scope: string, idempotencyKey: string): Promise<AttemptRecord | undefined>;
  /** Attempts at one thing that are open, the oldest first. */
  openOn(scope: string, subject: string): Promise<readonly AttemptRecord[]>;
  /** Keeps the intent, unless its key is used (NOT_SENT frees a key) or others at the same thing are open: those of which nobody knows how
   *  they ended may be acknowledged, those under way not. All in one step: of any number of claims with one key one is "claimed". */
  claim(intent: AttemptRecord, acknowledged: boolean): Promise<Claim>;
  /** Keeps how an open attempt ended. False where it has ended already, or what the locker shows is known to be another attempt's. */
  settle(attempt: AttemptRecord, ending: Ending): Promise<boolean>;
  /** Whether a purchase is known to be of another attempt. */
  isTaken(purchaseId: string, attempt: AttemptRecord): Promise<boolean>;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}
