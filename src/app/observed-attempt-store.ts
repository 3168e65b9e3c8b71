/** An attempt store that counts attempts in the metrics: when one begins, and how it ends. */
import type { AttemptStore } from "../purchase/attempt-store.js";

/** @param count Takes BEGUN, or the state that an attempt ended in. */
export function observeAttempts(store: AttemptStore, count: (state: string) => void): AttemptStore {
  return {
    ...store,
    async claim(intent, terms) {
      const claim = await store.claim(intent, terms);
      if (claim.kind === "claimed") count("BEGUN");
      return claim;
    },
    async recordEnding(attempt, ending) {
      const recorded = await store.recordEnding(attempt, ending);
      if (recorded) count(ending.state);
      return recorded;
    },
  };
}
