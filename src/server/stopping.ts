/** Stops a server within a bounded time: what is under way is answered, and no connection outlives its answer. */
import type { Server, ServerResponse } from "node:http";

export interface Stopper {
  /** From now on every answer says `Connection: close`; new connections are still taken, for whoever sends requests here does not know
   *  yet that it should not. */
  drain(): void;
  /** Takes no new connections, and resolves when all are closed. Those that are not after `graceMs` are cut off. */
  stop(graceMs: number): Promise<void>;
}

/** Watches a server's answers from now on. */
export function stopper(server: Server): Stopper {
  const underWay = new Set<ServerResponse>();
  let draining = false;

  server.prependListener("request", (_request, response) => {
    if (draining) response.setHeader("Connection", "close");
    underWay.add(response);
    response.once("close", () => {
      underWay.delete(response);
      if (!server.listening) server.closeIdleConnections();
    });
  });

  function drain(): void {
    draining = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader("Connection", "close");
  }

  return {
    drain,
    stop(graceMs) {
      drain();
      return new Promise((resolve, reject) => {
        const cutOff = setTimeout(() => {
          server.closeAllConnections();
        }, graceMs);
        server.close((error) => {
          clearTimeout(cutOff);
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeIdleConnections();
      });
    },
  };
}
