/** Details by id: each is asked for once, in batches where these are turned on. */
import DataLoader from "dataloader";
import type { Batch } from "../upstream/batch.js";
import type { Client } from "../upstream/client.js";
import type { Endpoint } from "../upstream/endpoint.js";
import type { Session } from "../upstream/session.js";
import type { MaybePromise } from "../shared/maybe-promise.js";

/** Of one operation in one store. */
export interface Asking {
  readonly client: Client;
  readonly session: Session;
  /** Most items of one call. Below 2, each is called alone. */
  readonly batchSize: number;
}

export type Details<T> = Pick<DataLoader<string, T>, "load">;

/** By single calls. */
export function detailsOf<P, R>({ client, session }: Asking, endpoint: Endpoint<P, R>, paramsOf: (id: string) => P): Details<R> {
  return loaderOf((ids) => ids.map((id) => client.call(endpoint, paramsOf(id), session)));
}

/** What is asked for in one turn of the event loop is asked for together. */
export function batchedDetails<P, Q, R>(asking: Asking, batch: Batch<P, Q, R>): Details<R> {
  const { client, session, batchSize } = asking;
  return batchSize >= 2
    ? loaderOf((ids) => client.callBatch(batch, ids, batchSize, session))
    : detailsOf(asking, batch.single, batch.paramsOfOne);
}

function loaderOf<T>(ask: (ids: readonly string[]) => readonly MaybePromise<T>[]): Details<T> {
  return new DataLoader<string, T>((ids) => Promise.all(ask(ids).map(valueOrError)));
}

async function valueOrError<T>(answer: MaybePromise<T>): Promise<T | Error> {
  try {
    return await answer;
  } catch (error) {
    return error as Error;
  }
}
