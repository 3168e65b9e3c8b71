/** Orders load from the load generator's process, one at a time. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** For a time, or for a number of requests. */
export type Load = {
  readonly url: string;
  readonly query: string;
  readonly connections: number;
} & ({ readonly seconds: number } | { readonly requests: number });

export interface LoadFigures {
  /** Answered ones. */
  readonly requests: number;
  /** Answers other than 200, resets and timeouts. */
  readonly failures: number;
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that making the load took. Near 1 the generator was the limit, not the server. */
  readonly generatorBusy: number;
}

export type LoadReport = { readonly figures: LoadFigures } | { readonly failed: string };

/** @throws Error where any request fails: figures of a server that fails say nothing */
export async function perform(generator: ChildProcess, load: Load): Promise<LoadFigures> {
  const over = new AbortController();
  const { signal } = over;
  const report = once(generator, "message", { signal }) as Promise<[LoadReport]>;
  const gone = once(generator, "exit", { signal }).then((): never => {
    throw new Error("The load generator ended early.");
  });
  try {
    generator.send(load);
    const [message] = await Promise.race([report, gone]);
    if ("failed" in message) throw new Error(message.failed);
    const { figures } = message;
    if (figures.failures > 0 || figures.requests === 0) {
      throw new Error(`${load.url}: ${figures.failures} failed beside ${figures.requests} answered requests of ${load.query}`);
    }
    return figures;
  } finally {
    // The loser of the race would wait for ever; that it is told to stop is no failure.
    for (const waiting of [report, gone]) waiting.catch(() => undefined);
    over.abort();
  }
}
