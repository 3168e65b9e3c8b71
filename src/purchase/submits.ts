/** Submits that are under way in this process. Of all that arrive with one user and key, one runs at a time. */
import type { AttemptIdentity, AttemptKey } from "./attempt.js";
import type { PurchaseOutcome } from "./attempt-report.js";

interface Submit {
  readonly fingerprint: string;
  readonly outcome: Promise<PurchaseOutcome>;
}

export class Submits {
  private readonly running = new Map<string, Submit>();

  /** The same purchase joins the one that is under way. Another one waits for it and runs if that has left the key free.
   *  @param findUsed Gives the outcome where the key is used by now, or where that cannot be read. */
  async join(
    identity: AttemptIdentity,
    run: () => Promise<PurchaseOutcome>,
    findUsed: () => Promise<PurchaseOutcome | undefined>,
  ): Promise<PurchaseOutcome> {
    const name = nameOf(identity);
    const { fingerprint } = identity;
    for (let other = this.running.get(name); other !== undefined; other = this.running.get(name)) {
      if (other.fingerprint === fingerprint) return other.outcome;
      const used = await findUsed();
      if (used !== undefined) return used;
      await other.outcome.catch(() => undefined);
    }
    const outcome = run().finally(() => this.running.delete(name));
    this.running.set(name, { fingerprint, outcome });
    return outcome;
  }

  has(key: AttemptKey): boolean {
    return this.running.has(nameOf(key));
  }

  async whenDone(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map(({ outcome }) => outcome));
  }
}

function nameOf({ scope, idempotencyKey }: AttemptKey): string {
  return `${scope} ${idempotencyKey}`;
}
