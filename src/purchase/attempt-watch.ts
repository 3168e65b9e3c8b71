/** Waits for attempts to end. It reads their records and never calls 7digital: whichever process has sent a purchase also finds out how it
 *  ended, and records that. docs/decisions/0039 */
import { EventEmitter, on } from "node:events";
import { once } from "../shared/once.js";
import { Interrupted } from "../shared/interrupted.js";
import type { ClientCounts } from "../shared/client-counts.js";
import { bound } from "../shared/scope.js";
import type { UserCredential } from "../upstream/session.js";
import type { AttemptReport } from "./attempt-report.js";
import type { PurchaseService, RecordedAttempt } from "./purchase-service.js";
import { presentableError } from "./records-error.js";

interface WatchOptions {
  readonly purchases: Pick<PurchaseService, "keyOf" | "readRecord">;
  /** Subscriptions at once. */
  readonly most: number;
  /** The same of one user. */
  readonly mostPerUser: number;
  /** Counts them, by the user's scope. */
  readonly ofUsers: ClientCounts;
}

/** An attempt as it is now, then after each change. Ends when the attempt has, or when it is no longer looked for. Null where there is none. */
export type AttemptChanges = AsyncIterableIterator<AttemptReport | null>;

export const attemptWatch = bound<AttemptWatch>("attempt watch");

/** How often a record is read. */
const pollMs = 1000;

export class AttemptWatch {
  /** By user and key. */
  private readonly polls = new Map<string, Poll>();
  private count = 0;
  private isClosed = false;

  constructor(private readonly options: WatchOptions) {}

  /** @returns undefined where there are as many subscriptions as there may be. Its caller iterates to the end or calls `return`. */
  async watch(user: UserCredential, idempotencyKey: string): Promise<AttemptChanges | undefined> {
    const { purchases, most, mostPerUser, ofUsers } = this.options;
    const key = await purchases.keyOf(user, idempotencyKey);
    if (this.isClosed || this.count >= most || ofUsers.of(key.scope) >= mostPerUser) return undefined;
    this.count += 1;
    ofUsers.add(key.scope);
    const name = `${key.scope} ${idempotencyKey}`;
    const poll = this.polls.get(name) ?? new Poll(() => purchases.readRecord(key));
    this.polls.set(name, poll);
    return poll.changes(() => {
      this.count -= 1;
      ofUsers.remove(key.scope);
      if (poll.isIdle && this.polls.get(name) === poll) this.polls.delete(name);
    });
  }

  /** The process stops. All subscriptions reject with Interrupted: another process can go on with them. */
  close(): void {
    this.isClosed = true;
    for (const poll of this.polls.values()) poll.fail(new Interrupted());
  }
}

/** Reads one record for all its subscribers. */
class Poll {
  private readonly subscribers = new Set<Subscriber>();
  private timer: NodeJS.Timeout | undefined;
  private isReading = false;

  constructor(private readonly read: () => Promise<RecordedAttempt | undefined>) {}

  get isIdle(): boolean {
    return this.subscribers.size === 0;
  }

  /** @param onLeft Called once, when it is over. */
  changes(onLeft: () => void): AttemptChanges {
    const subscriber = new Subscriber(() => {
      this.subscribers.delete(subscriber);
      if (this.isIdle) clearTimeout(this.timer);
      onLeft();
    });
    this.subscribers.add(subscriber);
    void this.look();
    return subscriber;
  }

  private async look(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    clearTimeout(this.timer);
    try {
      const seen = await this.read();
      for (const subscriber of this.subscribers) subscriber.take(seen);
    } catch (error) {
      this.fail(presentableError(error));
    }
    this.isReading = false;
    if (!this.isIdle) this.timer = setTimeout(() => void this.look(), pollMs).unref();
  }

  fail(error: unknown): void {
    for (const subscriber of this.subscribers) subscriber.fail(error);
  }
}

class Subscriber implements AsyncIterableIterator<AttemptReport | null> {
  private readonly events = new EventEmitter();
  private readonly changes = on(this.events, "change", { close: ["end"] });
  private readonly leave: () => void;
  private last: string | undefined;

  constructor(onLeft: () => void) {
    this.leave = once(onLeft);
  }

  take(seen: RecordedAttempt | undefined): void {
    const report = seen?.report ?? null;
    const text = JSON.stringify(report);
    if (text !== this.last) this.events.emit("change", report);
    this.last = text;
    if (seen?.isSettled !== false) this.end("end");
  }

  fail(error: unknown): void {
    this.end("error", error);
  }

  private end(event: "end" | "error", error?: unknown): void {
    this.leave();
    this.events.emit(event, error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<AttemptReport | null, undefined>> {
    const { done, value } = (await this.changes.next()) as IteratorResult<[AttemptReport | null], undefined>;
    return done === true ? { done, value: undefined } : { done: false, value: value[0] };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.leave();
    await this.changes.return?.();
    return { done: true, value: undefined };
  }
}
