/** The time a whole call may take. An AbortSignal would do, but making and watching one costs as much as the rest of a call's way
 *  through the layers. */

export class Deadline {
  private readonly timer: NodeJS.Timeout;
  private passed = false;
  private watcher: (() => void) | undefined;

  constructor(timeoutMs: number) {
    this.timer = setTimeout(() => {
      this.passed = true;
      this.watcher?.();
    }, timeoutMs);
  }

  /** Calls back when the time is over, at once if it is. The steps of a call follow each other, so the last to watch is the only one. */
  watch(onPassed: () => void): void {
    this.watcher = onPassed;
    if (this.passed) onPassed();
  }

  unwatch(): void {
    this.watcher = undefined;
  }

  /** The call has ended. */
  cancel(): void {
    clearTimeout(this.timer);
  }
}
