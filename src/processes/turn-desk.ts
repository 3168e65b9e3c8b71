/** Gives turns to workers, one at a time for each name. */
import { KeyedMutex } from "../shared/keyed-mutex.js";

export class TurnDesk {
  private readonly turns = new KeyedMutex();
  /** Ends a turn that was given; by worker and name. */
  private readonly given = new Map<number, Map<string, () => void>>();

  /** A worker asks for one turn of a name at a time. @returns Resolves when it is the worker's turn. */
  enter(worker: number, name: string): Promise<void> {
    const ends = this.given.get(worker) ?? new Map<string, () => void>();
    this.given.set(worker, ends);
    return new Promise((enter) => {
      void this.turns.run(name, () => {
        // It has ended while it waited.
        if (this.given.get(worker) !== ends) return Promise.resolve();
        return new Promise<void>((end) => {
          ends.set(name, end);
          enter();
        });
      });
    });
  }

  leave(worker: number, name: string): void {
    const ends = this.given.get(worker);
    ends?.get(name)?.();
    ends?.delete(name);
  }

  /** The worker has ended. */
  forget(worker: number): void {
    const ends = this.given.get(worker);
    this.given.delete(worker);
    for (const end of ends?.values() ?? []) end();
  }
}
