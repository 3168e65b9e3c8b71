/** The time at 7digital, which rejects signatures with a wrong timestamp. It is our own until an answer proves that wrong. */
import { httpDate } from "../wire/header-values.js";

/** Smaller differences come from the time that answers take, and do no harm. */
const smallestOffsetMs = 60_000;

export class Clock {
  private offsetMs = 0;

  constructor(private readonly ownNow: () => number) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.ownNow() + this.offsetMs;
  }

  /** Takes the Date header of a rejected signature. True where our time was wrong and is now corrected. @see RFC 9110 §6.6.1 */
  learn(date: string | undefined): boolean {
    const serverMs = httpDate(date);
    if (serverMs === undefined || Math.abs(serverMs - this.now()) < smallestOffsetMs) return false;
    this.offsetMs = serverMs - this.ownNow();
    return true;
  }
}
