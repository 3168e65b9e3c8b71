/** Counts the calls of every consumer key in a UTC day, and says so in the headers of the API.
 *  @see API document, "Rate limiting" */

import { PlainError } from "./errors.js";

const dayMs = 86_400_000;

export class DailyLimit {
  private day = 0;
  private readonly calls = new Map<string, number>();

  constructor(readonly limit: number) {}

  /** Counts a call and gives its headers. Throws PlainError once the day's calls are spent. `nowMs` is epoch ms. */
  count(consumerKey: string, nowMs: number): Readonly<Record<string, string>> {
    const day = Math.floor(nowMs / dayMs);
    if (day !== this.day) this.clear();
    this.day = day;
    const current = this.calls.get(consumerKey) ?? 0;
    const secondsLeft = Math.ceil(((day + 1) * dayMs - nowMs) / 1000);
    if (current >= this.limit) {
      const headers = { ...this.headers(current, secondsLeft), "Retry-After": String(secondsLeft) };
      throw new PlainError(403, "Usage limit exceeded for this consumer key", headers);
    }
    this.calls.set(consumerKey, current + 1);
    return this.headers(current + 1, secondsLeft);
  }

  clear(): void {
    this.calls.clear();
  }

  private headers(current: number, secondsLeft: number): Record<string, string> {
    return {
      "X-RateLimit-Limit": String(this.limit),
      "X-RateLimit-Current": String(current),
      "X-RateLimit-Reset": String(secondsLeft),
    };
  }
}
