/** Sends one HTTP request and gives the one answer, within the caller's time and a cap on its size. It follows no redirect, retries
 *  nothing and reads no XML.
 *  `dispatch` instead of `request`: the body is collected here anyway, and a stream between costs half as much CPU again. */
import { Client, Pool, type Dispatcher } from "undici";
import type { ProxyAddress } from "../proxy-settings.js";
import type { Deadline } from "./deadline.js";
import { Exchange } from "./exchange.js";
import type { WireAnswer, WireRequest } from "./pipeline.js";
import { tunnelThrough } from "./tunnel.js";

interface TransportOptions {
  /** http(s)://host[:port] */
  readonly origin: string;
  readonly maxConnections: number;
  /** The most bytes of a body, as they come and inflated. */
  readonly maxAnswerBytes: number;
  /** PEM of whom to trust instead of the authorities that Node knows. */
  readonly ca: string | undefined;
  /** Undefined where the origin is reached directly. */
  readonly proxy: ProxyAddress | undefined;
}

export interface Transport {
  /** @throws UpstreamError UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT or, for what is not HTTP, UPSTREAM_BAD_RESPONSE */
  exchange(request: WireRequest, deadline: Deadline | undefined): Promise<WireAnswer>;
  /** Resolves when everything under way has ended; what comes after is refused. */
  close(): Promise<void>;
}

/** undici looks at its own clock twice a second only, so this is up to 2 s. */
const connectTimeoutMs = 1500;

/** What is the same for every connection. */
function connecting({ ca, proxy }: Pick<TransportOptions, "ca" | "proxy">) {
  const direct = { timeout: connectTimeoutMs, ...(ca === undefined ? {} : { ca }) };
  return {
    connect: proxy === undefined ? direct : tunnelThrough(proxy, { ca, timeoutMs: connectTimeoutMs }),
    // The deadline bounds the whole exchange; these two would only bound the pauses in it.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}

export function createTransport({ origin, maxConnections, maxAnswerBytes, ...way }: TransportOptions): Transport {
  const pool = new Pool(origin, { connections: maxConnections, ...connecting(way) });
  let closing: Promise<void> | undefined;
  return {
    exchange: (request, deadline) => exchangeOver(pool, request, maxAnswerBytes, deadline),
    close: () => (closing ??= pool.close()),
  };
}

/** For calls that spend money: each has a connection of its own, so that whatever fails before it stands proves that nothing was sent.
 *  On a connection that was used before nobody could tell. */
export function createSingleUseTransport({ origin, maxAnswerBytes, ...way }: Omit<TransportOptions, "maxConnections">): Transport {
  const underWay = new Set<Promise<WireAnswer>>();
  return {
    async exchange(request, deadline) {
      const connection = new Client(origin, { pipelining: 0, ...connecting(way) });
      const answer = exchangeOver(connection, request, maxAnswerBytes, deadline);
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
        // What is still open here holds nothing that anybody waits for.
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
  deadline: Deadline | undefined,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(method, maxAnswerBytes, { resolve, reject });
    exchange.boundBy(deadline);
    way.dispatch({ method: verb, path: target, headers, body: body ?? null }, exchange);
  });
}
