/** Public interface of the 7digital client. Start here; create-client.ts makes it. */
import type { Tracer } from "@opentelemetry/api";
import type { Config, UpstreamConfig } from "../config/config.js";
import type { Batch } from "./batch.js";
import type { AnswerStore, CachedAnswers } from "./cache/cache.js";
import type { Endpoint } from "./endpoint.js";
import type { ClientStats } from "./stats.js";
import type { CallReport, Meter } from "./meter.js";
import type { Pair } from "./request/percent-encoding.js";
import type { Quota, QuotaPeers } from "./limits/quota.js";
import type { Reading } from "./xml/reading.js";
import type { Session, UserCredential } from "./session.js";

type UpstreamOptions = "baseUrl" | "secureBaseUrl" | "ca" | "proxy" | "secureProxy" | "consumerKey" | "consumerSecret";
type TimeOptions = "timeoutMs" | "purchaseTimeoutMs" | "maxWaitMs";
type LimitOptions = "maxConnections" | "purchasesAtOnce" | "maxWaiting" | "quotaReservePercent" | "cacheBytes" | "maxAnswerBytes";

/** The settings that concern calls. call-settings.ts and its neighbours describe each of them. */
export type ClientOptions = Pick<UpstreamConfig, UpstreamOptions> & Pick<Config, TimeOptions | LimitOptions | "usageTypes">;

/** What differs in tests: time, chance, and observers. */
export interface Ambient {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Unique, unpredictable, ASCII. */
  readonly nonce: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called when a try of a call has ended. */
  readonly observe?: ((report: CallReport) => void) | undefined;
  /** Called for every answer that differs from what the decoders know. */
  readonly noticed?: ((reading: Reading) => void) | undefined;
  /** For a span per call; undefined for none. */
  readonly tracer?: Tracer;
  /** Other processes that call with the same key. */
  readonly quotaPeers?: QuotaPeers | undefined;
  /** Answers that it shares with other copies. */
  readonly sharedAnswers?: AnswerStore | undefined;
}

export interface Client {
  /** The value itself where the cache has it, otherwise a promise. Failures are rejections, never thrown: @throws UpstreamError */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R>;
  /** An answer for each ID, as from `call`. What is in the cache or under way is left out of the calls, and one item alone is called by its own
   *  method.
   *  @param size Most items of one call, at least 1. */
  callBatch<P, Q, R>(batch: Batch<P, Q, R>, ids: readonly string[], size: number, session: Session): readonly (R | Promise<R>)[];
  /** The fresh value in the cache; undefined where there is none. Makes no call and never throws. */
  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined;
  /** A view that always makes a call, and caches the answer. */
  bypassCache(): Client;
  /** A view for calls that money depends on, such as reading the state of a purchase. The breaker lets them through, they do not queue, and they
   *  go on when their operation ends. They count among its calls, unless the operation itself spends money. */
  critical(): Client;
  /** Like `critical`, for reads right after a purchase call. A spent quota does not stop them, as it may be why the purchase failed. */
  reconciling(): Client;
  /** A signed URL for a client to fetch. It is a secret: anyone who has it can use it.
   *  @param url Absolute, without a query. */
  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string;
  /** The time at 7digital, in epoch milliseconds: our own, unless an answer proved it wrong. */
  now(): number;
  /** A view whose calls belong to one operation. */
  forOperation(meter: Meter): Client;
  /** Whether all these answers are still in the cache, unchanged. It counts as a use of them. */
  holds(answers: CachedAnswers): boolean;
  stats(): ClientStats;
  /** The call quota as in 7digital's last answer; undefined before the first. */
  quota(): Quota | undefined;
  /** Resolves when all calls under way have ended. */
  close(): Promise<void>;
}
