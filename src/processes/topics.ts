/** What workers tell each other, by topic. */
import { combinedQuota, type QuotaNews } from "../upstream/limits/quota.js";
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
  quota: combinedQuota,
  connections: sumOf,
  requests: sumOf,
  subscriptions: sumOf,
};
