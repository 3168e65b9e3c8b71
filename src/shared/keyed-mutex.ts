/** Runs tasks of one name in turn, within this process: two changes of a basket at once could undo each other, as baskets have no versions. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the task when all earlier ones of the same name have ended, well or not. */
  run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const result = before.then(task);
    const release = (): void => {
      if (this.last.get(name) === ended) this.last.delete(name);
    };
    const ended: Promise<void> = result.then(release, release);
    this.last.set(name, ended);
    return result;
  }

  /** How many names have a task that runs or waits. */
  get size(): number {
    return this.last.size;
  }
}
