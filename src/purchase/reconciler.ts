/** Finds out from the user's locker how attempts ended, where their calls did not say. */
import { setTimeout as wait } from "node:timers/promises";
import { isOpen, type AttemptKey, type AttemptRecord, type Ending } from "./attempt.js";
import { reportAttempt, reportEarlier, type PurchaseOutcome } from "./attempt-report.js";
import type { ClaimTerms } from "./attempt-store.js";
import { Endings, type EndingsOptions } from "./endings.js";
import type { OwnedReader } from "./owned-reader.js";
import { isPurchaseOf, mayHidePurchase, newPurchases, skewMs, type NewPurchase } from "./reconciliation.js";

export interface ReconcilerOptions extends EndingsOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When to look into the locker after a call that gave no clear answer, counted from its end; ascending. */
  readonly reconcileDelaysMs: readonly number[];
  /** Never the same twice. */
  readonly newId: () => string;
}

interface Lockers {
  /** Looks once at each thing. */
  readonly locker: OwnedReader;
  /** Looks again. */
  readonly freshLocker: OwnedReader;
}

export class Reconciler {
  readonly endings: Endings;

  constructor(private readonly options: ReconcilerOptions) {
    this.endings = new Endings(options);
  }

  /** The record under a key as it stands now, after a look into the locker if it is open. Undefined while the key was never used. */
  async readCurrent({ scope, idempotencyKey }: AttemptKey, locker: OwnedReader): Promise<AttemptRecord | undefined> {
    const { store } = this.options;
    const attempt = await store.find(scope, idempotencyKey);
    if (attempt === undefined || !isOpen(attempt)) return attempt;
    const reconciled = await this.reconcile(attempt, locker);
    // The look takes time, in which another process may have recorded another attempt under the key.
    const latest = await store.find(scope, idempotencyKey);
    return latest === undefined || (latest.id === reconciled.id && isOpen(latest)) ? reconciled : latest;
  }

  /** As `readCurrent`, for a report that nothing was sent: submits that began before it may no longer send under the key.
   *  @throws RecordsUnavailable where that cannot be read or written, so that the report would be a guess */
  async readForReport(key: AttemptKey, locker: OwnedReader): Promise<AttemptRecord | undefined> {
    const { store, newId } = this.options;
    for (;;) {
      const attempt = await this.readCurrent(key, locker);
      if (attempt?.state !== "NOT_SENT") return attempt;
      // Where this cannot be written, another process may still record that it sends.
      if (await store.renew(attempt, newId())) return attempt;
      const latest = await store.find(key.scope, key.idempotencyKey);
      // The same id: its ending is not written yet, so no submit can replace it.
      if (latest === undefined || latest.id === attempt.id) return attempt;
    }
  }

  /** Looks several times: a purchase may take a moment to appear. */
  async reconcilePatiently(attempt: AttemptRecord, locker: OwnedReader): Promise<AttemptRecord> {
    let reconciled = attempt;
    let waitedMs = 0;
    for (const delayMs of this.options.reconcileDelaysMs) {
      if (!isOpen(reconciled)) break;
      await wait(Math.max(0, delayMs - waitedMs));
      waitedMs = Math.max(waitedMs, delayMs);
      reconciled = await this.reconcile(reconciled, locker);
    }
    return reconciled;
  }

  /** The attempt after a look into the locker. A locker that cannot be read changes nothing. */
  async reconcile(recorded: AttemptRecord, locker: OwnedReader): Promise<AttemptRecord> {
    const attempt = await this.endings.catchUp(recorded);
    if (!isOpen(attempt)) return attempt;
    try {
      const ending = await this.findEnding(attempt, locker);
      return ending === undefined ? await this.endings.readLatest(attempt) : await this.endings.write(attempt, ending);
    } catch {
      return this.endings.readLatest(attempt);
    }
  }

