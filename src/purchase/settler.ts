/** Records how attempts ended, and finds out what their calls did not say. What it returns is what the store holds, except for an ending
 *  that could not be written yet. */
import { setTimeout as wait } from "node:timers/promises";
import type { PurchaseFacts } from "../locker/decoders.js";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";
import type { OwnedReader } from "./owned.js";
import {
  isDatedBefore,
  isPurchaseOf,
  mayHidePurchase,
  newPurchases,
  skewMs,
  wasOwnedBefore,
  type NewPurchase,
  type SeenPurchase,
} from "./settlement.js";

export interface SettlerOptions {
  readonly store: AttemptStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When to look into the locker after a call that told nothing, counted from its end; ascending. */
  readonly settleDelaysMs: readonly number[];
  /** Never the same twice. */
  readonly newId: () => string;
  /** Told of failures that nobody else sees. */
  readonly report: (error: unknown) => void;
}

/** What a look into the locker says about an attempt. UNCLEAR: the attempt may have bought something. */
type Sight = { readonly kind: "BOUGHT"; readonly purchase: SeenPurchase } | { readonly kind: "NOTHING_NEW" | "UNCLEAR" };

const mostUnwritten = 1000;

export class Settler {
  /** Endings that this process knows and the store does not, by the id of the attempt: the write failed. Written when the attempt is next
   *  read. */
  private readonly unwritten = new Map<string, Ending>();

  constructor(private readonly options: SettlerOptions) {}

  /** The record under a key as it stands now, after a look into the locker if it is open. Undefined while the key was never used. */
  async current(scope: string, idempotencyKey: string, locker: OwnedReader): Promise<AttemptRecord | undefined> {
    const { store } = this.options;
    const known = await store.find(scope, idempotencyKey);
    if (known === undefined || !isOpen(known)) return known;
    const settled = await this.settle(known, locker);
    // The look takes time, in which another process may have recorded another attempt under the key.
    const latest = await store.find(scope, idempotencyKey);
    return latest === undefined || (latest.id === settled.id && isOpen(latest)) ? settled : latest;
  }

  /** As `current`, for a submit that reports that nothing was sent: no submit that began before the report may send under the key any more. */
  async reportable(scope: string, idempotencyKey: string, locker: OwnedReader): Promise<AttemptRecord | undefined> {
    const { store, newId, report } = this.options;
    for (;;) {
      const known = await this.current(scope, idempotencyKey, locker);
      if (known?.state !== "NOT_SENT") return known;
      try {
        if (await store.renew(known, newId())) return known;
      } catch (error) {
        // Where this cannot be written, no other submit can record that it sends.
        report(error);
        return known;
      }
      const latest = await store.find(scope, idempotencyKey);
      // Its ending is not written yet, so that nobody may replace it.
      if (latest === undefined || latest.id === known.id) return known;
    }
  }

  /** The attempt once its ending is written, or as another process settled it before. An ending that can not be written is kept, and
   *  written later: the buyer is told it all the same. */
  async written(attempt: AttemptRecord, ending: Ending): Promise<AttemptRecord> {
    try {
      const isWritten = await this.options.store.settle(attempt, ending);
      this.unwritten.delete(attempt.id);
      return isWritten ? { ...attempt, ...ending } : await this.latest(attempt);
    } catch (error) {
      this.options.report(error);
      this.keep(attempt, ending);
      return { ...attempt, ...ending };
    }
  }

  /** Ends an attempt that will not be sent because recording it failed. The record may stand all the same, or appear later: until one has
   *  been seen and ended, this process keeps the ending. */
  async disown(attempt: AttemptRecord, ending: Ending): Promise<void> {
    this.keep(attempt, ending);
    try {
      if (await this.options.store.settle(attempt, ending)) this.unwritten.delete(attempt.id);
    } catch {
      // Reported as the failure to record it.
    }
  }

  async settlePatiently(attempt: AttemptRecord, locker: OwnedReader): Promise<AttemptRecord> {
    let current = attempt;
    let waitedMs = 0;
    for (const delayMs of this.options.settleDelaysMs) {
      await wait(Math.max(0, delayMs - waitedMs));
      waitedMs = Math.max(waitedMs, delayMs);
      current = await this.settle(current, locker);
      if (!isOpen(current)) return current;
    }
    return current;
  }

  /** The attempt after a look into the locker. A locker that can not be read changes nothing. */
  async settle(recorded: AttemptRecord, locker: OwnedReader): Promise<AttemptRecord> {
    const unwritten = isOpen(recorded) ? this.unwritten.get(recorded.id) : undefined;
    const attempt = unwritten === undefined ? recorded : await this.written(recorded, unwritten);
    if (!isOpen(attempt)) return attempt;
    try {
      const ending = this.endingOf(await this.sight(attempt, locker), attempt);
      return ending === undefined ? await this.latest(attempt) : await this.written(attempt, ending);
    } catch {
      return this.latest(attempt);
    }
  }

