/** The client of 7digital: answers from the cache, or else sends a call through the layers. Its views, such as `critical`, share everything. */
import { useOf, type Cache, type CachedAnswers, type Entry, type RecentFailure } from "./cache/cache.js";
import type { Batch } from "./batch.js";
import { askOncePer, Batching } from "./batching.js";
import type { Client } from "./client.js";
import type { Endpoint } from "./endpoint.js";
import { untilAborted } from "./limits/abort.js";
import type { Quota } from "./limits/quota.js";
import type { Meter } from "./meter.js";
import type { Answer, Call, Send } from "./pipeline.js";
import type { Pipeline } from "./pipeline-order.js";
import { callKey } from "./request/call-key.js";
import type { Signer } from "./request/oauth.js";
import type { Pair } from "./request/percent-encoding.js";
import type { AnyEndpoint, RequestBuilder, SharedKey } from "./request/request.js";
import type { Session, UserCredential } from "./session.js";
import type { ClientStats } from "./stats.js";

/** What every view of one client shares. */
export interface Core extends Pipeline, Pick<Client, "now" | "quota" | "stats" | "close"> {
  readonly requests: RequestBuilder;
  readonly cache: Cache;
  readonly signer: Signer;
  /** What no error may hold. */
  readonly secrets: readonly string[];
  /** Our own clock, by which the cache goes. */
  readonly ownNow: () => number;
}

/** What the calls of one view have in common. */
type View = Pick<Call, "meter" | "bypassCache" | "critical" | "reconciling">;

const plainView: View = { meter: undefined, bypassCache: false, critical: false, reconciling: false };

/** Why no call is made. */
type Rejection = RecentFailure | { readonly error: unknown; readonly failedAtMs?: undefined };

/** An item of a batch. */
interface Item {
  readonly together: Send<Answer>;
  /** Asks the meter, which counts calls, not items. @throws UpstreamError where no more may be made. */
  readonly ask: () => void;
}

export class CachingClient implements Client {
  constructor(
    private readonly core: Core,
    private readonly view: View = plainView,
  ) {}

  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R> {
    return this.answer(endpoint, params, session);
  }

  callBatch<P, Q, R>(batch: Batch<P, Q, R>, ids: readonly string[], size: number, session: Session): readonly (R | Promise<R>)[] {
    const { single, path, paramsOfOne } = batch;
    const { sendOne, sendSeveral, secrets, cache } = this.core;
    const createCall = (params: Q): Call => this.createCall(batch, params, session, this.keyOf(batch, params, session));
    const rejects = ({ key }: Call): unknown => (this.isExempt ? undefined : cache.failures.find(key, this.core.ownNow())?.error);
    const batching = new Batching({ batch, size, createCall, rejects, sendOne, sendSeveral, secrets });
    const ask = askOncePer(size, () => this.view.meter?.ask(path, single.effect, this.view.critical));
    const answers = ids.map((id) => this.answer(single, paramsOfOne(id), session, { together: batching.wayOf(id), ask }));
    batching.send();
    return answers;
  }

  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined {
    const nowMs = this.core.ownNow();
    const entry = this.find(this.keyOf(endpoint, params, session), nowMs);
    if (entry === undefined || nowMs >= entry.freshUntilMs) return undefined;
    this.countHit(endpoint.path, entry);
    return entry.value as R | undefined;
  }

  bypassCache(): Client {
    return new CachingClient(this.core, { ...this.view, bypassCache: true });
  }

  critical(): Client {
    return new CachingClient(this.core, { ...this.view, critical: true });
  }

  reconciling(): Client {
    return new CachingClient(this.core, { ...this.view, critical: true, reconciling: true });
  }

  forOperation(meter: Meter): Client {
    return new CachingClient(this.core, { ...this.view, meter });
  }

  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string {
    const { signer } = this.core;
    this.view.meter?.goodUntil(0);
    if (user === undefined || "token" in user) return signer.signedUrl({ verb: "GET", url, pairs }, user?.token);
    return signer.signedUrl({ verb: "GET", url, pairs: [...pairs, ["userId", user.partnerUserId]] });
  }

  now(): number {
    this.view.meter?.goodUntil(0);
    return this.core.now();
  }

  quota(): Quota | undefined {
    this.view.meter?.goodUntil(0);
    return this.core.quota();
  }

  holds(answers: CachedAnswers): boolean {
    const { cache, ownNow } = this.core;
    return cache.values.holds(answers, ownNow());
  }

  stats(): ClientStats {
    this.view.meter?.goodUntil(0);
    return this.core.stats();
  }

  close(): Promise<void> {
    return this.core.close();
  }

  private find(key: SharedKey | undefined, nowMs: number): Entry | undefined {
    return key === undefined || this.view.bypassCache ? undefined : this.core.cache.values.find(key, nowMs);
  }

