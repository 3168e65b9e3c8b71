/** The cache of one client, shared by all operations of the process: values and failures, read before any call exists, and the layers that write
 *  them. Everything outside this folder uses this file alone. */
import { coalesce } from "./coalesce.js";
import { RecentFailures, rememberFailures } from "./recent-failures.js";
import { CacheStore } from "./store.js";
import { write, type Served } from "./write.js";
import { stack, type Answer, type Send } from "../pipeline.js";

export { CachedAnswers, type CachedAnswer } from "./cached-answers.js";
export { useOf, type Entry } from "./store.js";
export type { RecentFailure } from "./recent-failures.js";
export { handOver, shareAnswers, type AnswerStore } from "./shared-answers.js";
export type { Served } from "./write.js";

export class Cache {
  readonly values: CacheStore;
  readonly failures = new RecentFailures();

  /** @param maxBytes 0 stores no values. @param now Epoch milliseconds, as all times here. */
  constructor(
    maxBytes: number,
    private readonly now: () => number,
  ) {
    this.values = new CacheStore(maxBytes);
  }

  /** Makes calls that are joined, stored, and answered with a stale value when they fail. */
  around(send: Send<Answer>): Send<Served> {
    return stack([coalesce()], write(this.values, this.now)(this.remembering((call) => (call.together ?? send)(call))));
  }

  /** Makes calls whose failures are remembered. */
  remembering(send: Send<Answer>): Send<Answer> {
    return rememberFailures(this.failures, this.now)(send);
  }
}
