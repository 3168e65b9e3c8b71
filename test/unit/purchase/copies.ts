/** Copies of the service that share one store of attempts, without servers: each has purchases of its own, whose calls of the store a test
 *  can hold up or let fail. What a copy sends is counted, and ends as the test says. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PurchaseFacts } from "../../../src/locker/decoders.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import type { AttemptReport, PurchaseOutcome } from "../../../src/purchase/attempt-report.js";
import type { Intent } from "../../../src/purchase/intent.js";
import type { OwnedReader } from "../../../src/purchase/owned-reader.js";
import { PurchaseService } from "../../../src/purchase/purchase-service.js";
import type { Look, Owned } from "../../../src/purchase/reconciliation.js";
import { createSqliteAttemptStore } from "../../../src/purchase/stores/sqlite-attempt-store.js";
import { UpstreamError } from "../../../src/upstream/errors.js";

type Call = "find" | "claim" | "recordEnding" | "renew" | "isTaken";

/** A call of the store that has been stopped. */
export interface Held {
  /** Resolves when a call gets there. */
  readonly reached: Promise<void>;
  release(): void;
}

/** What happens to one call of the store: it runs `instead`, which may make the call. */
type Behaviour = (call: () => Promise<unknown>) => Promise<unknown>;

class Interposed {
  readonly store: AttemptStore;
  private readonly planned: { readonly call: Call; skip: number; readonly behaviour: Behaviour }[] = [];

  constructor(real: AttemptStore) {
    this.store = {
      digest: (text) => real.digest(text),
      attemptsAt: (scope, items) => real.attemptsAt(scope, items),
      isTaken: (purchaseId, attempt) => this.through("isTaken", () => real.isTaken(purchaseId, attempt)),
      check: () => real.check(),
      risks: () => real.risks(),
      close: () => Promise.resolve(),
      find: (scope, key) => this.through("find", () => real.find(scope, key)),
      claim: (intent, terms) => this.through("claim", () => real.claim(intent, terms)),
      renew: (attempt, id) => this.through("renew", () => real.renew(attempt, id)),
      recordEnding: (attempt, ending) => this.through("recordEnding", () => real.recordEnding(attempt, ending)),
    };
  }

  /** @param skip How many such calls pass before it. */
  next(call: Call, behaviour: Behaviour, skip = 0): void {
    this.planned.push({ call, skip, behaviour });
  }

  private async through<T>(call: Call, make: () => Promise<T>): Promise<T> {
    const found = this.planned.find((one) => one.call === call);
    if (found === undefined) return make();
    if (found.skip > 0) {
      found.skip -= 1;
      return make();
    }
    this.planned.splice(this.planned.indexOf(found), 1);
    return (await found.behaviour(make)) as T;
  }
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Ends a purchase call of a copy. */
export type Send = () => Promise<PurchaseFacts>;

export const sale: Send = () => Promise.resolve({ purchaseId: "4711", purchaseDate: null });

/** Proven not to have reached 7digital. */
export const unsent: Send = () => Promise.reject(new UpstreamError("UPSTREAM_UNAVAILABLE", "refused", { method: "test", notSent: true }));

/** Nobody knows. */
export const lost: Send = () => Promise.reject(new UpstreamError("UPSTREAM_UNAVAILABLE", "reset", { method: "test" }));

export function refusedWith(httpStatus: number, sevendigitalCode?: string): Send {
  const code = sevendigitalCode === undefined ? "UPSTREAM_BAD_RESPONSE" : "UPSTREAM_ERROR";
  return () => Promise.reject(new UpstreamError(code, "no", { method: "test", httpStatus, sevendigitalCode }));
}

export const track: Owned = { releaseId: "10", trackId: "1", purchaseId: "4711", purchaseDate: null, wholeRelease: null };

export function look(...owned: readonly Owned[]): Look {
  return { owned, unreadable: 0 };
}

/** Every look gives what the function gives. */
export function lockerOf(see: () => Look | Promise<Look>): OwnedReader {
  const once = async (): Promise<Look> => see();
  return { latest: once, of: once, purchase: once };
}

export class Copy {
  /** How many purchase calls it has made. */
  sent = 0;
  readonly reported: unknown[] = [];
  readonly purchases: PurchaseService;
  private readonly interposed: Interposed;

  constructor(
    store: AttemptStore,
    readonly clock: { nowMs: number },
  ) {
    this.interposed = new Interposed(store);
    this.purchases = new PurchaseService({
      store: this.interposed.store,
      now: () => clock.nowMs,
      newId: randomUUID,
      timeoutMs: 1000,
      reconcileDelaysMs: [0],
      report: (error) => this.reported.push(error),
    });
  }

  /** Stops the next such call of the store, before or after it is made. */
  hold(when: "before" | "after", call: Call, skip = 0): Held {
    const reached = gate();
    const released = gate();
    this.interposed.next(
      call,
      async (make) => {
        const result = when === "after" ? await make() : undefined;
        reached.open();
        await released.opened;
        return when === "after" ? result : make();
      },
      skip,
    );
    return { reached: reached.opened, release: () => released.open() };
  }

  /** Lets the next such call fail. */
  fail(when: "before" | "after", call: Call, skip = 0): void {
    this.interposed.next(
      call,
      async (make) => {
        if (when === "after") await make();
        throw new Error(`the store fails ${when} ${call}`);
      },
      skip,
    );
  }

  /** Lets the next such call fail at once, and makes it when the function is called: a commit that nobody waited for any more. */
  delay(call: Call): () => Promise<unknown> {
    let make: (() => Promise<unknown>) | undefined;
    this.interposed.next(call, (late) => {
      make = late;
      return Promise.reject(new Error("timed out"));
    });
    return async () => make?.();
  }

  submit(idempotencyKey: string, send: Send, rest: Partial<Intent> = {}): Promise<PurchaseOutcome> {
    return this.purchases.purchase({
      user: { partnerUserId: "reader" },
      idempotencyKey,
      method: "item",
      store: { country: "GB" },
      payload: ["10", "1"],
      acknowledgeUnknown: false,
      locker: lockerOf(() => look()),
      lockerAfter: lockerOf(() => look()),
      prepare: async (locker) => ({ items: [{ releaseId: "10", trackId: "1" }], owned: await locker.latest() }),
      send: () => {
        this.sent += 1;
        return send();
      },
      ...rest,
    });
  }

  async ask(idempotencyKey: string, locker: OwnedReader = lockerOf(() => look())): Promise<AttemptReport | undefined> {
    return this.purchases.findAttempt({ partnerUserId: "reader" }, idempotencyKey, locker);
  }
}

export interface Copies {
  readonly a: Copy;
  readonly b: Copy;
  readonly c: Copy;
  readonly clock: { nowMs: number };
  /** All purchase calls that were made. */
  sent(): number;
  close(): Promise<void>;
}

export function openCopies(): Copies {
  const store = createSqliteAttemptStore(mkdtempSync(join(tmpdir(), "copies-")));
  const clock = { nowMs: Date.UTC(2026, 10, 22, 12) };
  const [a, b, c] = [new Copy(store, clock), new Copy(store, clock), new Copy(store, clock)];
  return { a, b, c, clock, sent: () => a.sent + b.sent + c.sent, close: () => store.close() };
}
