/** Changes a basket one change at a time, because 7digital's baskets have no versions. */
import type { Turns } from "../shared/peers.js";
import { bound, type Scope } from "../shared/scope.js";

/** By the basket's id in lower case. */
export const basketTurns = bound<Turns>("basket turns");

export function runInTurn<T>({ use }: Scope, basketId: string, task: () => Promise<T>): Promise<T> {
  return use(basketTurns).run(basketId.toLowerCase(), task);
}
