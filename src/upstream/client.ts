/** Public interface of the 7digital client. Start here; create-client.ts makes it. */
import type { Tracer } from "@opentelemetry/api";
import type { ProxyAddress } from "../config/proxy-settings.js";
import type { Endpoint } from "./endpoint.js";
import type { ClientStats } from "./stats.js";
import type { CallReport, Meter } from "./meter.js";
import type { Pair } from "./request/percent-encoding.js";
import type { Quota } from "./limits/quota.js";
import type { Reading } from "./xml/reading.js";
import type { Session, UserCredential } from "./session.js";

export interface ClientOptions {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same by https, for signed calls. */
  readonly secureBaseUrl: string;
  /** PEM of the certificate authorities to trust there. Undefined: those of Node. */
  readonly ca?: string | undefined;
  /** Proxy in front of `baseUrl`. */
  readonly proxy?: ProxyAddress | undefined;
  /** Proxy in front of `secureBaseUrl`. */
  readonly secureProxy?: ProxyAddress | undefined;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Of a whole call: queue, connection, the answer to its last byte, and the second try. */
  readonly timeoutMs: number;
  /** The same for a call that spends money. */
  readonly purchaseTimeoutMs: number;
  /** Calls at the same time, without those that spend money. */
  readonly maxConnections: number;
  /** The same for calls that spend money. */
  readonly purchasesAtOnce: number;
  /** Calls that may queue, and for how long. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** Share of the call quota that the catalogue leaves to all other calls. */
  readonly quotaReservePercent: number;
  /** What cached values may take on the heap; 0 caches none. */
  readonly cacheBytes: number;
  /** Limit of one body, compressed and inflated alike. */
  readonly maxAnswerBytes: number;
}

/** What differs in tests: time, chance, and observers. */
export interface Ambient {
  /** Epoch milliseconds. */
  now(): number;
  /** Unique, unpredictable, ASCII. */
  nonce(): string;
  /** In [0, 1). */
  random(): number;
  /** Called when a try of a call has ended. */
  observe?(report: CallReport): void;
  /** Called for every answer that differs from what the decoders know. */
  noticed?(reading: Reading): void;
  /** For a span per call; undefined for none. */
  readonly tracer?: Tracer;
}

export interface Client {
  /** The value itself where the cache has it, otherwise a promise. Failures are rejections, never thrown: @throws UpstreamError */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R>;
  /** The fresh value in the cache; undefined where there is none. Makes no call and never throws. */
  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined;
  /** A view that always makes a call, and caches the answer. */
  bypassCache(): Client;
  /** A view for calls that money depends on, such as reading the state of a purchase. The breaker lets them through, they do not queue, and they
   *  go on when their operation ends. They count among its calls, unless the operation itself spends money. */
  critical(): Client;
  /** Like `critical`, for the reads right after a purchase call. They are made although 7digital says that the quota is spent, for that rejection
   *  of the purchase has to be verified. */
  reconciling(): Client;
  /** A signed URL for a client to fetch. It is a secret: anyone who has it can use it.
   *  @param url Absolute, without a query. */
  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string;
  /** The time at 7digital, in epoch milliseconds: our own, unless an answer proved it wrong. */
  now(): number;
  /** A view whose calls belong to one operation. */
  forOperation(meter: Meter): Client;
  stats(): ClientStats;
  /** The call quota as in 7digital's last answer; undefined before the first. */
  quota(): Quota | undefined;
  /** Resolves when all calls under way have ended. */
  close(): Promise<void>;
}
