/** Writes how attempts ended. An ending that cannot be written is reported all the same, and written once the database can be used again. */
import { LRUCache } from "lru-cache";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";

export interface EndingsOptions {
  readonly store: AttemptStore;
  /** Receives failures that nothing else reports. */
  readonly report: (error: unknown) => void;
}

interface Unwritten {
  readonly attempt: AttemptRecord;
  readonly ending: Ending;
}

/** Between two tries to write what is left. */
const retryMs = 1000;

export class Endings {
  /** By the id of the attempt. */
  private readonly unwritten = new LRUCache<string, Unwritten>({ max: 1000 });
  /** Those of them that are tried again without being asked for. */
  private readonly retried = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isClosed = false;

  constructor(private readonly options: EndingsOptions) {}

  /** Gives the attempt as it stands now. Another process may have ended it first. */
  async write(attempt: AttemptRecord, ending: Ending): Promise<AttemptRecord> {
    const before = this.unwritten.get(attempt.id);
    try {
      const isWritten = await this.options.store.recordEnding(attempt, ending);
      this.forget(attempt.id, before);
      return isWritten ? { ...attempt, ...ending } : await this.readLatest(attempt);
    } catch (error) {
      this.options.report(error);
      this.keep(attempt, ending);
      return { ...attempt, ...ending };
    }
  }

  /** Writes what could not be written before. */
  async catchUp(attempt: AttemptRecord): Promise<AttemptRecord> {
    const known = isOpen(attempt) ? this.unwritten.get(attempt.id) : undefined;
    return known === undefined ? attempt : this.write(attempt, known.ending);
  }

  /** Ends an attempt that could not be recorded. Its record may exist all the same, or appear later: until then the ending stays here. */
  async disown(attempt: AttemptRecord, ending: Ending): Promise<void> {
    this.keep(attempt, ending);
    // The failure to record it has been reported.
    await this.tryAgain(attempt.id);
  }

  /** What the database knows by now, if that is more. An intent is as much as this process knows, or less. */
  async readLatest(attempt: AttemptRecord): Promise<AttemptRecord> {
    try {
      const latest = await this.options.store.find(attempt.scope, attempt.idempotencyKey);
      return latest?.id === attempt.id && latest.state !== "INTENT" ? latest : attempt;
    } catch {
      return attempt;
    }
  }

  /** Tries once more to write what is left, which is lost with the process. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.round;
    await this.retry();
  }

  private keep(attempt: AttemptRecord, ending: Ending): void {
    this.unwritten.set(attempt.id, { attempt, ending });
    this.retried.add(attempt.id);
    this.retryLater();
  }

  /** @param written What was kept when it was begun to be written: what was kept since is still to be written. */
  private forget(id: string, written: Unwritten | undefined): void {
    if (this.unwritten.get(id) !== written) return;
    this.unwritten.delete(id);
    this.retried.delete(id);
  }

  private retryLater(): void {
    if (this.isClosed || this.retried.size === 0) return;
    this.timer ??= setTimeout(() => void this.retry(), retryMs).unref();
  }

  private retry(): Promise<void> {
    this.round ??= this.retryAll().finally(() => {
      this.round = undefined;
      this.retryLater();
    });
    return this.round;
  }

  /** One after the other, and none after one that fails. */
  private async retryAll(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const id of [...this.retried]) if (!(await this.tryAgain(id))) break;
  }

  /** @returns Whether the database can be used. */
  private async tryAgain(id: string): Promise<boolean> {
    const known = this.unwritten.get(id);
    // It is the last of the next round, so that one which always fails holds up no other.
    this.retried.delete(id);
    if (known === undefined) return true;
    try {
      const isWritten = await this.options.store.recordEnding(known.attempt, known.ending);
      // Otherwise it was ended by another process, or is not there: what is known here stays, and is not tried again by itself.
      if (isWritten) this.forget(id, known);
      return true;
    } catch {
      this.retried.add(id);
      return false;
    }
  }
}
