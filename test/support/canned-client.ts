/** A client of 7digital that answers from a function and caches every answer, for tests of what stands on it. */
import type { Client } from "../../src/upstream/client.js";
import type { Batch } from "../../src/upstream/batch.js";
import type { Endpoint } from "../../src/upstream/endpoint.js";

export interface CannedClient {
  readonly client: Client;
  /** What was called since the last look: path and parameters. */
  readonly calls: () => readonly string[];
}

interface CannedOptions {
  /** Whether nothing is cached. */
  readonly forgets?: boolean;
}

/** @param answer Gives the decoded answer, or throws. */
export function cannedClient(answer: (path: string, params: never) => unknown, { forgets = false }: CannedOptions = {}): CannedClient {
  const cache = new Map<string, unknown>();
  let calls: string[] = [];
  const keyOf = (path: string, params: unknown): string => `${path} ${JSON.stringify(params)}`;
  const answered = async <R>(path: string, params: unknown): Promise<R> => {
    await Promise.resolve();
    const value = answer(path, params as never) as R;
    if (!forgets) cache.set(keyOf(path, params), value);
    return value;
  };
  const client = {
    peek: <P, R>({ path }: Endpoint<P, R>, params: P) => cache.get(keyOf(path, params)) as R | undefined,
    async call<P, R>({ path }: Endpoint<P, R>, params: P): Promise<R> {
      calls.push(keyOf(path, params));
      return answered(path, params);
    },
    /** Each item is answered as if it were called alone. */
    callBatch<P, Q, R>({ path, single, paramsOfOne }: Batch<P, Q, R>, ids: readonly string[]): readonly Promise<R>[] {
      calls.push(keyOf(path, ids));
      return ids.map((id) => answered<R>(single.path, paramsOfOne(id)));
    },
  };
  return {
    client: client as unknown as Client,
    calls() {
      const made = calls;
      calls = [];
      return made;
    },
  };
}
