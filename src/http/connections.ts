/** Bounds the connections of clients, in total and per client. When all are taken, the one that has been idle longest is closed. When none
 *  is idle, a small reserve is accepted, on which only probes are answered. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Limits } from "../config/config.js";
import { plainAddress } from "./client-address.js";
import type { ClientCounts } from "../shared/client-counts.js";
import { networkOf } from "../operation/rate-limits.js";

interface ConnectionLimits extends Pick<Limits, "sockets" | "socketsPerClient"> {
  /** Behind proxies every connection is theirs, so connections are not counted per address. */
  readonly trustedProxies: number;
}

interface Connection {
  readonly socket: Socket;
  /** The client's network; undefined where it is not counted. */
  readonly client: string | undefined;
  /** Whether it is beyond the limits. */
  readonly reserved: boolean;
  busy: boolean;
  /** Pipelined requests: they came before the one under way was answered. */
  readonly waiting: (() => void)[];
}

/** Connections beyond the limits, and how long each of them lasts. The oldest makes room for a new one. */
const reserveSize = 32;
const reserveMs = 2000;
/** Hardly any client pipelines requests. */
const mostWaiting = 16;
/** How long a response may make no progress because the client does not read. Node checks once per period, so it may take twice as long. */
export const stalledMs = 10_000;

export class Connections {
  private readonly open = new Map<Socket, Connection>();
  /** Longest idle first. */
  private readonly idle = new Set<Connection>();
  private readonly reserve = new Set<Connection>();

  constructor(
    private readonly limits: ConnectionLimits,
    private readonly perClient: ClientCounts,
  ) {}

  watch(server: Server): void {
    server.on("connection", (socket) => {
      this.accept(socket);
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
    else if (client !== undefined) this.perClient.add(client);
  }

  private clientOf({ remoteAddress }: Socket): string | undefined {
    const { socketsPerClient, trustedProxies } = this.limits;
    const isCounted = socketsPerClient > 0 && trustedProxies === 0 && remoteAddress !== undefined;
    return isCounted ? networkOf(plainAddress(remoteAddress)) : undefined;
  }

  private hasRoomFor(client: string | undefined): boolean {
    const { sockets, socketsPerClient } = this.limits;
    const isFull = client !== undefined && this.perClient.of(client) >= socketsPerClient;
    if (isFull && !this.closeIdle((one) => one.client === client)) return false;
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

  /** Whether only probes are answered on the connection of this request. */
  isReserved({ socket }: IncomingMessage): boolean {
    return this.open.get(socket)?.reserved === true;
  }

  /** Calls the listener for one request of a connection at a time; Node would start all pipelined requests at once. Closes connections with
   *  too many waiting requests, and those whose client does not read. */
  inTurn(listener: RequestListener): RequestListener {
    return (request, response) => {
      const connection = this.open.get(request.socket);
      // The connection was closed, and this request came with the same bytes.
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
    // The whole response is handed to the socket: from here on the client has to read what the system has not taken yet.
    response.on("prefinish", () => {
      if (socket.writableLength > 0) socket.setTimeout(stalledMs);
    });
    response.on("close", () => {
      connection.busy = false;
      // No further request is executed on a connection that ends: its response could not be sent.
      if (!this.open.has(socket) || !socket.writable) return;
      const next = waiting.shift();
      if (next === undefined) this.idle.add(connection);
      else {
        // The operation has its own time limit.
        socket.setTimeout(0);
        next();
      }
    });
  }

  private close(connection: Connection): void {
    this.forget(connection);
    connection.socket.destroy();
  }

  /** Called directly as well as by the close event, which comes later. */
  private forget(connection: Connection): void {
    const { socket, client, reserved } = connection;
    if (!this.open.delete(socket)) return;
    this.idle.delete(connection);
    this.reserve.delete(connection);
    if (!reserved && client !== undefined) this.perClient.remove(client);
  }
}
