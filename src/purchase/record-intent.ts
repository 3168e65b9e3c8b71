/** Records an attempt before anything is sent, and finds what stands in its way. */
import type { AttemptIdentity, AttemptRecord } from "./attempt.js";
import type { AttemptStore, ClaimTerms } from "./attempt-store.js";
import { reportAttempt, reportEarlier, type PurchaseOutcome } from "./attempt-report.js";
import type { Intent, Prepared } from "./intent.js";
import type { OwnedReader } from "./owned-reader.js";
import type { Reconciler } from "./reconciler.js";
import { baselineOf } from "./reconciliation.js";

export interface BeginOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Never the same twice. */
  readonly newId: () => string;
  /** The longest that the call of a purchase takes. */
  readonly timeoutMs: number;
}

export function beginAttempt(
  { method, store }: Intent,
  identity: AttemptIdentity,
  { items, owned }: Prepared,
  { now, newId, timeoutMs }: BeginOptions,
): AttemptRecord {
  const id = newId();
  const startedAtMs = now();
  const deadlineAtMs = startedAtMs + timeoutMs;
  return { ...identity, id, method, items, store, startedAtMs, deadlineAtMs, baseline: baselineOf(owned), state: "INTENT" };
}

interface Sources {
  readonly store: AttemptStore;
  readonly reconciler: Reconciler;
  readonly now: () => number;
  /** Looks once at each thing. */
  readonly locker: OwnedReader;
  /** Looks again. */
  readonly freshLocker: OwnedReader;
}

/** Undefined when it is recorded, otherwise why it is not. */
export async function recordIntent(attempt: AttemptRecord, terms: ClaimTerms, sources: Sources): Promise<PurchaseOutcome | undefined> {
  const { store, reconciler, now, locker, freshLocker } = sources;
  for (const rival of await reconciler.findRivals(attempt)) {
    // A look that was made before a refusal does not confirm it.
    await reconciler.reconcile(rival, rival.refusal === undefined ? locker : freshLocker);
  }
  const claim = await store.claim(attempt, terms);
  switch (claim.kind) {
    case "claimed":
      return undefined;
    case "used":
      return reportEarlier((await reconciler.readCurrent(attempt, freshLocker)) ?? claim.by, attempt, now());
    case "contested":
      return { reason: "CONTESTED", by: claim.by.map((rival) => reportAttempt(rival, now())) };
    case "sentBefore":
      return { reason: "SENT_BEFORE" };
  }
}
