/** Writes how attempts ended. An ending that cannot be written is reported all the same, and written when the attempt is next read here. */
import { LRUCache } from "lru-cache";
import { isOpen, type AttemptRecord, type Ending } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";

export interface EndingsOptions {
  readonly store: AttemptStore;
  /** Receives failures that nothing else reports. */
  readonly report: (error: unknown) => void;
}

export class Endings {
  /** By the id of the attempt. */
  private readonly unwritten = new LRUCache<string, Ending>({ max: 1000 });

  constructor(private readonly options: EndingsOptions) {}

  /** Gives the attempt as it stands now. Another process may have ended it first. */
  async write(attempt: AttemptRecord, ending: Ending): Promise<AttemptRecord> {
    try {
      const isWritten = await this.options.store.recordEnding(attempt, ending);
      this.unwritten.delete(attempt.id);
      return isWritten ? { ...attempt, ...ending } : await this.readLatest(attempt);
    } catch (error) {
      this.options.report(error);
      this.unwritten.set(attempt.id, ending);
      return { ...attempt, ...ending };
    }
  }

  /** Writes what could not be written before. */
  async catchUp(attempt: AttemptRecord): Promise<AttemptRecord> {
    const ending = isOpen(attempt) ? this.unwritten.get(attempt.id) : undefined;
    return ending === undefined ? attempt : this.write(attempt, ending);
  }

  /** Ends an attempt that could not be recorded. Its record may exist all the same, or appear later: until then the ending stays here. */
  async disown(attempt: AttemptRecord, ending: Ending): Promise<void> {
    this.unwritten.set(attempt.id, ending);
    try {
      if (await this.options.store.recordEnding(attempt, ending)) this.unwritten.delete(attempt.id);
    } catch {
      // The failure to record it has been reported.
    }
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
}
