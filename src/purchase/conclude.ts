/** What the end of a purchase call proves: that it was bought, that nothing was sent, or nothing at all. @see docs/decisions/0020 */
import type { PurchaseFacts } from "../locker/decoders.js";
import { UpstreamError } from "../upstream/errors.js";
import { ifReadable } from "../upstream/xml/unreadable.js";
import type { AttemptRecord, Ending } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";
import type { OwnedReader } from "./owned-reader.js";
import { isDatedBefore, wasOwnedBefore } from "./reconciliation.js";
import { refusalOf } from "./refusals.js";

export function notSent(settledAtMs: number): Ending {
  const message = "Nothing reached 7digital, so nothing was charged: try again, with the same key.";
  return { state: "NOT_SENT", settledAtMs, refusal: { code: "NOT_SENT", message } };
}

/** UNKNOWN with a refusal: 7digital said no. It becomes REJECTED once a look into the locker confirms it. */
export function concludeFailure(error: unknown, settledAtMs: number): Ending {
  if (!(error instanceof UpstreamError)) return { state: "UNKNOWN" };
  return error.notSent ? notSent(settledAtMs) : { state: "UNKNOWN", refusal: refusalOf(error) };
}

interface Evidence {
  readonly locker: OwnedReader;
  readonly store: AttemptStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export async function concludeAnswer(attempt: AttemptRecord, answer: PurchaseFacts, evidence: Evidence): Promise<Ending> {
  if (await isAnotherPurchase(attempt, answer, evidence)) return { state: "UNKNOWN" };
  const { purchaseId } = answer;
  const purchaseDate = ifReadable(answer.purchaseDate) ?? undefined;
  return { state: "SUCCEEDED", settledAtMs: evidence.now(), confirmedBy: "ANSWER", purchaseId, purchaseDate };
}

/** Whether the answer is about another purchase, as one from a cache is. A date alone does not decide: the locker is asked. */
async function isAnotherPurchase(attempt: AttemptRecord, answer: PurchaseFacts, { locker, store }: Evidence): Promise<boolean> {
  const { purchaseId } = answer;
  if (wasOwnedBefore(attempt, purchaseId)) return true;
  // Where the records cannot be read, 7digital's word counts.
  if (await store.isTaken(purchaseId, attempt).catch(() => false)) return true;
  if (!isDatedBefore(attempt, answer)) return false;
  try {
    const { owned } = await locker.purchase(purchaseId);
    return owned.some((one) => (one.purchaseId ?? purchaseId) === purchaseId && isDatedBefore(attempt, one));
  } catch {
    return true;
  }
}
