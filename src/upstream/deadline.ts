/** The time a whole call may take, and the end of it where nobody waits any longer. An AbortSignal would do, but making and watching one
 *  costs as much as the rest of a call's way through the layers. */

/** How a call's time ended: it passed, or the operation that waited is over. */
type Over = "passed" | "givenUp";

export class Deadline {
  private readonly timer: NodeJS.Timeout;
  private ended: Over | undefined;
  private watcher: ((over: Over) => void) | undefined;

  constructor(timeoutMs: number) {
    this.timer = setTimeout(() => {
      this.end("passed");
    }, timeoutMs);
  }

  get over(): Over | undefined {
    return this.ended;
  }

  /** Calls back when the time is over, at once if it is. The steps of a call follow each other, so the last to watch is the only one. */
  watch(onOver: (over: Over) => void): void {
    this.watcher = onOver;
    if (this.ended !== undefined) onOver(this.ended);
  }

  unwatch(): void {
    this.watcher = undefined;
  }

  /** Nobody waits for the answer any more. */
  giveUp(): void {
    clearTimeout(this.timer);
    this.end("givenUp");
  }

  /** The call has ended. */
  cancel(): void {
    clearTimeout(this.timer);
  }

  private end(over: Over): void {
    this.ended ??= over;
    this.watcher?.(this.ended);
  }
}

/** A call that was broken off because nobody waits for its answer, so nobody is told. It says nothing about 7digital. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";

  constructor(
    method: string,
    /** Proven that not a byte of the request went out. */
    readonly notSent: boolean,
  ) {
    super(`Nobody waits for ${method} any more.`);
  }
}
