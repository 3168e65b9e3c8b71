/** Spends money at most once. An attempt is written down before anything is sent, sent once, and never again while it may have been
 *  charged; what its call does not tell is looked for in the user's locker. @see docs/decisions/0019 and 0020 */
import type { PurchaseFacts } from "../locker/decoders.js";
import { UpstreamError } from "../upstream/errors.js";
import { ifReadable } from "../upstream/unreadable.js";
import type { UserCredential } from "../upstream/session.js";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import { saysNothingWasSent, told, type Attempt, type Declined, type Intent, type Prepared, type Purchases } from "./intent.js";
import { endingOf, unsent } from "./outcome.js";
import { rememberingReader, type OwnedReader } from "./owned.js";
import { baselineOf } from "./settlement.js";
import { Settler, type SettlerOptions } from "./settler.js";

interface PurchaseOptions extends SettlerOptions {
  /** The most that the call of a purchase takes. */
  readonly timeoutMs: number;
}

export function createPurchases(options: PurchaseOptions): Purchases {
  return new Ledger(options);
}

/** An intent as the store names it. */
interface Named {
  readonly scope: string;
  readonly fingerprint: string;
}

class Ledger implements Purchases {
  /** By scope and key. A submit with the same key joins the one that is under way. */
  private readonly running = new Map<string, { readonly fingerprint: string; readonly result: Promise<Attempt | Declined> }>();
  private closed = false;
  private readonly settler: Settler;

  constructor(private readonly options: PurchaseOptions) {
    this.settler = new Settler(options);
  }

  async run(intent: Intent): Promise<Attempt | Declined> {
    let named: Named;
    try {
      named = await this.named(intent);
    } catch (cause) {
      return this.failed("UNREADABLE", cause);
    }
    const { scope, fingerprint } = named;
    const name = `${scope} ${intent.idempotencyKey}`;
    for (let other = this.running.get(name); other !== undefined; other = this.running.get(name)) {
      if (other.fingerprint === fingerprint) return other.result;
      const used = await this.usedMeanwhile(intent, named, other.result);
      if (used !== undefined) return used;
    }
    const result = this.resultOf(intent, named).finally(() => this.running.delete(name));
    this.running.set(name, { fingerprint, result });
    return result;
  }

