/** How money is spent, from top to bottom. A purchase is recorded before it is sent, sent once, and never sent again while it may have been
 *  charged. @see docs/decisions/0019 and 0020 */
import type { PurchaseFacts } from "../locker/decoders.js";
import { bound } from "../shared/scope.js";
import { UpstreamError } from "../upstream/errors.js";
import type { UserCredential } from "../upstream/session.js";
import { isOpen, usesKey, type AttemptIdentity, type AttemptKey, type AttemptRecord, type Ending } from "./attempt.js";
import { reportAttempt, reportEarlier, saysNothingWasSent } from "./attempt-report.js";
import type { AttemptReport, NotAttempted, PurchaseOutcome } from "./attempt-report.js";
import { concludeAnswer, concludeFailure, notSent } from "./conclude.js";
import { identifyAttempt, identifyUser, type Intent, type Prepared } from "./intent.js";
import { rememberingReader, type OwnedReader } from "./owned-reader.js";
import { Reconciler, type ReconcilerOptions } from "./reconciler.js";
import { baselineOf } from "./reconciliation.js";
import { Submits } from "./submits.js";

interface PurchaseOptions extends ReconcilerOptions {
  /** The longest that the call of a purchase takes. */
  readonly timeoutMs: number;
}

/** An attempt as its record has it. */
export interface RecordedAttempt {
  readonly report: AttemptReport;
  /** Whether it has ended, or is no longer looked for unless a client asks. */
  readonly isSettled: boolean;
}

export const purchaseService = bound<PurchaseService>("purchase service");

export class PurchaseService {
  private readonly submits = new Submits();
  private readonly reconciler: Reconciler;
  private closed = false;

  constructor(private readonly options: PurchaseOptions) {
    this.reconciler = new Reconciler(options);
  }

  /** Buys what is intended, or reports what became of it before. */
  async purchase(intent: Intent): Promise<PurchaseOutcome> {
    let identity: AttemptIdentity;
    try {
      identity = await identifyAttempt(intent, this.options.store);
    } catch (cause) {
      return this.fail("UNREADABLE", cause);
    }
    const { scope, idempotencyKey } = identity;
    const run = (): Promise<PurchaseOutcome> => this.submit(intent, identity);
    return this.submits.join(identity, run, () => this.reportUsed(identity, this.options.store.find(scope, idempotencyKey)));
  }

  private async submit(intent: Intent, identity: AttemptIdentity): Promise<PurchaseOutcome> {
    const buy = (): Promise<PurchaseOutcome> => this.buy(intent, identity);
    const outcome: PurchaseOutcome = this.closed ? { reason: "CLOSING" } : await (intent.inTurn?.(buy) ?? buy());
    return saysNothingWasSent(outcome) ? this.confirmNotSent(outcome, identity, intent.locker) : outcome;
  }

  /** The steps of a purchase. Any step before `send` may end it; none after `send` sends again. */
  private async buy(intent: Intent, identity: AttemptIdentity): Promise<PurchaseOutcome> {
    const { now } = this.options;

    // Find an earlier attempt with this key.
    let earlier: AttemptRecord | undefined;
    try {
      earlier = await this.reconciler.readCurrent(identity, intent.locker);
    } catch (cause) {
      return this.fail("UNREADABLE", cause);
    }
    if (usesKey(earlier)) return reportEarlier(earlier, identity, now());

    // Prepare: check what is bought, and look at what the user owns.
    const locker = rememberingReader(intent.locker);
    let prepared: Prepared;
    try {
      prepared = await intent.prepare(locker);
    } catch (cause) {
      return { reason: "NOT_PREPARED", cause };
    }

    // Record the intent. Only the NOT_SENT attempt that this submit has seen may be replaced: another process may be about to report a later one.
    const attempt = this.begin(intent, identity, prepared);
    const terms = { acknowledged: intent.acknowledgeUnknown, replaces: earlier?.id };
    try {
      const obstacle = await this.reconciler.claim(attempt, terms, { locker, freshLocker: intent.locker });
      if (obstacle !== undefined) return obstacle;
    } catch (cause) {
      await this.reconciler.endings.disown(attempt, notSent(now()));
      return this.fail("NOT_RECORDED", cause);
    }

    // Send once, conclude from how the call ended, reconcile with the locker where that is not clear, report.
    const { ending, answer } = await this.send(attempt, intent);
    const concluded = await this.reconciler.endings.write(attempt, ending);
    const reconciled = await this.reconciler.reconcilePatiently(concluded, intent.lockerAfter);
    return reportAttempt(reconciled, now(), answer);
  }

