/** The payloads of an operation that has several: the parts of a query with `@defer` or `@stream`, or the events of a subscription. */
import type { IncrementalExecutionResults } from "@graphql-tools/executor";
import type { ExecutionResult, GraphQLError } from "graphql";
import { Interrupted } from "../shared/interrupted.js";
import type { Running } from "./begin.js";
import type { createPresentation, Payload } from "./present.js";

type Present = ReturnType<typeof createPresentation>;
export type Events = AsyncGenerator<ExecutionResult, void, void>;

/** The first part, the others in the order in which they get ready, and what is said of all of them. */
export async function* partsOf(
  { initialResult, subsequentResults }: IncrementalExecutionResults,
  present: Present,
  running: Running,
): AsyncGenerator<Payload, void, void> {
  yield present.payload(initialResult, running, { hasNext: true });
  for await (const { incremental = [] } of subsequentResults) if (incremental.length > 0) yield present.increments(incremental);
  yield present.lastPart(running);
}

/** One for each event. A source that fails ends with an error; one that is interrupted ends without. @throws Interrupted */
export async function* eventsOf(events: Events, present: Present, running: Running): AsyncGenerator<Payload, void, void> {
  try {
    for await (const result of events) yield present.payload(result, running);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    yield present.payload({ errors: [error as GraphQLError] }, running);
  }
}

/** The payloads as JSON.
 *  @param source Of the payloads: it is left first, because they may be waiting for it.
 *  @param end Called once, when they are over, with the codes of all errors: after the last one, or where their reader leaves before, even
 *  before the first. */
export function untilEnd(
  payloads: AsyncGenerator<Payload, void, void>,
  source: AsyncGenerator<unknown, void, void>,
  end: (codes: readonly string[]) => void,
): AsyncIterableIterator<string> {
  const codes: string[] = [];
  let isOver = false;
  const over = (): IteratorReturnResult<undefined> => {
    if (!isOver) end(codes);
    isOver = true;
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const { done, value } = await payloads.next();
        if (done === true) return over();
        codes.push(...value.codes);
        return { done: false, value: JSON.stringify(value.body) };
      } catch (error) {
        over();
        throw error;
      }
    },
    async return() {
      over();
      await source.return();
      await payloads.return();
      return { done: true, value: undefined };
    },
  };
}
