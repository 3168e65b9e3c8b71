/** Absent is not null. A field is read from the answer that gave its object. Only where that answer leaves the field out is a call made
 *  for the object, and what that call leaves out as well is null. This file is the only place that knows the rule. */
import { GraphQLError } from "graphql";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Scope } from "../shared/scope.js";
import type { ErrorCode } from "../shared/error-codes.js";
import { upstream, type CallHints, type Hints, type Method } from "./field-cost.js";
import { readable, type Unreadable } from "../upstream/xml/unreadable.js";

type Select<F, A, V> = (facts: F, args: A) => V | Unreadable | undefined;
type Resolve<F, A, V> = (facts: F, args: A, scope: Scope) => MaybePromise<V | null>;

interface Sources<F> {
  /** Of the type, for errors. */
  readonly name: string;
  /** The method that `load` calls. */
  readonly method: Method;
  /** What it costs, where that is not one call for each object. */
  readonly cost?: Pick<CallHints, "calls" | "once" | "alone" | "inBatches">;
  /** All that 7digital has of the object. */
  readonly load: (facts: F, scope: Scope) => MaybePromise<F>;
  /** What other answers of this operation included of the same object. */
  readonly partial?: (facts: F, scope: Scope) => F | undefined;
}

interface Options<F, V> extends Hints {
  /** Names a field that every object of its type has: where 7digital has no value it is an error, so that null never comes without one. */
  readonly required?: string;
  /** The value of a required field that even `load` leaves out. */
  readonly fallback?: (full: F) => V | Unreadable | null | undefined;
}

/** Makes the cost and the resolver of fields of one type. `select` reads a field: it gives `undefined` where the facts leave it out and
 *  `null` where they say that there is none. A value that cannot be read is an error of the field and costs no call: the resolver throws
 *  UpstreamError UPSTREAM_BAD_RESPONSE. */
export function lazyField<F>({ name, method, cost, load, partial }: Sources<F>) {
  return <V, A = object>(select: Select<F, A, V | null>, { required, fallback, ...hints }: Options<F, V> = {}) => {
    const resolve: Resolve<F, A, V> = (facts, args, scope) => {
      const own = select(facts, args);
      if (own !== undefined) return readable(own);
      const others = partial?.(facts, scope);
      const known = others && select(others, args);
      if (known !== undefined) return readable(known);
      return andThen(load(facts, scope), (full) => readable(select(full, args) ?? fallback?.(full)) ?? null);
    };
    const costs = { ...cost, ...hints };
    if (required === undefined) return { ...upstream(method, costs), resolve };
    return { ...upstream(method, { ...costs, nullOnlyWithError: true }), resolve: neverNull(resolve, `${required} of the ${name}`) };
  };
}

function neverNull<F, A, V>(resolve: Resolve<F, A, V>, what: string): Resolve<F, A, V> {
  return (facts, args, scope) =>
    andThen(resolve(facts, args, scope), (value) => {
      if (value !== null) return value;
      throw new GraphQLError(`7digital's answer has no ${what}.`, { extensions: { code: "UPSTREAM_BAD_RESPONSE" satisfies ErrorCode } });
    });
}