  async attempt(user: UserCredential, idempotencyKey: string, locker: OwnedReader): Promise<Attempt | undefined> {
    const { store, now } = this.options;
    const scope = await this.scopeOf(user);
    // One that is under way here will settle itself.
    const isRunning = this.running.has(`${scope} ${idempotencyKey}`);
    const known = isRunning ? await store.find(scope, idempotencyKey) : await this.settler.current(scope, idempotencyKey, locker);
    return known && told(known, now());
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.running.values()].map(({ result }) => result));
    await this.options.store.close();
  }

  private async named({ user, method, store: shop, payload }: Intent): Promise<Named> {
    const scope = await this.scopeOf(user);
    return { scope, fingerprint: await this.options.store.digest(JSON.stringify(["payload", method, shop, payload])) };
  }

  private scopeOf(user: UserCredential): Promise<string> {
    return this.options.store.digest(JSON.stringify("token" in user ? ["token", user.token.key] : ["user", user.partnerUserId]));
  }

  private async resultOf(intent: Intent, named: Named): Promise<Attempt | Declined> {
    const task = (): Promise<Attempt | Declined> => this.proceed(intent, named);
    const result: Attempt | Declined = this.closed ? { declined: "CLOSING" } : await (intent.inTurn?.(task) ?? task());
    return saysNothingWasSent(result) ? this.checked(result, intent, named) : result;
  }

  /** What became of the key while another purchase with the same one is under way here. Undefined when that has left the key free, or has used
   *  it: that it is under way does not mean that the key will be its own. */
  private async usedMeanwhile(
    { idempotencyKey }: Intent,
    named: Named,
    other: Promise<Attempt | Declined>,
  ): Promise<Attempt | Declined | undefined> {
    try {
      const known = await this.options.store.find(named.scope, idempotencyKey);
      if (known !== undefined && known.state !== "NOT_SENT") return this.repeated(known, named);
    } catch (cause) {
      return this.failed("UNREADABLE", cause);
    }
    await other.catch(() => undefined);
    return undefined;
  }

  /** Reads the record once more right before reporting that nothing was sent: another process may have begun the same purchase since. */
  private async checked(result: Attempt | Declined, { idempotencyKey, locker }: Intent, named: Named): Promise<Attempt | Declined> {
    try {
      const { scope } = named;
      const known =
        "status" in result
          ? await this.settler.reportable(scope, idempotencyKey, locker)
          : await this.settler.current(scope, idempotencyKey, locker);
      return known === undefined || known.state === "NOT_SENT" ? result : this.repeated(known, named);
    } catch (cause) {
      return this.failed("UNREADABLE", cause);
    }
  }

  private async proceed(intent: Intent, named: Named): Promise<Attempt | Declined> {
    let seen: AttemptRecord | undefined;
    try {
      seen = await this.settler.current(named.scope, intent.idempotencyKey, intent.locker);
    } catch (cause) {
      return this.failed("UNREADABLE", cause);
    }
    if (seen !== undefined && seen.state !== "NOT_SENT") return this.repeated(seen, named);
    const locker = rememberingReader(intent.locker);
    let prepared: Prepared;
    try {
      prepared = await intent.prepare(locker);
    } catch (cause) {
      return { declined: "NOT_PREPARED", cause };
    }
    const attempt = this.begun(intent, named, prepared);
    const refused = await this.claimed(attempt, seen?.id, intent, locker);
    return refused ?? this.conclude(attempt, intent);
  }

  private begun({ idempotencyKey, method, store }: Intent, named: Named, { items, owned }: Prepared): AttemptRecord {
    const { now, timeoutMs, newId } = this.options;
    const id = newId();
    const startedAtMs = now();
    const deadlineAtMs = startedAtMs + timeoutMs;
    return { ...named, id, idempotencyKey, method, items, store, startedAtMs, deadlineAtMs, baseline: baselineOf(owned), state: "INTENT" };
  }

  /** Records the attempt. Undefined when it is recorded, otherwise why it is not.
   *  @param replaces The NOT_SENT attempt that this submit found when it began. A later one may be about to be reported by another process. */
  private async claimed(
    attempt: AttemptRecord,
    replaces: string | undefined,
    { acknowledgeUnknown, locker: freshLocker }: Intent,
    locker: OwnedReader,
  ): Promise<Attempt | Declined | undefined> {
    const { store, now } = this.options;
    try {
      for (const other of await this.settler.openAt(attempt)) {
        // A look that was made before a refusal does not confirm it.
        await this.settler.settle(other, other.refusal === undefined ? locker : freshLocker);
      }
      const claim = await store.claim(attempt, { acknowledged: acknowledgeUnknown, replaces });
      if (claim.kind === "used") {
        const { scope, idempotencyKey } = attempt;
        return this.repeated((await this.settler.current(scope, idempotencyKey, freshLocker)) ?? claim.by, attempt);
      }
      if (claim.kind === "contested") return { declined: "CONTESTED", by: claim.by.map((other) => told(other, now())) };
      return claim.kind === "sentBefore" ? { declined: "SENT_BEFORE" } : undefined;
    } catch (cause) {
      await this.settler.disown(attempt, unsent(now()));
      return this.failed("NOT_RECORDED", cause);
    }
  }

  /** Makes the call of a recorded attempt, and records how it ended. */
  private async conclude(attempt: AttemptRecord, { send, lockerAfter: locker }: Intent): Promise<Attempt> {
    const { now, report } = this.options;
    let ending: Ending;
    let purchase: PurchaseFacts | undefined;
    try {
      // A process that slept through its own time has lost its claim: others may have acknowledged it as unknown.
      if (now() >= attempt.deadlineAtMs) ending = unsent(now());
      else {
        purchase = await send();
        ending = await this.answered(attempt, purchase, locker);
      }
    } catch (error) {
      ending = endingOf(error, now());
      if (!(error instanceof UpstreamError)) report(error);
    }
    const ended = await this.settler.written(attempt, ending);
    return told(isOpen(ended) ? await this.settler.settlePatiently(ended, locker) : ended, now(), purchase);
  }

  private async answered(attempt: AttemptRecord, purchase: PurchaseFacts, locker: OwnedReader): Promise<Ending> {
    if (await this.settler.isAnothers(attempt, purchase, locker)) return { state: "UNKNOWN" };
    const { purchaseId } = purchase;
    const purchaseDate = ifReadable(purchase.purchaseDate) ?? undefined;
    return { state: "SUCCEEDED", settledAtMs: this.options.now(), confirmedBy: "ANSWER", purchaseId, purchaseDate };
  }

  private repeated(known: AttemptRecord, { fingerprint }: Pick<AttemptRecord, "fingerprint">): Attempt | Declined {
    return known.fingerprint === fingerprint ? told(known, this.options.now()) : { declined: "KEY_REUSED" };
  }

  private failed(declined: "UNREADABLE" | "NOT_RECORDED", cause: unknown): Declined {
    this.options.report(cause);
    return { declined, cause };
  }
}
