/** Absent is not null. An object is first read from the answer it came in; only a field which that answer did not tell is worth a
 *  call, and what the call leaves untold as well is null. This file is the only place that knows the rule. */
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { GraphContext } from "./context.js";

type Select<F, A, V> = (facts: F, args: A) => V | undefined;
type Resolve<F, A, V> = (facts: F, args: A, context: GraphContext) => MaybePromise<V | null>;

/** Makes resolvers for objects of one kind. `load` gives all that 7digital tells of an object; `select` reads a field and gives
 *  `undefined` where the facts do not tell it, `null` where they tell that there is none. */
export function hydrated<F>(load: (facts: F, context: GraphContext) => MaybePromise<F>) {
  return <V, A = object>(select: Select<F, A, V | null>): Resolve<F, A, V> =>
    (facts, args, context) => {
      const told = select(facts, args);
      return told === undefined ? andThen(load(facts, context), (full) => select(full, args) ?? null) : told;
    };
}
