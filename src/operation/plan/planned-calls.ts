/** The calls of a plan by name: the same name, the same call, whatever needs it. */
import type { NodeId } from "../../shared/node-id.js";
import type { BatchedCalls, Details, Need } from "./batched-calls.js";

interface PlannedCall {
  readonly method: string;
  readonly count: number;
  /** Whether it serves the objects of all types. */
  readonly shared: boolean;
}

export class PlannedCalls {
  constructor(
    private batched: BatchedCalls,
    private readonly byName = new Map<string, PlannedCall>(),
  ) {}

  add(name: string, method: string, count: number): void {
    if (!this.byName.has(name)) this.byName.set(name, { method, count, shared: false });
  }

  /** A call that serves all objects of the operation. */
  addShared(name: string, method: string): void {
    this.byName.set(name, { method, count: 1, shared: true });
  }

  addSharedOf(other: PlannedCalls): void {
    for (const [name, call] of other.byName) if (call.shared) this.byName.set(name, call);
  }

  /** Details that are asked for in batches. */
  addBatched(details: Details, needs: Iterable<Need>): void {
    this.batched = this.batched.with(details, needs);
  }

  addBatchedOf(other: PlannedCalls): void {
    this.batched = this.batched.withThoseOf(other.batched);
  }

  get total(): number {
    return sumOf([...this.all.values()]);
  }

  /** Without those that are shared. */
  get ownTotal(): number {
    return sumOf([...this.all.values()].filter(({ shared }) => !shared));
  }

  /** Of these also without those in batches. */
  get singleTotal(): number {
    return sumOf([...this.byName.values()].filter(({ shared }) => !shared));
  }

  get byMethod(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { method, count } of this.all.values()) sums.set(method, (sums.get(method) ?? 0) + count);
    return sums;
  }

  copy(): PlannedCalls {
    return new PlannedCalls(this.batched, new Map(this.byName));
  }

  private get all(): ReadonlyMap<string, PlannedCall> {
    const batched = this.batched.calls().map(({ name, method, count }) => [name, { method, count, shared: false }] as const);
    return batched.length === 0 ? this.byName : new Map([...batched, ...this.byName]);
  }
}

function sumOf(calls: readonly PlannedCall[]): number {
  return calls.reduce((sum, { count }) => sum + count, 0);
}

/** The same id, the same name. */
export function nameOf({ kind, id, releaseId, store }: NodeId): string {
  const place = store === undefined ? "" : JSON.stringify(store);
  return `${kind}:${id}${releaseId === undefined ? "" : `:${releaseId}`}${place}`;
}

/** As the text of a field's arguments where it has none. */
export const noArguments = "[]";
