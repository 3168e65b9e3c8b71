/** One after the other, by name: 7digital's baskets have no versions, so two changes at once could each undo what the other did. This
 *  keeps order within one process only. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the task when all that came before it under the same name have ended, well or not. */
  take<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const result = before.then(task);
    const leave = (): void => {
      if (this.#last.get(name) === ended) this.#last.delete(name);
    };
    const ended: Promise<void> = result.then(leave, leave);
    this.#last.set(name, ended);
    return result;
  }

  /** How many names somebody has, or waits for, a turn under. */
  get size(): number {
    return this.#last.size;
  }
}
