/** Sends items together that the cache could not answer: in as few calls as their number allows. Each has been through the layers of the cache by
 *  itself, so that calls for one of them join those for several, and the other way round. */
import { errorOfBatch, outcomesOf, type AnsweredItem, type Batch, type FailedItem } from "./batch.js";
import { UpstreamError } from "./errors.js";
import { Ending, onAbort, type SignalSource } from "./limits/abort.js";
import type { Answer, Call, Send } from "./pipeline.js";
import { apiError } from "./xml/envelope.js";
import { Unreadable } from "./xml/unreadable.js";

interface Waiting {
  readonly id: string;
  readonly call: Call;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchingOptions<P, Q, R> {
  readonly batch: Batch<P, Q, R>;
  /** Most items of one call. */
  readonly size: number;
  readonly createCall: (params: Q) => Call;
  /** The error to answer with instead of making a call. */
  readonly rejects: (call: Call) => unknown;
  readonly sendOne: Send<Answer>;
  readonly sendSeveral: Send<Answer>;
  /** What no error may hold. */
  readonly secrets: readonly string[];
}

export class Batching<P, Q, R> {
  private waiting: Waiting[] = [];
  private isSent = false;

  constructor(private readonly options: BatchingOptions<P, Q, R>) {}

  /** How the call of an item is made. */
  wayOf(id: string): Send<Answer> {
    return (call) =>
      new Promise((resolve, reject) => {
        this.waiting.push({ id, call, resolve, reject });
        // Made again, because the call it had joined was aborted. So are others, within this turn.
        if (this.isSent && this.waiting.length === 1) setImmediate(() => this.send());
      });
  }

  /** Sends all that wait. */
  send(): void {
    const { size } = this.options;
    const items = this.waiting;
    this.waiting = [];
    this.isSent = true;
    for (let from = 0; from < items.length; from += size) void this.sendChunk(items.slice(from, from + size));
  }

  private async sendChunk(items: readonly Waiting[]): Promise<void> {
    const [first] = items;
    if (first !== undefined && items.length === 1) {
      this.options.sendOne(first.call).then(first.resolve, first.reject);
      return;
    }
    const waiters = new AllWaiters(items.map(({ call }) => call.waiting));
    try {
      this.settle(items, await this.answerOf(items, waiters.source));
    } catch (error) {
      const ofBatch = errorOfBatch(error, this.options.batch.path);
      for (const { reject } of items) reject(ofBatch);
    } finally {
      waiters.stop();
    }
  }

  private answerOf(items: readonly Waiting[], waiting: SignalSource | undefined): Promise<Answer> {
    const { batch, createCall, rejects, sendSeveral } = this.options;
    const call = { ...createCall(batch.paramsOfSeveral(items.map(({ id }) => id))), waiting };
    const error = rejects(call);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is an UpstreamError
    return error === undefined ? sendSeveral(call) : Promise.reject(error);
  }

  private settle(items: readonly Waiting[], answer: Answer): void {
    const value = answer.value as Parameters<typeof outcomesOf<R>>[0];
    const outcomes = outcomesOf(
      value,
      items.map(({ id }) => id),
    );
    items.forEach(({ call, resolve, reject }, at) => {
      const outcome = outcomes[at];
      if (outcome !== undefined && "value" in outcome && !(outcome.value instanceof Unreadable))
        resolve({ ...answer, value: outcome.value });
      else reject(this.errorOf(outcome, answer, call));
    });
  }

  private errorOf(outcome: AnsweredItem<R> | FailedItem | undefined, { httpStatus }: Answer, { store }: Call): UpstreamError {
    const { batch, secrets } = this.options;
    const { path: method } = batch;
    if (outcome === undefined) {
      const message = `7digital answered ${method} without one of the items that it was asked for.`;
      return new UpstreamError("UPSTREAM_BAD_RESPONSE", message, { method, httpStatus });
    }
    if ("value" in outcome) return (outcome.value as Unreadable).error();
    return apiError(batch, httpStatus, outcome, { store, secrets });
  }
}

/** Of the items of one call: aborted when nothing waits for any of them. */
class AllWaiters {
  /** Undefined where one of them has to be answered. */
  readonly source: SignalSource | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(sources: readonly (SignalSource | undefined)[]) {
    if (sources.some((source) => source === undefined)) return;
    const ending = new Ending();
    this.source = ending;
    let left = sources.length;
    for (const source of sources as readonly SignalSource[]) {
      const stopListening = onAbort(source.signal, () => {
        left -= 1;
        if (left === 0) ending.abort();
      });
      this.listeners.push(stopListening);
    }
  }

  stop(): void {
    for (const stopListening of this.listeners) stopListening();
  }
}

/** Asks whether a call may be made once for all items that it takes. An item without a call of its own meets what the one before it did. */
export function askOncePer(size: number, ask: () => void): () => void {
  let items = 0;
  let met: { readonly error: unknown } | undefined;
  return () => {
    if (items % size === 0) met = attempt(ask);
    items += 1;
    if (met !== undefined) throw met.error;
  };
}

/** Undefined where it succeeds. */
function attempt(action: () => void): { readonly error: unknown } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return { error };
  }
}
