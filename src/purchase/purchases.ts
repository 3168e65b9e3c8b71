/** Spends money at most once. An attempt is written down before anything is sent, sent once, and never again while it may have been
 *  charged; what its call does not tell is looked for in the user's locker. @see docs/decisions/0012 */
import type { PurchaseFacts } from "../locker/decoders.js";
import { UpstreamError } from "../upstream/errors.js";
import { ifReadable } from "../upstream/unreadable.js";
import type { UserCredential } from "../upstream/session.js";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import { told, type Attempt, type Declined, type Intent, type Prepared, type Purchases } from "./intent.js";
import { endingOf, unsent } from "./outcome.js";
import { rememberingReader, type OwnedReader } from "./owned.js";
import { baselineOf } from "./settlement.js";
import { Settler, type SettlerOptions } from "./settler.js";

interface PurchaseOptions extends SettlerOptions {
  /** The most that the call of a purchase takes. */
  readonly timeoutMs: number;
  /** Never the same twice. */
  readonly newId: () => string;
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
  /** By scope and key. Whoever comes with the same key in the meantime gets the same answer. */
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
    if (this.closed) return { declined: "CLOSING" };
    const { scope, fingerprint } = named;
    const name = `${scope} ${intent.idempotencyKey}`;
    const same = this.running.get(name);
    if (same !== undefined) return same.fingerprint === fingerprint ? same.result : { declined: "KEY_REUSED" };
    const task = (): Promise<Attempt | Declined> => this.proceed(intent, named);
    const result = (intent.inTurn?.(task) ?? task()).finally(() => this.running.delete(name));
    this.running.set(name, { fingerprint, result });
    return result;
  }

  async attempt(user: UserCredential, idempotencyKey: string, locker: OwnedReader): Promise<Attempt | undefined> {
    const { store, now } = this.options;
    const scope = await this.scopeOf(user);
    const known = await store.find(scope, idempotencyKey);
    if (known === undefined) return undefined;
    // One that is under way here will settle itself.
    const underWay = this.running.has(`${scope} ${idempotencyKey}`);
    return told(underWay ? known : await this.settler.settle(known, locker), now());
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

  private async proceed(intent: Intent, named: Named): Promise<Attempt | Declined> {
    const known = await this.knownBy(intent, named);
    if (known !== undefined) return known;
    const locker = rememberingReader(intent.locker);
    let prepared: Prepared;
    try {
      prepared = await intent.prepare(locker);
    } catch (cause) {
      // Another process may have made the same purchase in the meantime, which is what keeps it from being prepared here.
      return (await this.knownBy(intent, named)) ?? { declined: "NOT_PREPARED", cause };
    }
    const begun = await this.claimed(this.begun(intent, named, prepared), intent, locker);
    return "declined" in begun || "status" in begun ? begun : this.conclude(begun, intent);
  }

  /** What became of the key; undefined while it is free. */
  private async knownBy({ idempotencyKey, locker }: Intent, { scope, fingerprint }: Named): Promise<Attempt | Declined | undefined> {
    try {
      const known = await this.options.store.find(scope, idempotencyKey);
      if (known === undefined || known.state === "NOT_SENT") return undefined;
      return await this.repeated(known, fingerprint, locker);
    } catch (cause) {
      return this.failed("UNREADABLE", cause);
    }
  }

  private begun({ idempotencyKey, method, store }: Intent, named: Named, { items, owned }: Prepared): AttemptRecord {
    const { now, timeoutMs, newId } = this.options;
    const id = newId();
    const startedAtMs = now();
    const deadlineAtMs = startedAtMs + timeoutMs;
    return { ...named, id, idempotencyKey, method, items, store, startedAtMs, deadlineAtMs, baseline: baselineOf(owned), state: "INTENT" };
  }

  /** The attempt as it is written down, or why it is not. */
  private async claimed(attempt: AttemptRecord, intent: Intent, locker: OwnedReader): Promise<AttemptRecord | Attempt | Declined> {
    const { store, now } = this.options;
    try {
      for (const other of await this.settler.openAt(attempt)) await this.settler.settle(other, locker);
      const seen = await store.find(attempt.scope, attempt.idempotencyKey);
      const replaces = seen?.state === "NOT_SENT" ? seen.id : undefined;
      const claim = await store.claim(attempt, { acknowledged: intent.acknowledgeUnknown, replaces });
      if (claim.kind === "used") return await this.repeated(claim.by, attempt.fingerprint, intent.locker);
      if (claim.kind === "contested") return { declined: "CONTESTED", by: claim.by.map((other) => told(other, now())) };
      if (claim.kind === "sentBefore") return { declined: "SENT_BEFORE" };
      return attempt;
    } catch (cause) {
      // Should it stand there all the same, it is known to be unsent.
      await store.settle(attempt, unsent(now())).catch(() => undefined);
      return this.failed("NOT_RECORDED", cause);
    }
  }

  /** From here on the attempt is written down, and the call is made. */
  private async conclude(attempt: AttemptRecord, { send, locker }: Intent): Promise<Attempt> {
    const { now, report } = this.options;
    let ending: Ending;
    let purchase: PurchaseFacts | undefined;
    try {
      // A process that slept through its own time has lost its claim: others may have acknowledged it as unknown.
      if (now() >= attempt.deadlineAtMs) ending = unsent(now());
      else {
        purchase = await send();
        const { purchaseId, purchaseDate } = purchase;
        ending = {
          state: "SUCCEEDED",
          settledAtMs: now(),
          confirmedBy: "ANSWER",
          purchaseId,
          purchaseDate: ifReadable(purchaseDate) ?? undefined,
        };
      }
    } catch (error) {
      ending = endingOf(error, now());
      if (!(error instanceof UpstreamError)) report(error);
    }
    const ended = await this.settler.written(attempt, ending);
    return told(isOpen(ended) ? await this.settler.settlePatiently(ended, locker) : ended, now(), purchase);
  }

  private async repeated(known: AttemptRecord, fingerprint: string, locker: OwnedReader): Promise<Attempt | Declined> {
    if (known.fingerprint !== fingerprint) return { declined: "KEY_REUSED" };
    return told(await this.settler.settle(known, locker), this.options.now());
  }

  private failed(declined: "UNREADABLE" | "NOT_RECORDED", cause: unknown): Declined {
    this.options.report(cause);
    return { declined, cause };
  }
}
