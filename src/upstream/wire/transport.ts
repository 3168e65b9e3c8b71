/** Sends one HTTP request and returns its response, within a limit on its size. It follows no redirect, retries nothing and reads no XML.
 *  `dispatch` instead of `request`: the body is collected here anyway, and the stream of `request` costs half as much CPU again. */
import { Client, Pool, type Dispatcher } from "undici";
import type { ClientOptions } from "../client.js";
import { Exchange } from "./exchange.js";
import type { WireAnswer, WireRequest } from "../pipeline.js";
import type { Signal } from "../limits/abort.js";
import { tunnelThrough } from "./tunnel.js";

interface TransportOptions extends Pick<ClientOptions, "maxConnections" | "maxAnswerBytes" | "ca" | "proxy"> {
  /** http(s)://host[:port] */
  readonly origin: string;
}

export interface Transport {
  /** @throws UpstreamError UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT or, for what is not HTTP, UPSTREAM_BAD_RESPONSE. @throws CallAborted */
  exchange(request: WireRequest, signal: Signal | undefined): Promise<WireAnswer>;
  /** Resolves when everything under way has ended. Later requests are rejected. */
  close(): Promise<void>;
}

/** Up to 2 s, for undici checks its own clock only twice a second. */
const connectTimeoutMs = 1500;

/** The options of every connection. */
function connecting({ ca, proxy }: Pick<TransportOptions, "ca" | "proxy">) {
  const direct = { timeout: connectTimeoutMs, ...(ca === undefined ? {} : { ca }) };
  return {
    connect: proxy === undefined ? direct : tunnelThrough(proxy, { ca, timeoutMs: connectTimeoutMs }),
    // The deadline of the call limits the whole exchange. These two would only limit the pauses in it.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}

export function createTransport({ origin, maxConnections, maxAnswerBytes, ...way }: TransportOptions): Transport {
  const pool = new Pool(origin, { connections: maxConnections, ...connecting(way) });
  let closing: Promise<void> | undefined;
  return {
    exchange: (request, signal) => exchangeOver(pool, request, maxAnswerBytes, signal),
    close: () => (closing ??= pool.close()),
  };
}

/** For calls that spend money: each has its own connection, so that a failure before it is established proves that nothing was sent. */
export function createSingleUseTransport({ origin, maxAnswerBytes, ...way }: Omit<TransportOptions, "maxConnections">): Transport {
  const underWay = new Set<Promise<WireAnswer>>();
  return {
    async exchange(request, signal) {
      const connection = new Client(origin, { pipelining: 0, ...connecting(way) });
      const answer = exchangeOver(connection, request, maxAnswerBytes, signal);
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
        // Nothing waits for what is still open here.
        connection.destroy().catch(() => undefined);
      }
    },
    async close() {
      await Promise.allSettled(underWay);
    },
  };
}

function exchangeOver(
  way: Dispatcher,
  { method, verb, target, headers, body }: WireRequest,
  maxAnswerBytes: number,
  signal: Signal | undefined,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(method, maxAnswerBytes, resolve, reject);
    if (signal !== undefined) exchange.abortBy(signal);
    way.dispatch({ method: verb, path: target, headers, body: body ?? null }, exchange);
  });
}
