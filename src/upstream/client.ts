/** The way to 7digital as everybody else sees it: what it is told, what it takes, and what it can be asked. */
import type { Tracer } from "@opentelemetry/api";
import type { ProxyAddress } from "../proxy-settings.js";
import type { Endpoint } from "./endpoint.js";
import type { ClientFigures } from "./figures.js";
import type { CallReport, Meter } from "./meter.js";
import type { Pair } from "./percent-encoding.js";
import type { Quota } from "./quota.js";
import type { Reading } from "./reading.js";
import type { Session, UserCredential } from "./session.js";

export interface ClientOptions {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same by https, for what is signed. */
  readonly secureBaseUrl: string;
  /** PEM of whom to trust there instead of the authorities that Node knows. */
  readonly ca?: string | undefined;
  /** The way to `baseUrl`, where it is not direct. */
  readonly proxy?: ProxyAddress | undefined;
  /** The way to `secureBaseUrl`. */
  readonly secureProxy?: ProxyAddress | undefined;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** For a whole call, from asking for a connection to the last byte, a second try included. */
  readonly timeoutMs: number;
  /** The same for a call that spends money, which is worth waiting for. */
  readonly purchaseTimeoutMs: number;
  /** Calls at once, beside those that spend money. */
  readonly maxConnections: number;
  /** The same for calls that spend money. */
  readonly purchasesAtOnce: number;
  /** Calls that may wait for one of those to end, and for how long. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** Share of the allowance of calls that the catalogue leaves to all the rest. */
  readonly quotaReservePercent: number;
  /** What remembered answers may take on the heap; 0 remembers nothing. */
  readonly cacheBytes: number;
  /** The most bytes of one body, as sent and inflated. */
  readonly maxAnswerBytes: number;
}

/** What the client may not take from its surroundings by itself. */
export interface Ambient {
  /** Epoch milliseconds. */
  now(): number;
  /** Never the same twice, not to be guessed, ASCII. */
  nonce(): string;
  /** In [0, 1). */
  random(): number;
  /** Told how every try of every call ended. */
  observe?(report: CallReport): void;
  /** Told of every answer that differs from what the decoders know. */
  noticed?(reading: Reading): void;
  /** Makes the spans of calls. */
  readonly tracer?: Tracer;
}

export interface Client {
  /** The value itself when the shared cache may serve it, otherwise a promise.
   *  Failures are always rejections, never thrown: @throws UpstreamError */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R>;
  /** What the shared cache holds fresh, without any call; undefined where it holds no such value. Never throws. */
  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined;
  /** The same client, which asks whatever is remembered, and remembers the answers. */
  anew(): Client;
  /** The same client for calls that money depends on, such as finding out what became of a purchase: the breaker lets them through, no queue
   *  keeps them, and they run on when their operation ends. Where that one spends nothing itself they count among its calls. */
  exempt(): Client;
  /** The same as `exempt`, for the looks right after a purchase call: they are made although the allowance of calls is said to be spent, for
   *  the refusal that said so has to be verified. */
  settling(): Client;
  /** A URL for somebody else to fetch, signed now, with everything in its query. It is a secret: whoever has it may use it.
   *  @param url Absolute, without a query. */
  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string;
  /** What time it is at 7digital, in epoch milliseconds: our own, unless an answer proved that wrong. */
  now(): number;
  /** The same client, whose calls are made on behalf of one operation. */
  forOperation(meter: Meter): Client;
  figures(): ClientFigures;
  /** The allowance as 7digital last told it; undefined before it told. */
  quota(): Quota | undefined;
  /** Resolves when all calls under way have ended. */
  close(): Promise<void>;
}
