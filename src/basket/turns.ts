/** Whatever changes or spends a basket waits its turn here. */
import type { Services } from "../graph/services.js";

export function inTurn<T>({ basketTurns }: Services, basketId: string, task: () => Promise<T>): Promise<T> {
  return basketTurns.take(basketId.toLowerCase(), task);
}
