/** How the calls of the last seconds ended, by subject: one broken item counts once, however often it is called for. */

const windowMs = 10_000;
const mostSubjects = 1000;
const fewestSubjects = 10;
const failedShare = 0.5;

interface Ending {
  readonly failed: boolean;
  readonly atMs: number;
}

export class RecentCalls {
  /** By subject, the latest last. */
  private readonly endings = new Map<string, Ending>();
  private failures = 0;
  /** Number of the latest call that was answered, by when they began. */
  private lastAnswered = 0;
  /** Subjects whose calls began later and failed, with the numbers of the calls. */
  private readonly unanswered = new Map<string, number>();
  private failedLast: string | undefined;

  /** @param nth Numbers calls in the order in which they began. */
  add(subject: string, failed: boolean, nth: number, nowMs: number): void {
    const before = this.endings.get(subject);
    this.forget(subject);
    this.endings.set(subject, { failed, atMs: nowMs });
    if (failed) {
      this.failures += 1;
      this.failedLast = subject;
      const isNew = before?.failed !== true || nowMs >= before.atMs + windowMs;
      if (isNew && nth > this.lastAnswered) this.unanswered.set(subject, nth);
    } else {
      this.lastAnswered = Math.max(this.lastAnswered, nth);
      for (const [other, began] of this.unanswered) if (began < nth) this.unanswered.delete(other);
    }
    this.prune(nowMs);
  }

  /** Half of at least ten subjects failed, or the latest ten all failed. */
  mostlyFailed(): boolean {
    const { endings, failures, unanswered } = this;
    return (endings.size >= fewestSubjects && failures >= failedShare * endings.size) || unanswered.size >= fewestSubjects;
  }

  /** The subject that failed last. */
  get last(): string | undefined {
    return this.failedLast;
  }

  /** Within the window, and not answered since. */
  hasFailed(subject: string, nowMs: number): boolean {
    const ending = this.endings.get(subject);
    return ending?.failed === true && nowMs < ending.atMs + windowMs;
  }

  private prune(nowMs: number): void {
    for (const [subject, { atMs }] of this.endings) {
      // After the clock was set back, times may be in the future.
      const isRecent = atMs <= nowMs && nowMs < atMs + windowMs;
      if (isRecent && this.endings.size <= mostSubjects) return;
      this.forget(subject);
      this.unanswered.delete(subject);
    }
  }

  private forget(subject: string): void {
    if (this.endings.get(subject)?.failed === true) this.failures -= 1;
    this.endings.delete(subject);
  }
}
