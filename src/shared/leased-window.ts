/** Counts of one limit that several processes share. Each counts by itself up to an equal share of the limit, which no caller below it ever
 *  notices. Beyond that, all of them count this caller by lease: the primary process knows the sum. @see docs/decisions/0043 */
import { LRUCache } from "lru-cache";
import type { MaybePromise } from "./maybe-promise.js";
import { mostNames, SlidingWindow, type Usage, type Window, type WindowKind } from "./window.js";

export interface LeaseRequest {
  readonly kind: WindowKind;
  readonly name: string;
  readonly periodMs: number;
  /** In any period, of all processes together. */
  readonly most: number;
  /** How many requests wait for the lease. */
  readonly wanted: number;
  /** How many were counted beyond earlier leases. */
  readonly owed: number;
  /** What the process has counted by itself so far; undefined where it counts by lease already. */
  readonly usage: Usage | undefined;
}

/** How many more a process may count under a name in this period. */
export interface Lease {
  readonly granted: number;
  /** Where none are granted: in so many milliseconds there may be room. */
  readonly refusedMs: number;
  /** False where no process has counted any lately: each counts by itself again. */
  readonly isShared: boolean;
}

interface Options {
  readonly kind: WindowKind;
  readonly periodMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How many processes there are. Infinity where that is not known: then everything is counted by lease. */
  readonly count: number;
  /** Rejects where there is nothing left to ask. */
  readonly lease: (request: LeaseRequest) => Promise<Lease>;
}

/** How a name is counted by lease. */
interface Leased {
  period: number;
  /** Below 0, what was counted beyond the lease. */
  left: number;
  refusedUntilMs: number;
  /** Requests that wait for the next lease. */
  waiting: number;
  asking: Promise<void> | undefined;
}

export class LeasedWindow implements Window {
  private readonly own: SlidingWindow;
  private readonly leases = new LRUCache<string, Leased>({ max: mostNames });

  constructor(private readonly options: Options) {
    this.own = new SlidingWindow(options.periodMs, options.now);
  }

  take(name: string, most: number): MaybePromise<boolean> {
    return most === 0 || (this.decide(name, most, 1) ?? this.decideLater(name, most, 1));
  }

  has(name: string, most: number): MaybePromise<boolean> {
    return most === 0 || (this.decide(name, most, 0) ?? this.decideLater(name, most, 0));
  }

  takeNow(name: string, most: number | undefined): boolean {
    if (most === 0) return false;
    const taken = most === undefined ? undefined : this.decide(name, most, 1);
    if (taken !== undefined) return taken;
    if (most !== undefined) void this.ask(name, most);
    this.add(name);
    return true;
  }

  add(name: string): void {
    const leased = this.leasedNow(name);
    if (leased === undefined) this.own.add(name);
    else leased.left -= 1;
  }

  secondsLeft(name: string, most: number): number {
    const leased = this.leases.get(name);
    if (leased === undefined) return this.own.secondsLeft(name, this.share(most));
    return Math.max(1, Math.ceil((leased.refusedUntilMs - this.options.now()) / 1000));
  }

  /** From now on the name is counted by lease. @returns What was counted without; undefined where it is counted by lease already. */
  surrender(name: string): Usage | undefined {
    if (this.leases.has(name)) return undefined;
    const { count, before } = this.own.usage(name);
    this.own.forget(name);
    this.leases.set(name, { period: this.period(), left: 0, refusedUntilMs: 0, waiting: 0, asking: undefined });
    return { count, before };
  }

  /** Undefined where only the primary process knows. @param more Counted where there is room. */
  private decide(name: string, most: number, more: 0 | 1): boolean | undefined {
    const leased = this.leasedNow(name);
    if (leased === undefined) {
      if (!this.own.has(name, this.share(most)) || this.share(most) === 0) return undefined;
      if (more === 1) this.own.add(name);
      return true;
    }
    if (leased.left > 0) {
      leased.left -= more;
      return true;
    }
    return this.options.now() < leased.refusedUntilMs ? false : undefined;
  }

  private decideLater(name: string, most: number, more: 0 | 1): Promise<boolean> {
    return this.ask(name, most).then(() => this.decide(name, most, more) ?? this.decideLater(name, most, more));
  }

  /** Asks for a lease, once at a time for each name. */
  private async ask(name: string, most: number): Promise<void> {
    const usage = this.surrender(name);
    const leased = this.leases.get(name);
    if (leased === undefined) return;
    leased.waiting += 1;
    leased.asking ??= this.askPrimary(name, most, leased, usage).finally(() => (leased.asking = undefined));
    await leased.asking;
    leased.waiting -= 1;
  }

  private async askPrimary(name: string, most: number, leased: Leased, usage: Usage | undefined): Promise<void> {
    const { kind, periodMs, now, lease } = this.options;
    const owed = Math.max(0, -leased.left);
    leased.left += owed;
    const request = { kind, name, periodMs, most, wanted: leased.waiting, owed, usage };
    // Without the primary this process is about to end: what still comes is answered.
    const { granted, refusedMs, isShared } = await lease(request).catch(() => ({ granted: request.wanted, refusedMs: 0, isShared: true }));
    if (!isShared) {
      this.leases.delete(name);
      return;
    }
    leased.period = this.period();
    leased.left += granted;
    leased.refusedUntilMs = granted === 0 ? now() + refusedMs : 0;
  }

  /** What is left of a lease ends with its period. */
  private leasedNow(name: string): Leased | undefined {
    const leased = this.leases.get(name);
    if (leased !== undefined && leased.period !== this.period()) {
      leased.period = this.period();
      leased.left = Math.min(0, leased.left);
    }
    return leased;
  }

  private share(most: number): number {
    return Math.floor(most / this.options.count);
  }

  private period(): number {
    return Math.floor(this.options.now() / this.options.periodMs);
  }
}