  /** Whether an answer names another purchase than the attempt's, as one does that a cache remembered. A date alone does not decide: where
   *  the locker does not show that purchase, it is no earlier one of this user's. */
  async isAnothers(attempt: AttemptRecord, purchase: PurchaseFacts, locker: OwnedReader): Promise<boolean> {
    const { purchaseId } = purchase;
    if (wasOwnedBefore(attempt, purchaseId)) return true;
    // Where the records can not be read, 7digital's word counts.
    if (await this.options.store.isTaken(purchaseId, attempt).catch(() => false)) return true;
    if (!isDatedBefore(attempt, purchase)) return false;
    try {
      const { owned } = await locker.purchase(purchaseId);
      return owned.some((one) => (one.purchaseId ?? purchaseId) === purchaseId && isDatedBefore(attempt, one));
    } catch {
      return true;
    }
  }

  /** Attempts at the same thing of which nobody knows how they ended, the oldest first. */
  async openAt({ scope, items }: AttemptRecord): Promise<readonly AttemptRecord[]> {
    return (await this.options.store.attemptsAt(scope, items)).filter(isOpen);
  }

  private endingOf(sight: Sight, { refusal }: AttemptRecord): Ending | undefined {
    const settledAtMs = this.options.now();
    if (sight.kind === "BOUGHT") {
      const { purchaseId, purchaseDate } = sight.purchase;
      return {
        state: "SUCCEEDED",
        settledAtMs,
        confirmedBy: "LOCKER",
        purchaseId: purchaseId ?? undefined,
        purchaseDate: purchaseDate ?? undefined,
      };
    }
    return sight.kind === "NOTHING_NEW" && refusal !== undefined ? { state: "REJECTED", settledAtMs, refusal } : undefined;
  }

  private keep({ id }: AttemptRecord, ending: Ending): void {
    this.unwritten.set(id, ending);
    const [oldest] = this.unwritten.keys();
    if (this.unwritten.size > mostUnwritten && oldest !== undefined) this.unwritten.delete(oldest);
  }

  /** What the store knows of it by now. */
  private async latest(attempt: AttemptRecord): Promise<AttemptRecord> {
    try {
      const kept = await this.options.store.find(attempt.scope, attempt.idempotencyKey);
      // An intent is as much as this process knows, or less.
      return kept?.id === attempt.id && kept.state !== "INTENT" ? kept : attempt;
    } catch {
      return attempt;
    }
  }

  /** BOUGHT only where nothing is left to choose: as many new purchases as there are attempts that could have made them. */
  private async sight(attempt: AttemptRecord, locker: OwnedReader): Promise<Sight> {
    const look = await locker.of(attempt.items);
    const untaken = await this.untaken(newPurchases(attempt, look.owned), attempt);
    if (untaken.length === 0) return { kind: mayHidePurchase(attempt, look) ? "UNCLEAR" : "NOTHING_NEW" };
    const seen = untaken.filter(({ isExact }) => isExact);
    const rivals = await this.openAt(attempt);
    const sought = seen[rivals.findIndex(({ id }) => id === attempt.id)];
    if (sought === undefined || seen.length !== rivals.length) return { kind: "UNCLEAR" };
    const isItsOwn = sought.purchaseId === null ? !(await this.hasBoughtSince(attempt)) : await isWhole(sought.purchaseId, attempt, locker);
    return isItsOwn ? { kind: "BOUGHT", purchase: sought } : { kind: "UNCLEAR" };
  }

  private async untaken(purchases: readonly NewPurchase[], attempt: AttemptRecord): Promise<readonly NewPurchase[]> {
    const untaken: NewPurchase[] = [];
    for (const one of purchases) {
      if (one.purchaseId === null || !(await this.options.store.isTaken(one.purchaseId, attempt))) untaken.push(one);
    }
    return untaken;
  }

  /** What has no id can not be told from what another attempt has bought since. */
  private async hasBoughtSince({ scope, items, startedAtMs }: AttemptRecord): Promise<boolean> {
    const attempts = await this.options.store.attemptsAt(scope, items);
    return attempts.some((other) => other.state === "SUCCEEDED" && other.startedAtMs >= startedAtMs - skewMs);
  }
}

async function isWhole(purchaseId: string, { items }: AttemptRecord, locker: OwnedReader): Promise<boolean> {
  const { owned, unreadable } = await locker.purchase(purchaseId);
  return unreadable === 0 && isPurchaseOf(items, owned);
}