  private begin({ method, store }: Intent, identity: AttemptIdentity, { items, owned }: Prepared): AttemptRecord {
    const { now, newId, timeoutMs } = this.options;
    const startedAtMs = now();
    const deadlineAtMs = startedAtMs + timeoutMs;
    return { ...identity, id: newId(), method, items, store, startedAtMs, deadlineAtMs, baseline: baselineOf(owned), state: "INTENT" };
  }

  private async send(attempt: AttemptRecord, intent: Intent): Promise<{ readonly ending: Ending; readonly answer?: PurchaseFacts }> {
    const { now, report, store } = this.options;
    // A process that slept past its deadline has lost its claim: others may have acknowledged the attempt as unknown.
    if (now() >= attempt.deadlineAtMs) return { ending: notSent(now()) };
    try {
      const answer = await intent.send();
      return { answer, ending: await concludeAnswer(attempt, answer, { store, locker: intent.lockerAfter, now }) };
    } catch (error) {
      if (!(error instanceof UpstreamError)) report(error);
      return { ending: concludeFailure(error, now()) };
    }
  }

  /** Reads the record once more right before reporting that nothing was sent: another process may have begun the same purchase since. */
  private async confirmNotSent(outcome: PurchaseOutcome, identity: AttemptIdentity, locker: OwnedReader): Promise<PurchaseOutcome> {
    return (await this.reportUsed(identity, this.reconciler.readForReport(identity, locker))) ?? outcome;
  }

  /** The outcome where the key is used, or where that cannot be read. */
  private async reportUsed(identity: AttemptIdentity, record: Promise<AttemptRecord | undefined>): Promise<PurchaseOutcome | undefined> {
    try {
      const latest = await record;
      return usesKey(latest) ? reportEarlier(latest, identity, this.options.now()) : undefined;
    } catch (cause) {
      return this.fail("UNREADABLE", cause);
    }
  }

  private fail(reason: "UNREADABLE" | "NOT_RECORDED", cause: unknown): NotAttempted {
    this.options.report(cause);
    return { reason, cause };
  }

  /** What became of an attempt of this user, as far as the locker shows it. Undefined where the user has never sent the key. */
  async findAttempt(user: UserCredential, idempotencyKey: string, locker: OwnedReader): Promise<AttemptReport | undefined> {
    const { store, now } = this.options;
    const key = await this.keyOf(user, idempotencyKey);
    // A submit that is under way here reconciles its attempt itself.
    const attempt = this.submits.has(key) ? await store.find(key.scope, idempotencyKey) : await this.reconciler.readCurrent(key, locker);
    return attempt && reportAttempt(attempt, now());
  }

  /** As `findAttempt`, for an order that nothing but its key is left of. Undefined where the key is free. */
  async findEarlier(user: UserCredential, idempotencyKey: string, locker: OwnedReader): Promise<PurchaseOutcome | undefined> {
    try {
      const earlier = await this.findAttempt(user, idempotencyKey, locker);
      return earlier?.status === "NOT_SENT" ? undefined : earlier;
    } catch (cause) {
      return this.fail("UNREADABLE", cause);
    }
  }

  async keyOf(user: UserCredential, idempotencyKey: string): Promise<AttemptKey> {
    return { scope: await identifyUser(user, this.options.store), idempotencyKey };
  }

  /** What the record of an attempt says, without a look into the locker. */
  async readRecord({ scope, idempotencyKey }: AttemptKey): Promise<RecordedAttempt | undefined> {
    const { store, now, reconcileDelaysMs, timeoutMs } = this.options;
    const recorded = await store.find(scope, idempotencyKey);
    if (recorded === undefined) return undefined;
    const attempt = await this.reconciler.endings.catchUp(recorded);
    // After its call the process that made it looks into the locker for so long, and a look takes no longer than a call.
    const soughtUntilMs = attempt.deadlineAtMs + Math.max(0, ...reconcileDelaysMs) + timeoutMs;
    return { report: reportAttempt(attempt, now()), isSettled: !isOpen(attempt) || now() >= soughtUntilMs };
  }

  /** Resolves when everything under way has ended and is written. */
  async close(): Promise<void> {
    this.closed = true;
    await this.submits.whenDone();
    await this.reconciler.endings.close();
    await this.options.store.close();
  }
}
