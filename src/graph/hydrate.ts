/** Absent is not null. An object is first read from the answer it came in; only a field which that answer did not tell is worth a
 *  call, and what the call leaves untold as well is null. This file is the only place that knows the rule. */
import { GraphQLError } from "graphql";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { readable, type Unreadable } from "../upstream/unreadable.js";
import type { GraphContext } from "./context.js";

type Select<F, A, V> = (facts: F, args: A) => V | Unreadable | undefined;
type Resolve<F, A, V> = (facts: F, args: A, context: GraphContext) => MaybePromise<V | null>;

interface Sources<F> {
  /** All that 7digital tells of the object. */
  readonly load: (facts: F, context: GraphContext) => MaybePromise<F>;
  /** What another answer of this operation has told of the same object, if one has. */
  readonly inHand?: (facts: F, context: GraphContext) => F | undefined;
}

/** Makes resolvers for objects of one kind. `select` reads a field and gives `undefined` where the facts do not tell it, `null` where
 *  they tell that there is none. What they tell in a form that can not be read is an error of the field, and costs no call: it is told. */
export function hydrated<F>({ load, inHand }: Sources<F>) {
  return <V, A = object>(select: Select<F, A, V | null>): Resolve<F, A, V> =>
    (facts, args, context) => {
      const told = select(facts, args);
      if (told !== undefined) return readable(told);
      const other = inHand?.(facts, context);
      const alsoTold = other && select(other, args);
      if (alsoTold !== undefined) return readable(alsoTold);
      return andThen(load(facts, context), (full) => readable(select(full, args)) ?? null);
    };
}

/** A field that everything of its kind has: where 7digital tells none, that is an error, so that null is never without one.
 *  @param what Names the field, for the message. */
export function always<F, A, V>(what: string, resolve: Resolve<F, A, V>): Resolve<F, A, V> {
  return (facts, args, context) =>
    andThen(resolve(facts, args, context), (value) => {
      if (value !== null) return value;
      throw new GraphQLError(`7digital tells no ${what}.`, { extensions: { code: "UPSTREAM_BAD_RESPONSE" } });
    });
}
