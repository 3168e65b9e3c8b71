/** Bounds what clients take of connections, so that one client, or many that do nothing, leave some for everybody else. Where all are taken,
 *  the one that has been idle for longest makes room; where none is idle, a few more are accepted on which only probes are answered. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Limits } from "../config.js";
import { plainAddress } from "./client-address.js";
import { networkOf } from "./rates.js";

interface ConnectionLimits extends Pick<Limits, "sockets" | "socketsPerClient"> {
  /** With proxies before us every connection is one of theirs, and none is counted by its address. */
  readonly trustedProxies: number;
}

interface Connection {
  readonly socket: Socket;
  /** The client's network; undefined where it is not counted. */
  readonly client: string | undefined;
  /** Whether it is beyond the limits. */
  readonly reserved: boolean;
  busy: boolean;
  /** Requests that came before the one under way was answered. */
  readonly waiting: (() => void)[];
}

/** Connections beyond the limits, and how long each of them lasts. The oldest makes room for a new one. */
const reserveSize = 32;
const reserveMs = 2000;
/** Hardly any client sends a request before it has the answer to the one before. */
const mostWaiting = 16;
/** How long an answer may make no progress because its client does not read. Node looks once in that time, so it may be twice as long. */
const stalledMs = 10_000;

export class Connections {
  private readonly open = new Map<Socket, Connection>();
  private readonly perClient = new Map<string, number>();
  /** Those that have been answered and wait for another request, the longest first. */
  private readonly idle = new Set<Connection>();
  private readonly reserve = new Set<Connection>();

  constructor(private readonly limits: ConnectionLimits) {}

  /** From now on. */
  watch(server: Server): void {
    server.on("connection", (socket) => {
      this.accept(socket);
    });
  }

  /** Whether only probes are answered on the connection of this request. */
  isReserved({ socket }: IncomingMessage): boolean {
    return this.open.get(socket)?.reserved === true;
  }

  /** The listener, called for one request of a connection after the other: Node would begin with all that come at once. A connection on which
   *  too many wait is closed, and so is one whose client does not read its answers. */
  inTurn(listener: RequestListener): RequestListener {
    return (request, response) => {
      const connection = this.open.get(request.socket);
      // What came with the bytes that were too much.
      if (connection === undefined) return;
      const begin = (): void => {
        this.begin(connection, response);
        listener(request, response);
      };
      if (!connection.busy) begin();
      else if (connection.waiting.length < mostWaiting) connection.waiting.push(begin);
      else this.close(connection);
    };
  }

  private begin(connection: Connection, response: ServerResponse): void {
    const { socket, reserved, waiting } = connection;
    connection.busy = true;
    this.idle.delete(connection);
    if (reserved) response.setHeader("Connection", "close");
    // All of the answer is handed to the socket: from here on it is the client's turn.
    response.once("prefinish", () => {
      socket.setTimeout(stalledMs);
    });
    response.once("close", () => {
      connection.busy = false;
      // Behind an answer that ends its connection nothing is executed, for nobody would hear of it.
      if (!this.open.has(socket) || !socket.writable) return;
      const next = waiting.shift();
      if (next === undefined) this.idle.add(connection);
      else {
        // An operation may take as long as it may.
        socket.setTimeout(0);
        next();
      }
    });
  }

  private accept(socket: Socket): void {
    const client = this.clientOf(socket);
    const reserved = !this.hasRoomFor(client);
    const connection: Connection = { socket, client, reserved, busy: false, waiting: [] };
    this.open.set(socket, connection);
    socket.once("close", () => {
      this.forget(connection);
    });
    if (reserved) this.keepInReserve(connection);
    else if (client !== undefined) this.perClient.set(client, (this.perClient.get(client) ?? 0) + 1);
  }

  private clientOf({ remoteAddress }: Socket): string | undefined {
    const { socketsPerClient, trustedProxies } = this.limits;
    const isCounted = socketsPerClient > 0 && trustedProxies === 0 && remoteAddress !== undefined;
    return isCounted ? networkOf(plainAddress(remoteAddress)) : undefined;
  }

  private hasRoomFor(client: string | undefined): boolean {
    const { sockets, socketsPerClient } = this.limits;
    const ofClient = client === undefined ? 0 : (this.perClient.get(client) ?? 0);
    if (client !== undefined && ofClient >= socketsPerClient && !this.closeIdle((one) => one.client === client)) return false;
    return this.open.size - this.reserve.size < sockets || this.closeIdle(() => true);
  }

  private closeIdle(fits: (connection: Connection) => boolean): boolean {
    for (const connection of this.idle) {
      if (connection.reserved || !fits(connection)) continue;
      this.close(connection);
      return true;
    }
    return false;
  }

  private keepInReserve(connection: Connection): void {
    const [oldest] = this.reserve;
    if (this.reserve.size >= reserveSize && oldest !== undefined) this.close(oldest);
    this.reserve.add(connection);
    const over = setTimeout(() => {
      this.close(connection);
    }, reserveMs);
    connection.socket.once("close", () => {
      clearTimeout(over);
    });
  }

  private close(connection: Connection): void {
    this.forget(connection);
    connection.socket.destroy();
  }

  /** At once, for the event comes later. */
  private forget(connection: Connection): void {
    const { socket, client, reserved } = connection;
    if (!this.open.delete(socket)) return;
    this.idle.delete(connection);
    this.reserve.delete(connection);
    if (reserved || client === undefined) return;
    const left = (this.perClient.get(client) ?? 1) - 1;
    if (left === 0) this.perClient.delete(client);
    else this.perClient.set(client, left);
  }
}