  /** Records an attempt before anything is sent. Undefined when it is recorded, otherwise why it is not. */
  async claim(attempt: AttemptRecord, terms: ClaimTerms, { locker, freshLocker }: Lockers): Promise<PurchaseOutcome | undefined> {
    const { store, now } = this.options;
    for (const rival of await this.findRivals(attempt)) {
      // A look that was made before a rejection does not confirm it.
      await this.reconcile(rival, rival.refusal === undefined ? locker : freshLocker);
    }
    const claim = await store.claim(attempt, terms);
    switch (claim.kind) {
      case "claimed":
        return undefined;
      case "used":
        return reportEarlier((await this.readCurrent(attempt, freshLocker)) ?? claim.by, attempt, now());
      case "contested":
        return { reason: "CONTESTED", by: claim.by.map((rival) => reportAttempt(rival, now())) };
      case "sentBefore":
        return { reason: "SENT_BEFORE" };
    }
  }

  /** Attempts at the same items whose outcome is not known, the oldest first. */
  private async findRivals({ scope, items }: AttemptRecord): Promise<readonly AttemptRecord[]> {
    return (await this.options.store.attemptsAt(scope, items)).filter(isOpen);
  }

  /** How the attempt ended by what the locker shows. Undefined where that is not clear: it may have bought something. */
  private async findEnding(attempt: AttemptRecord, locker: OwnedReader): Promise<Ending | undefined> {
    const { refusal } = attempt;
    const { now } = this.options;
    const look = await locker.of(attempt.items);
    const untaken = await this.omitTaken(newPurchases(attempt, look.owned), attempt);
    if (untaken.length === 0) {
      const isRejected = refusal !== undefined && !mayHidePurchase(attempt, look);
      return isRejected ? { state: "REJECTED", settledAtMs: now(), refusal } : undefined;
    }
    const purchase = await this.findOwn(attempt, untaken, locker);
    if (purchase === undefined) return undefined;
    const purchaseId = purchase.purchaseId ?? undefined;
    const purchaseDate = purchase.purchaseDate ?? undefined;
    return { state: "SUCCEEDED", settledAtMs: now(), confirmedBy: "LOCKER", purchaseId, purchaseDate };
  }

  /** The attempt's purchase, only where nothing is left to choose: as many new purchases as there are attempts that could have made them. */
  private async findOwn(attempt: AttemptRecord, untaken: readonly NewPurchase[], locker: OwnedReader): Promise<NewPurchase | undefined> {
    const candidates = untaken.filter(({ isExact }) => isExact);
    const rivals = await this.findRivals(attempt);
    const candidate = candidates[rivals.findIndex(({ id }) => id === attempt.id)];
    if (candidate === undefined || candidates.length !== rivals.length) return undefined;
    const { purchaseId } = candidate;
    const isItsOwn = purchaseId === null ? !(await this.hasBoughtSince(attempt)) : await isWhole(purchaseId, attempt, locker);
    return isItsOwn ? candidate : undefined;
  }

  /** Leaves out purchases that are known to be of other attempts. */
  private async omitTaken(purchases: readonly NewPurchase[], attempt: AttemptRecord): Promise<readonly NewPurchase[]> {
    const untaken: NewPurchase[] = [];
    for (const purchase of purchases) {
      if (purchase.purchaseId === null || !(await this.options.store.isTaken(purchase.purchaseId, attempt))) untaken.push(purchase);
    }
    return untaken;
  }

  /** A purchase without an id cannot be told from what another attempt has bought since. */
  private async hasBoughtSince({ scope, items, startedAtMs }: AttemptRecord): Promise<boolean> {
    const attempts = await this.options.store.attemptsAt(scope, items);
    return attempts.some((other) => other.state === "SUCCEEDED" && other.startedAtMs >= startedAtMs - skewMs);
  }
}

/** Whether the whole purchase, and not only the part that was looked at, is what the attempt would have bought. */
async function isWhole(purchaseId: string, { items }: AttemptRecord, locker: OwnedReader): Promise<boolean> {
  const { owned, unreadable } = await locker.purchase(purchaseId);
  return unreadable === 0 && isPurchaseOf(items, owned);
}
