/** Changes a basket one change at a time, because 7digital's baskets have no versions. */
import type { KeyedMutex } from "../shared/keyed-mutex.js";
import { bound, type Scope } from "../shared/scope.js";

/** By the basket's id in lower case. Within this process only. */
export const basketMutex = bound<KeyedMutex>("basket mutex");

export function runInTurn<T>({ use }: Scope, basketId: string, task: () => Promise<T>): Promise<T> {
  return use(basketMutex).run(basketId.toLowerCase(), task);
}
