// #region graph
import type { IncomingMessage } from "node:http";
import { createGraph, type Graph, type Settings } from "7digital-graphql";

/** Of the server that executes the schema. */
export interface Context {
  readonly request: IncomingMessage;
}

export function createMusicGraph(settings: Settings): Promise<Graph> {
  return createGraph(settings, {
    requestOf: ({ request }: Context) => ({ headers: request.headers, address: request.socket.remoteAddress }),
  });
}
// #endregion graph
