/** Knows the sum of what all processes count under the names that one of them had more of than its share, and lends room in it. */
import { LRUCache } from "lru-cache";
import type { Lease, LeaseRequest } from "../shared/leased-window.js";
import { mostNames, SlidingWindow, type Usage, type WindowKind } from "../shared/window.js";

interface DeskOptions {
  /** How many processes there are. */
  readonly count: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What each process but one has counted by itself under a name; from then on it counts by lease. */
  readonly collect: (exceptOf: number, kind: WindowKind, name: string) => Promise<readonly (Usage | undefined)[]>;
}

/** Of a limit, what may be lent to processes that then do not use it. */
const idleShare = 0.05;

export class LeaseDesk {
  private readonly windows = new Map<WindowKind, SlidingWindow>();
  /** Names that all processes count by lease. */
  private readonly shared = new LRUCache<string, true>({ max: mostNames });
  private readonly collecting = new Map<string, Promise<void>>();

  constructor(private readonly options: DeskOptions) {}

  /** @param process The one that asks. */
  async lease(process: number, request: LeaseRequest): Promise<Lease> {
    const { kind, name, most, wanted, owed, usage } = request;
    const window = this.windowOf(request);
    const key = `${kind} ${name}`;
    const known = window.usage(name);
    if (known.count === 0 && known.before === 0 && !this.collecting.has(key)) this.shared.delete(key);
    if (!this.shared.has(key) && usage === undefined && owed === 0) return { granted: 0, refusedMs: 0, isShared: false };
    if (usage !== undefined) window.add(name, usage);
    if (!this.shared.has(key)) this.share(key, this.collect(process, request, window));
    await this.collecting.get(key);
    window.add(name, { count: owed, before: 0 });
    const granted = Math.min(window.left(name, most), Math.max(this.block(most), wanted));
    window.add(name, { count: granted, before: 0 });
    return { granted, refusedMs: granted > 0 ? 0 : Math.max(1, window.msLeft(name, most)), isShared: true };
  }

  private share(key: string, collected: Promise<void>): void {
    this.shared.set(key, true);
    this.collecting.set(key, collected);
    void collected.finally(() => this.collecting.delete(key));
  }

  private async collect(process: number, { kind, name }: LeaseRequest, window: SlidingWindow): Promise<void> {
    for (const usage of await this.options.collect(process, kind, name)) if (usage !== undefined) window.add(name, usage);
  }

  /** One request always needs it; the rest may stay unused until the period ends. */
  private block(most: number): number {
    return 1 + Math.floor((most * idleShare) / Math.max(1, this.options.count - 1));
  }

  private windowOf({ kind, periodMs }: LeaseRequest): SlidingWindow {
    const window = this.windows.get(kind) ?? new SlidingWindow(periodMs, this.options.now);
    this.windows.set(kind, window);
    return window;
  }
}
