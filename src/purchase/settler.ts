/** Writes down how attempts ended, and finds out what their calls did not tell. What it gives is always what the store knows. */
import { setTimeout as wait } from "node:timers/promises";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";
import type { OwnedReader } from "./owned.js";
import { candidates, isPurchaseOf, skewMs, type SeenPurchase } from "./settlement.js";

export interface SettlerOptions {
  readonly store: AttemptStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When to look into the locker after a call that told nothing, counted from its end; ascending. */
  readonly settleDelaysMs: readonly number[];
  /** Told of failures that nobody else sees. */
  readonly report: (error: unknown) => void;
}

export class Settler {
  constructor(private readonly options: SettlerOptions) {}

  /** The attempt as it stands once its ending is written, which may be what another process found out first. That it can not be written down
   *  is not the buyer's trouble: the intent stands, and the locker will tell. */
  async written(attempt: AttemptRecord, ending: Ending): Promise<AttemptRecord> {
    const ended = { ...attempt, ...ending };
    try {
      return (await this.options.store.settle(attempt, ending)) ? ended : await this.latest(ended);
    } catch (error) {
      this.options.report(error);
      return ended;
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

  /** Gives the attempt as it is after a look into the locker. Where that can not be read nothing is learnt. */
  async settle(attempt: AttemptRecord, locker: OwnedReader): Promise<AttemptRecord> {
    if (!isOpen(attempt)) return attempt;
    try {
      const seen = await this.soughtPurchase(attempt, locker);
      if (seen === undefined) return await this.latest(attempt);
      const { purchaseId, purchaseDate } = seen;
      return await this.written(attempt, {
        state: "SUCCEEDED",
        settledAtMs: this.options.now(),
        confirmedBy: "LOCKER",
        purchaseId: purchaseId ?? undefined,
        purchaseDate: purchaseDate ?? undefined,
      });
    } catch {
      return this.latest(attempt);
    }
  }

  /** Attempts at the same thing of which nobody knows how they ended, the oldest first. */
  async openAt({ scope, items }: AttemptRecord): Promise<readonly AttemptRecord[]> {
    return (await this.options.store.attemptsAt(scope, items)).filter(isOpen);
  }

  /** What the store knows of it by now. */
  private async latest(attempt: AttemptRecord): Promise<AttemptRecord> {
    try {
      const kept = await this.options.store.find(attempt.scope, attempt.idempotencyKey);
      return kept?.id === attempt.id && !isOpen(kept) ? kept : attempt;
    } catch {
      return attempt;
    }
  }

  /** Only where nothing is left to choose: as many new purchases as there are attempts that could have made them. */
  private async soughtPurchase(attempt: AttemptRecord, locker: OwnedReader): Promise<SeenPurchase | undefined> {
    const { store } = this.options;
    const seen: SeenPurchase[] = [];
    for (const one of candidates(attempt, await locker.of(attempt.items))) {
      if (one.purchaseId === null || !(await store.isTaken(one.purchaseId, attempt))) seen.push(one);
    }
    const rivals = await this.openAt(attempt);
    const sought = seen[rivals.findIndex(({ idempotencyKey }) => idempotencyKey === attempt.idempotencyKey)];
    if (sought === undefined || seen.length !== rivals.length) return undefined;
    // What has no id can not be told from what another attempt has bought since.
    if (sought.purchaseId === null) return (await this.hasBoughtSince(attempt)) ? undefined : sought;
    return isPurchaseOf(attempt.items, await locker.purchase(sought.purchaseId)) ? sought : undefined;
  }

  private async hasBoughtSince({ scope, items, startedAtMs }: AttemptRecord): Promise<boolean> {
    const attempts = await this.options.store.attemptsAt(scope, items);
    return attempts.some((other) => other.state === "SUCCEEDED" && other.startedAtMs >= startedAtMs - skewMs);
  }
}
