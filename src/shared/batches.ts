/** When several items are asked for in one call. The loaders and the planner decide by the same rules. */
import type { Provider } from "./scope.js";

/** Most items of one call. Below 2, each item is called alone. */
export const batchSize: Provider<number> = () => 0;

/** Items that are asked for at one time. */
interface Asked {
  /** Of which no list is known that they are in. */
  readonly loose: number;
  /** Of which such a list is known, and how many lists these are. */
  readonly listed: number;
  readonly lists: number;
}

/** Whether the listed items cost no more calls by their lists than in batches with the others. Lists leave no doubt which item is meant. */
export function listsAreCheaper({ loose, listed, lists }: Asked, size: number): boolean {
  return lists <= Math.ceil((loose + listed) / size) - Math.ceil(loose / size);
}
