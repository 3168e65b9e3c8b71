/** Stops a server within a bounded time: requests under way are answered, and no connection outlives its response. */
import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export type GracefulShutdown = ReturnType<typeof createGracefulShutdown>;

/** How long a client that has not sent its whole request is waited for. */
const silentMs = 1000;

/** Watches the connections and responses of a server from now on. */
export function createGracefulShutdown(server: Server) {
  /** The response under way on every connection; undefined while there is none. */
  const connections = new Map<Socket, ServerResponse | undefined>();
  let draining = false;

  server.on("connection", (socket) => {
    connections.set(socket, undefined);
    socket.once("close", () => connections.delete(socket));
  });

  server.prependListener("request", (request, response) => {
    if (draining) response.setHeader("Connection", "close");
    const { socket } = request;
    connections.set(socket, response);
    response.on("close", () => {
      if (connections.get(socket) === response) connections.set(socket, undefined);
      if (!server.listening) server.closeIdleConnections();
    });
  });

  /** From now on every response says `Connection: close`. New connections are still taken, because a load balancer needs a while to notice
   *  that it should use another copy. */
  function drain(): void {
    draining = true;
    for (const response of connections.values()) if (response?.headersSent === false) response.setHeader("Connection", "close");
  }

  return {
    drain,
    /** Takes no new connections, and resolves when all are closed. Those still open after `graceMs` are cut off. */
    stop(graceMs: number): Promise<void> {
      drain();
      return close(server, connections, graceMs);
    },
  };
}

function close(server: Server, connections: ReadonlyMap<Socket, ServerResponse | undefined>, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cutOff = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    // Node no longer applies its timeouts for incomplete requests once the server closes.
    const hangUp = setTimeout(
      () => {
        for (const [socket, response] of connections) if (response?.req.complete !== true) socket.destroy();
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
}
