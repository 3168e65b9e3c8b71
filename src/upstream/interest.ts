/** Who waits for a shared call. While it has not been sent it may be withdrawn as soon as nobody does. */
import type { Meter } from "./meter.js";

export class Interest {
  private waiting = 0;
  private withdraw: (() => void) | undefined;

  /** @param withdrawn Told before the call ends, so that nobody joins it any more. */
  constructor(private readonly withdrawn: () => void) {}

  /** One more waits until its operation is over; without an operation, to the end. */
  add(meter: Meter | undefined): void {
    this.waiting += 1;
    meter?.whenOver(() => {
      this.waiting -= 1;
      this.end();
    });
  }

  /** Whether nobody waits any more. */
  get isGone(): boolean {
    return this.waiting === 0;
  }

  /** From now on, and until this is called with undefined, the call can be withdrawn. */
  mayWithdraw(withdraw: (() => void) | undefined): void {
    this.withdraw = withdraw;
    this.end();
  }

  private end(): void {
    if (!this.isGone || this.withdraw === undefined) return;
    this.withdrawn();
    this.withdraw();
  }
}