  private answer<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, item?: Item): R | Promise<R> {
    const key = this.keyOf(endpoint, params, session);
    const nowMs = this.core.ownNow();
    const entry = this.find(key, nowMs);
    const use = entry === undefined ? "lastResort" : useOf(entry, nowMs);
    if (entry !== undefined && use === "serve") return this.served<R>(endpoint.path, entry);
    const create = (): Call => this.createCall(endpoint, params, session, key, item?.together);
    if (entry === undefined || use === "lastResort") return this.send<R>(endpoint, create, item);
    // An error is dropped here. It is reported once the stale value may no longer be served.
    this.renew(create, item).catch(() => undefined);
    return this.served<R>(endpoint.path, entry);
  }

  private served<R>(path: string, entry: Entry): R | Promise<R> {
    this.countHit(path, entry);
    return entry.failure === undefined ? (entry.value as R) : Promise.reject(entry.failure);
  }

  private send<R>(endpoint: Pick<AnyEndpoint, "path" | "effect">, create: () => Call, item: Item | undefined): Promise<R> {
    const answer = this.sendOrFallBack<R>(create, item);
    const operation = this.operationOf(endpoint);
    return operation === undefined ? answer : untilAborted(answer, operation.signal);
  }

  private async sendOrFallBack<R>(create: () => Call, item: Item | undefined): Promise<R> {
    const call = create();
    const rejection = this.reject(call, item);
    if (rejection !== undefined) return this.fallBack(call, rejection) as R;
    const { value, from, freshUntilMs } = await this.core.send(call).catch((error: unknown) => {
      // A rule may make a value of the error: what is not found is null.
      call.meter?.goodUntil(0);
      throw error;
    });
    if (from === undefined) call.meter?.goodUntil(freshUntilMs);
    else this.countHit(call.endpoint.path, from);
    return value as R;
  }

  private async renew(create: () => Call, item: Item | undefined): Promise<void> {
    const call = create();
    if (this.reject(call, item) === undefined) await this.core.send(call);
  }

  private createCall<P, R>(
    endpoint: Endpoint<P, R>,
    params: P,
    session: Session,
    sharedKey: SharedKey | undefined,
    together?: Send<Answer>,
  ): Call {
    const { requests } = this.core;
    const { store, user } = session;
    const method = requests.method(endpoint);
    const pairs = requests.pairs(endpoint, params, session);
    const key = callKey({ method, pairs, user, sharedKey });
    const waiting = this.operationOf(endpoint);
    const { meter, bypassCache, critical, reconciling } = this.view;
    // Written out: V8 takes a hundred times longer for an object with a spread after other members.
    return { endpoint, method, pairs, key, store, user, sharedKey, waiting, together, meter, bypassCache, critical, reconciling };
  }

  /** The operation that a call ends with. */
  private operationOf({ effect }: Pick<AnyEndpoint, "effect">): Meter | undefined {
    return effect === "read" && !this.view.critical ? this.view.meter : undefined;
  }

  /** Rejects a call whose item just failed, or whose operation may make no more. Before it is shared, so that this fails no other operation. */
  private reject({ endpoint: { path, effect }, key, critical, meter }: Call, item: Item | undefined): Rejection | undefined {
    const failure = this.isExempt ? undefined : this.core.cache.failures.find(key, this.core.ownNow());
    if (failure !== undefined) return failure;
    try {
      if (item !== undefined) item.ask();
      else meter?.ask(path, effect, critical);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /** Whether calls are made although the same ones just failed. */
  private get isExempt(): boolean {
    return this.view.bypassCache || this.view.critical;
  }

  private fallBack({ endpoint: { path }, sharedKey, meter }: Call, { error, failedAtMs }: Rejection): unknown {
    const nowMs = this.core.ownNow();
    const entry = this.find(sharedKey, nowMs);
    if (entry === undefined || entry.failure !== undefined) {
      meter?.goodUntil(0);
      if (failedAtMs !== undefined) meter?.servedFromCache(path, nowMs - failedAtMs, 0);
      throw error;
    }
    this.countHit(path, entry);
    return entry.value;
  }

  private countHit(method: string, { madeAtMs, freshUntilMs, failure, answer }: Entry): void {
    const { meter } = this.view;
    if (meter === undefined) return;
    const nowMs = this.core.ownNow();
    // How long a failure is remembered is our choice, not 7digital's.
    meter.goodUntil(failure === undefined ? freshUntilMs : 0);
    meter.servedFromCache(method, nowMs - madeAtMs, nowMs - freshUntilMs, answer);
  }

  /** Undefined also for parameters that cannot be sent: sending them reports why. */
  private keyOf<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): SharedKey | undefined {
    try {
      return this.core.requests.sharedKey(endpoint, params, session);
    } catch {
      return undefined;
    }
  }
}
