/** Spends money at most once. An attempt is written down before anything is sent, sent once, and never again while it may have been
 *  charged; what its call does not tell is looked for in the user's locker. @see docs/decisions/0012 */
import { setTimeout as wait } from "node:timers/promises";
import type { PurchaseFacts } from "../locker/decoders.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Store, UserCredential } from "../upstream/session.js";
import {
  isOpen,
  type AttemptRecord,
  type AttemptState,
  type Ending,
  type PurchasedItem,
  type PurchaseMethod,
  type Refusal,
} from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";
import { endingOf } from "./outcome.js";
import { baselineOf, candidates, type Owned, type SeenPurchase } from "./settlement.js";

/** Reads what somebody owns of some items. */
export type LookInto = (items: readonly PurchasedItem[]) => Promise<readonly Owned[]>;

/** What is to be bought, by whom, and how. */
export interface Intent {
  readonly user: UserCredential;
  readonly idempotencyKey: string;
  readonly method: PurchaseMethod;
  readonly store: Store;
  /** Names the thing that is bought, whatever its price. Kept as a digest. */
  readonly subject: string;
  /** All that makes it this purchase and no other. Kept as a digest. */
  readonly payload: readonly unknown[];
  /** Buys although earlier attempts at the same thing may have been charged. */
  readonly acknowledgeUnknown: boolean;
  /** Checks what has to be checked before a new attempt, and tells what it buys. Whatever it throws declines the attempt. */
  readonly prepare: () => MaybePromise<readonly PurchasedItem[]>;
  readonly look: LookInto;
  /** Keeps others from what is bought until the task has ended. */
  readonly inTurn?: (task: () => Promise<Attempt | Declined>) => Promise<Attempt | Declined>;
  /** The one call. */
  readonly send: () => Promise<PurchaseFacts>;
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

/** Why an intent did not even become an attempt. Nothing was sent. */
export interface Declined {
  readonly declined: "KEY_REUSED" | "CONTESTED" | "NOT_RECORDED" | "NOT_PREPARED";
  /** What was thrown, where something was. */
  readonly cause?: unknown;
}

export interface Purchases {
  run(intent: Intent): Promise<Attempt | Declined>;
  /** What became of an attempt of this user's; undefined where there is none with the key. Looks into the locker where that may help. */
  attempt(user: UserCredential, idempotencyKey: string, look: LookInto): Promise<Attempt | undefined>;
  /** Resolves when what is under way has ended and is written. */
  close(): Promise<void>;
}

interface PurchaseOptions {
  readonly store: AttemptStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The most that the call of a purchase takes. */
  readonly timeoutMs: number;
  /** When to look into the locker after a call that told nothing, counted from its end; ascending. */
  readonly settleDelaysMs: readonly number[];
  /** Told of failures that nobody else sees. */
  readonly report: (error: unknown) => void;
}

export function createPurchases(options: PurchaseOptions): Purchases {
  return new Ledger(options);
}

/** An intent as the store names it. */
interface Named {
  readonly scope: string;
  readonly fingerprint: string;
  readonly subject: string;
}

class Ledger implements Purchases {
  /** By scope and key. Whoever comes with the same key in the meantime gets the same answer. */
  private readonly running = new Map<string, { readonly fingerprint: string; readonly result: Promise<Attempt | Declined> }>();

  constructor(private readonly options: PurchaseOptions) {}

  async run(intent: Intent): Promise<Attempt | Declined> {
    let named: Named;
    try {
      named = await this.named(intent);
    } catch (cause) {
      return this.notRecorded(cause);
    }
    const { scope, fingerprint } = named;
    const name = `${scope} ${intent.idempotencyKey}`;
    const same = this.running.get(name);
    if (same !== undefined) return same.fingerprint === fingerprint ? same.result : { declined: "KEY_REUSED" };
    const task = (): Promise<Attempt | Declined> => this.proceed(intent, named);
    const result = (intent.inTurn?.(task) ?? task()).finally(() => this.running.delete(name));
    this.running.set(name, { fingerprint, result });
    return result;
  }

  async attempt(user: UserCredential, idempotencyKey: string, look: LookInto): Promise<Attempt | undefined> {
    const { store, now } = this.options;
    const scope = await this.scopeOf(user);
    const known = await store.find(scope, idempotencyKey);
    if (known === undefined) return undefined;
    // One that is under way here will settle itself.
    const underWay = this.running.has(`${scope} ${idempotencyKey}`);
    return told(underWay ? known : await this.settle(known, look), now());
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map(({ result }) => result));
    await this.options.store.close();
  }

  private async named({ user, method, store: shop, payload, subject }: Intent): Promise<Named> {
    const { store } = this.options;
    const scope = await this.scopeOf(user);
    return {
      scope,
      fingerprint: await store.digest(JSON.stringify(["payload", method, shop, payload])),
      subject: await store.digest(JSON.stringify(["subject", scope, subject])),
    };
  }

  private scopeOf(user: UserCredential): Promise<string> {
    return this.options.store.digest(JSON.stringify("token" in user ? ["token", user.token.key] : ["user", user.partnerUserId]));
  }

