/** Stops a server within a bounded time: what is under way is answered, and no connection outlives its answer. */
import type { Server, ServerResponse } from "node:http";

/** Watches a server's answers from now on. What it gives stops the server: it takes no new connections, says `Connection: close` with
 *  every answer, and resolves when all connections are closed. Those that are not after `graceMs` are cut off. */
export function stopper(server: Server): (graceMs: number) => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let stopping = false;

  server.prependListener("request", (_request, response) => {
    if (stopping) response.setHeader("Connection", "close");
    underWay.add(response);
    response.once("close", () => {
      underWay.delete(response);
      if (stopping) server.closeIdleConnections();
    });
  });

  return (graceMs) => {
    stopping = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader("Connection", "close");
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
  };
}
