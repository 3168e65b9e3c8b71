/** Stops a server within a bounded time: what is under way is answered, and no connection outlives its answer. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface Stopper {
  /** From now on every answer says `Connection: close`; new connections are still taken, for whoever sends requests here does not know
   *  yet that it should not. */
  drain(): void;
  /** Takes no new connections, and resolves when all are closed. Those that are not after `graceMs` are cut off. */
  stop(graceMs: number): Promise<void>;
}

/** For whoever has not sent a whole request by the time of a stop. */
const silentMs = 1000;

/** Watches a server's answers from now on. */
export function stopper(server: Server): Stopper {
  const underWay = new Set<ServerResponse>();
  /** What is under way on every connection; undefined while nothing is. */
  const connections = new Map<Socket, IncomingMessage | undefined>();
  let draining = false;

  server.on("connection", (socket) => {
    connections.set(socket, undefined);
    socket.once("close", () => connections.delete(socket));
  });

  server.prependListener("request", (request, response) => {
    if (draining) response.setHeader("Connection", "close");
    underWay.add(response);
    connections.set(request.socket, request);
    response.once("close", () => {
      underWay.delete(response);
      if (connections.get(request.socket) === request) connections.set(request.socket, undefined);
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
        // Node no longer looks at their times, and what they begin now would end too late.
        const hangUp = setTimeout(
          () => {
            for (const [socket, request] of connections) if (request?.complete !== true) socket.destroy();
          },
          Math.min(silentMs, graceMs),
        );
        server.close((error) => {
          clearTimeout(cutOff);
          clearTimeout(hangUp);
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeIdleConnections();
      });
    },
  };
}
