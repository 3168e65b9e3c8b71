/** What time it is at 7digital, which refuses signatures whose timestamp is off. It trusts our own clock until an answer proves it wrong. */
import { httpDate } from "./header-values.js";

/** Less is the time that answers take, and of no matter to anybody. */
const smallestOffsetMs = 60_000;

export class Clock {
  private offsetMs = 0;

  constructor(private readonly ownNow: () => number) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.ownNow() + this.offsetMs;
  }

  /** Takes in the Date header of an answer that refused a signature. True where it shows that our time was wrong, and is now set.
   *  @see RFC 9110 §6.6.1 */
  learn(date: string | undefined): boolean {
    const toldMs = httpDate(date);
    if (toldMs === undefined || Math.abs(toldMs - this.now()) < smallestOffsetMs) return false;
    this.offsetMs = toldMs - this.ownNow();
    return true;
  }
}