  private async proceed(intent: Intent, named: Named): Promise<Attempt | Declined> {
    const { store } = this.options;
    const { idempotencyKey, look } = intent;
    let attempt: AttemptRecord;
    try {
      const known = await store.find(named.scope, idempotencyKey);
      if (known !== undefined && known.state !== "NOT_SENT") return await this.repeated(known, named, look);
      for (const other of await store.openOn(named.scope, named.subject)) await this.settle(other, look);
      const prepared = await preparedFor(intent);
      if ("declined" in prepared) return prepared;
      attempt = this.begun(intent, named, prepared);
      const claim = await store.claim(attempt, intent.acknowledgeUnknown);
      if (claim.kind === "used") return await this.repeated(claim.by, named, look);
      if (claim.kind === "contested") return { declined: "CONTESTED" };
    } catch (cause) {
      return this.notRecorded(cause);
    }
    return this.conclude(attempt, intent);
  }

  private begun({ idempotencyKey, method, store }: Intent, named: Named, prepared: Prepared): AttemptRecord {
    const { now, timeoutMs } = this.options;
    const startedAtMs = now();
    const deadlineAtMs = startedAtMs + timeoutMs;
    return { ...named, ...prepared, idempotencyKey, method, store, startedAtMs, deadlineAtMs, state: "INTENT" };
  }

  /** From here on the attempt is written down, and the call is made. */
  private async conclude(attempt: AttemptRecord, { send, look }: Intent): Promise<Attempt> {
    const { now } = this.options;
    let ending: Ending;
    let purchase: PurchaseFacts | undefined;
    try {
      purchase = await send();
      const { purchaseId, purchaseDate } = purchase;
      ending = { state: "SUCCEEDED", settledAtMs: now(), confirmedBy: "ANSWER", purchaseId, purchaseDate: purchaseDate ?? undefined };
    } catch (error) {
      ending = endingOf(error, now());
      if (!(error instanceof UpstreamError)) this.options.report(error);
    }
    await this.write(attempt, ending);
    const ended = { ...attempt, ...ending };
    if (ending.state !== "UNKNOWN") return told(ended, now(), purchase);
    return told(await this.settlePatiently(ended, look), now());
  }

  /** That it can not be written down how an attempt ended is not the buyer's trouble: the intent stands, and the locker will tell. */
  private async write(attempt: AttemptRecord, ending: Ending): Promise<boolean> {
    try {
      return await this.options.store.settle(attempt, ending);
    } catch (error) {
      this.options.report(error);
      return false;
    }
  }

  private async repeated(known: AttemptRecord, { fingerprint }: Named, look: LookInto): Promise<Attempt | Declined> {
    if (known.fingerprint !== fingerprint) return { declined: "KEY_REUSED" };
    return told(await this.settle(known, look), this.options.now());
  }

  private async settlePatiently(attempt: AttemptRecord, look: LookInto): Promise<AttemptRecord> {
    let current = attempt;
    let waitedMs = 0;
    for (const delayMs of this.options.settleDelaysMs) {
      await wait(Math.max(0, delayMs - waitedMs));
      waitedMs = Math.max(waitedMs, delayMs);
      current = await this.settle(current, look);
      if (!isOpen(current)) return current;
    }
    return current;
  }

  /** Gives the attempt as it is after a look into the locker. Where that can not be read nothing is learnt. */
  private async settle(attempt: AttemptRecord, look: LookInto): Promise<AttemptRecord> {
    const { store, now } = this.options;
    if (!isOpen(attempt)) return attempt;
    try {
      const seen = await this.soughtPurchase(attempt, await look(attempt.items));
      if (seen === undefined) return attempt;
      const { purchaseId, purchaseDate } = seen;
      const ending: Ending = {
        state: "SUCCEEDED",
        settledAtMs: now(),
        confirmedBy: "LOCKER",
        purchaseId: purchaseId ?? undefined,
        purchaseDate: purchaseDate ?? undefined,
      };
      if (await this.write(attempt, ending)) return { ...attempt, ...ending };
      return (await store.find(attempt.scope, attempt.idempotencyKey)) ?? attempt;
    } catch {
      return attempt;
    }
  }

  /** Only where nothing is left to choose: as many new purchases as there are attempts that could have made them. */
  private async soughtPurchase(attempt: AttemptRecord, owned: readonly Owned[]): Promise<SeenPurchase | undefined> {
    const { store } = this.options;
    const rivals = await store.openOn(attempt.scope, attempt.subject);
    const seen: SeenPurchase[] = [];
    for (const one of candidates(attempt, owned)) {
      if (one.purchaseId === null || !(await store.isTaken(one.purchaseId, attempt))) seen.push(one);
    }
    const place = rivals.findIndex(({ idempotencyKey }) => idempotencyKey === attempt.idempotencyKey);
    return seen.length === rivals.length ? seen[place] : undefined;
  }

  private notRecorded(cause: unknown): Declined {
    this.options.report(cause);
    return { declined: "NOT_RECORDED", cause };
  }
}

type Prepared = Pick<AttemptRecord, "items" | "baseline">;

/** What is bought, and what of it the user owns already: without that nobody could tell later whether it was bought. */
async function preparedFor({ prepare, look }: Intent): Promise<Prepared | Declined> {
  try {
    const items = await prepare();
    return { items, baseline: baselineOf(await look(items)) };
  } catch (cause) {
    return { declined: "NOT_PREPARED", cause };
  }
}

/** What the record tells at this time. @param purchase The answer itself, where it is in hand. */
function told(record: AttemptRecord, nowMs: number, purchase?: PurchaseFacts): Attempt {
  const { idempotencyKey, startedAtMs, settledAtMs, confirmedBy, refusal, purchaseId, purchaseDate } = record;
  const known = purchaseId === undefined ? undefined : { purchaseId, purchaseDate };
  return {
    status: statusOf(record, nowMs),
    idempotencyKey,
    startedAtMs,
    settledAtMs,
    confirmedBy,
    purchase: purchase ?? known,
    refusal,
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
