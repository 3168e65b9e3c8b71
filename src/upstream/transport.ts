/** Sends one HTTP request and gives the one answer, within the caller's time and a cap on its size. It follows no redirect, retries
 *  nothing and reads no XML. A body that can not be read is a fault of the answer, whose status and headers still count; where there
 *  is no answer, it turns whatever went wrong into an UpstreamError that tells no URL.
 *  `dispatch` instead of `request`: the body is collected here anyway, and a stream between costs half as much CPU again. */
import type { IncomingHttpHeaders } from "node:http";
import { Client, Pool, type Dispatcher } from "undici";
import type { ProxyAddress } from "../proxy-settings.js";
import { BodyError, bodyText, tooLarge } from "./body-text.js";
import { ByteCollector } from "./byte-collector.js";
import { GivenUp, type Deadline } from "./deadline.js";
import { UpstreamError } from "./errors.js";
import type { Header, WireAnswer, WireRequest } from "./pipeline.js";
import { tunnelThrough } from "./tunnel.js";
import { sentNothingBack } from "./wire-faults.js";

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

/** Enough to see what a refusal is about. */
const mostOfFaulty = 1000;

const brokenOff = new BodyError("a body that broke off", true);

interface Settle {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One request under way. Whatever happens first settles it; what happens after is of no interest. */
class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private httpStatus = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly body: ByteCollector;
  private settled = false;
  private deadline: Deadline | undefined;
  /** From here on nobody can say that nothing was sent. */
  private started = false;

  constructor(
    private readonly method: string,
    private readonly maxBytes: number,
    private readonly settle: Settle,
  ) {
    this.body = new ByteCollector(maxBytes);
  }

  boundBy(deadline: Deadline | undefined): void {
    this.deadline = deadline;
    deadline?.watch((over) => {
      const { method, started } = this;
      if (over === "givenUp") this.fail(new GivenUp(method, !started));
      else if (this.hasFailed) this.finish(brokenOff);
      else this.fail(new UpstreamError("UPSTREAM_TIMEOUT", `7digital did not answer ${method} in time.`, { method, notSent: !started }));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Aborted here, the request is dropped before its first byte.
    if (!this.settled) this.started = true;
    else controller.abort(new Error("nobody waits for the answer"));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, httpStatus: number, headers: IncomingHttpHeaders): void {
    this.httpStatus = httpStatus;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.settled && !this.body.add(chunk)) this.finish(tooLarge());
  }

  onResponseEnd(): void {
    this.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.hasFailed) this.finish(brokenOff);
    else this.fail(sentNothingBack(this.method, error, !this.started));
  }

  /** The status alone says how the call ended. */
  private get hasFailed(): boolean {
    return this.httpStatus >= 400;
  }

  private readonly header: Header = (name) => {
    const told = this.headers[name];
    return Array.isArray(told) ? told.join(", ") : told;
  };

  private text(): string {
    if (this.httpStatus >= 300 && this.httpStatus < 400) throw new BodyError(`a redirect (${String(this.httpStatus)})`);
    return bodyText(this.body.bytes(), {
      contentEncoding: this.header("content-encoding"),
      contentType: this.header("content-type"),
      maxBytes: this.maxBytes,
    });
  }

  private finish(fault?: BodyError): void {
    if (this.settled) return;
    this.end();
    try {
      this.settle.resolve(this.answer(fault));
    } catch (error) {
      this.settle.reject(error);
    }
    if (fault !== undefined) this.abort();
  }

  private answer(found: BodyError | undefined): WireAnswer {
    const { httpStatus, header } = this;
    const isFramed = header("content-length") !== undefined || /\bchunked\b/i.test(header("transfer-encoding") ?? "");
    const common = { httpStatus, header, endsWithConnection: !isFramed || found === brokenOff };
    try {
      if (found !== undefined) throw found;
      return { ...common, body: this.text(), fault: undefined };
    } catch (fault) {
      if (!(fault instanceof BodyError)) throw fault;
      return { ...common, body: this.body.bytes().toString("latin1", 0, mostOfFaulty), fault };
    }
  }

  private fail(error: unknown): void {
    if (this.settled) return;
    this.end();
    this.settle.reject(error);
    this.abort();
  }

  private abort(): void {
    this.controller?.abort(new Error("the rest of the answer is of no use"));
  }

  private end(): void {
    this.settled = true;
    this.deadline?.unwatch();
  }
}
