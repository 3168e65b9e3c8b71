/** Orders load from the load generator's process, one at a time. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { DeckSpec } from "./deck.js";

export interface Load {
  readonly port: number;
  readonly deck: DeckSpec;
  readonly seed: number;
  /** Requests under way at once, each on a connection of its own. */
  readonly connections: number;
  /** Until then requests are sent; those under way are waited for. A deck that has no more ends it earlier. */
  readonly seconds: number;
}

export interface LoadFigures {
  /** All that were sent: all of them had the right response. */
  readonly requests: number;
  /** From the first request to the last response. */
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the body of a response, on average. */
  readonly answerBytes: number;
  /** Share of one core that making the load took. Near 1 the generator was the limit, not the server. */
  readonly generatorBusy: number;
}

export type LoadReport = { readonly figures: LoadFigures } | { readonly failed: string };

/** @throws Error where any response is not the expected one: figures of a server that fails say nothing */
export async function perform(generator: ChildProcess, name: string, load: Load): Promise<LoadFigures> {
  const over = new AbortController();
  const { signal } = over;
  const report = once(generator, "message", { signal }) as Promise<[LoadReport]>;
  const gone = once(generator, "exit", { signal }).then((): never => {
    throw new Error("The load generator ended early.");
  });
  try {
    generator.send(load);
    const [message] = await Promise.race([report, gone]);
    if ("failed" in message) throw new Error(`${name}: ${message.failed}`);
    return message.figures;
  } finally {
    // The loser of the race would wait for ever; that it is told to stop is no failure.
    for (const waiting of [report, gone]) waiting.catch(() => undefined);
    over.abort();
  }
}
