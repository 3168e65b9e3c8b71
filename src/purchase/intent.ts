/** What is asked of the purchases, and what they tell. */
import type { PurchaseFacts } from "../locker/decoders.js";
import type { Store, UserCredential } from "../upstream/session.js";
import type { AttemptRecord, AttemptState, PurchasedItem, PurchaseMethod, Refusal } from "./attempt.js";
import type { OwnedReader } from "./owned.js";
import type { Look } from "./settlement.js";

/** What is to be bought, by whom, and how. */
export interface Intent {
  readonly user: UserCredential;
  readonly idempotencyKey: string;
  readonly method: PurchaseMethod;
  readonly store: Store;
  /** All that makes it this purchase and no other. Kept as a digest. */
  readonly payload: readonly unknown[];
  /** Buys although earlier attempts at the same thing may have been charged. */
  readonly acknowledgeUnknown: boolean;
  readonly locker: OwnedReader;
  /** For the looks right after the call, which are made although the allowance of calls is said to be spent. */
  readonly lockerAfter: OwnedReader;
  /** Checks what has to be checked before a new attempt, and tells what it buys and what the user owns of that before. Whatever it throws
   *  declines the attempt. */
  readonly prepare: (locker: OwnedReader) => Promise<Prepared>;
  /** Keeps others from what is bought until the task has ended. */
  readonly inTurn?: (task: () => Promise<Attempt | Declined>) => Promise<Attempt | Declined>;
  /** The one call. */
  readonly send: () => Promise<PurchaseFacts>;
}

export interface Prepared {
  readonly items: readonly PurchasedItem[];
  readonly owned: Look;
}

export type PurchaseStatus = "SUCCEEDED" | "REJECTED" | "NOT_SENT" | "IN_PROGRESS" | "OUTCOME_UNKNOWN";

/** What is told of an attempt. */
export interface Attempt {
  readonly status: PurchaseStatus;
  readonly idempotencyKey: string;
  readonly startedAtMs: number;
  readonly settledAtMs: number | undefined;
  readonly confirmedBy: AttemptRecord["confirmedBy"];
  readonly purchase: PurchaseFacts | undefined;
  readonly refusal: Refusal | undefined;
}

/** Why an intent did not even become an attempt. This time nothing was sent. */
export type Declined =
  | { readonly declined: "KEY_REUSED" | "SENT_BEFORE" | "CLOSING" }
  /** Earlier attempts at the same thing are open. */
  | { readonly declined: "CONTESTED"; readonly by: readonly Attempt[] }
  /** UNREADABLE: whether the key was used before can not be told. The others: it was not. */
  | { readonly declined: "UNREADABLE" | "NOT_RECORDED" | "NOT_PREPARED"; readonly cause: unknown };

export interface Purchases {
  run(intent: Intent): Promise<Attempt | Declined>;
  /** What became of an attempt of this user's; undefined where there is none with the key. Looks into the locker where that may help. */
  attempt(user: UserCredential, idempotencyKey: string, locker: OwnedReader): Promise<Attempt | undefined>;
  /** Resolves when what is under way has ended and is written. */
  close(): Promise<void>;
}

/** What the record tells at this time. @param purchase The answer itself, where it is in hand. */
export function told(record: AttemptRecord, nowMs: number, purchase?: PurchaseFacts): Attempt {
  const { state, idempotencyKey, startedAtMs, settledAtMs, confirmedBy, refusal, purchaseId, purchaseDate } = record;
  const known = purchaseId === undefined ? undefined : { purchaseId, purchaseDate };
  const answered = purchase?.purchaseId === purchaseId ? purchase : undefined;
  return {
    status: statusOf(record, nowMs),
    idempotencyKey,
    startedAtMs,
    settledAtMs,
    confirmedBy,
    purchase: answered ?? known,
    // Of an open attempt it is not confirmed yet.
    refusal: state === "REJECTED" || state === "NOT_SENT" ? refusal : undefined,
  };
}

const statuses: Readonly<Record<Exclude<AttemptState, "INTENT">, PurchaseStatus>> = {
  SUCCEEDED: "SUCCEEDED",
  REJECTED: "REJECTED",
  NOT_SENT: "NOT_SENT",
  UNKNOWN: "OUTCOME_UNKNOWN",
};

/** An intent past its deadline belongs to a process that died. */
function statusOf({ state, deadlineAtMs }: AttemptRecord, nowMs: number): PurchaseStatus {
  if (state !== "INTENT") return statuses[state];
  return nowMs < deadlineAtMs ? "IN_PROGRESS" : "OUTCOME_UNKNOWN";
}

/** Whether the result is only true as long as nobody else has sent the same purchase. */
export function saysNothingWasSent(result: Attempt | Declined): boolean {
  if ("status" in result) return result.status === "NOT_SENT";
  return result.declined !== "KEY_REUSED" && result.declined !== "UNREADABLE";
}
