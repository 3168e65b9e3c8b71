/** What workers tell each other, by topic. */
import type { QuotaNews } from "../upstream/limits/quota.js";
import { sumOf, type CountNews } from "./shared-counts.js";

export interface Topics {
  readonly quota: QuotaNews;
  readonly connections: CountNews;
  readonly requests: CountNews;
  readonly subscriptions: CountNews;
}

export type Topic = keyof Topics;

/** What several workers know together. */
export const together: { readonly [T in Topic]: (news: readonly Topics[T][]) => Topics[T] } = {
  quota: quotaOf,
  connections: sumOf,
  requests: sumOf,
  subscriptions: sumOf,
};

function quotaOf(news: readonly QuotaNews[]): QuotaNews {
  const known = news.flatMap((one) => one.known ?? []).sort((one, other) => other.observedAtMs - one.observedAtMs);
  return {
    known: known[0],
    rejectedUntilMs: Math.max(0, ...news.map(({ rejectedUntilMs }) => rejectedUntilMs)),
    uncounted: news.reduce((sum, { uncounted }) => sum + uncounted, 0),
  };
}
