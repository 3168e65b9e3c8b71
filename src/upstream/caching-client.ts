/** The client of 7digital: answers from the cache, or else sends a call through the layers. Its views, such as `critical`, share everything. */
import { useOf, type Cache, type Entry, type RecentFailure, type Served } from "./cache/cache.js";
import type { Client } from "./client.js";
import type { Endpoint } from "./endpoint.js";
import { untilAborted } from "./limits/abort.js";
import type { Quota } from "./limits/quota.js";
import type { Meter } from "./meter.js";
import type { Call, Send } from "./pipeline.js";
import { callKey } from "./request/call-key.js";
import type { Signer } from "./request/oauth.js";
import type { Pair } from "./request/percent-encoding.js";
import type { AnyEndpoint, RequestBuilder, SharedKey } from "./request/request.js";
import type { Session, UserCredential } from "./session.js";
import type { ClientStats } from "./stats.js";

/** What every view of one client shares. */
export interface Core extends Pick<Client, "now" | "quota" | "stats" | "close"> {
  readonly requests: RequestBuilder;
  readonly cache: Cache;
  readonly signer: Signer;
  readonly send: Send<Served>;
  /** Our own clock, by which the cache goes. */
  readonly ownNow: () => number;
}

/** What the calls of one view have in common. */
type View = Pick<Call, "meter" | "bypassCache" | "critical" | "reconciling">;

const plainView: View = { meter: undefined, bypassCache: false, critical: false, reconciling: false };

/** Why no call is made. */
type Rejection = RecentFailure | { readonly error: unknown; readonly failedAtMs?: undefined };

export class CachingClient implements Client {
  constructor(
    private readonly core: Core,
    private readonly view: View = plainView,
  ) {}

  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R> {
    const key = this.keyOf(endpoint, params, session);
    const nowMs = this.core.ownNow();
    const entry = this.find(key, nowMs);
    const use = entry === undefined ? "lastResort" : useOf(entry, nowMs);
    if (entry === undefined || use === "lastResort") return this.send(endpoint, params, session, key);
    // An error is dropped here. It is reported once the stale value may no longer be served.
    if (use === "renew") this.renew(endpoint, params, session, key).catch(() => undefined);
    this.countHit(endpoint.path, entry);
    return entry.failure === undefined ? (entry.value as R) : Promise.reject(entry.failure);
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
    if (user === undefined || "token" in user) return signer.signedUrl({ verb: "GET", url, pairs }, user?.token);
    return signer.signedUrl({ verb: "GET", url, pairs: [...pairs, ["userId", user.partnerUserId]] });
  }

  now(): number {
    return this.core.now();
  }

  quota(): Quota | undefined {
    return this.core.quota();
  }

  stats(): ClientStats {
    return this.core.stats();
  }

  close(): Promise<void> {
    return this.core.close();
  }

  private find(key: SharedKey | undefined, nowMs: number): Entry | undefined {
    return key === undefined || this.view.bypassCache ? undefined : this.core.cache.values.find(key, nowMs);
  }

  private send<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<R> {
    const answer = this.sendOrFallBack(endpoint, params, session, key);
    const operation = this.operationOf(endpoint);
    return operation === undefined ? answer : untilAborted(answer, operation.signal);
  }

  private async sendOrFallBack<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<R> {
    const call = this.createCall(endpoint, params, session, key);
    const rejection = this.reject(call);
    if (rejection !== undefined) return this.fallBack(call, rejection) as R;
    const { value, from } = await this.core.send(call);
    if (from !== undefined) this.countHit(endpoint.path, from);
    return value as R;
  }

  private async renew<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<void> {
    const call = this.createCall(endpoint, params, session, key);
    if (this.reject(call) === undefined) await this.core.send(call);
  }

  private createCall<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, sharedKey: SharedKey | undefined): Call {
    const { requests } = this.core;
    const { store, user } = session;
    const method = requests.method(endpoint);
    const pairs = requests.pairs(endpoint, params, session);
    const key = callKey({ method, pairs, user });
    const waiting = this.operationOf(endpoint);
    return { endpoint, method, pairs, key, store, user, sharedKey, waiting, ...this.view };
  }

  /** The operation that a call ends with. */
  private operationOf({ effect }: Pick<AnyEndpoint, "effect">): Meter | undefined {
    return effect === "read" && !this.view.critical ? this.view.meter : undefined;
  }

  /** Rejects a call whose item just failed, or whose operation may make no more. Before it is shared, so that this fails no other operation. */
  private reject({ endpoint: { path, effect }, key, bypassCache, critical, meter }: Call): Rejection | undefined {
    const failure = bypassCache || critical ? undefined : this.core.cache.failures.find(key, this.core.ownNow());
    if (failure !== undefined) return failure;
    try {
      meter?.ask(path, effect, critical);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  private fallBack({ endpoint: { path }, sharedKey, meter }: Call, { error, failedAtMs }: Rejection): unknown {
    const nowMs = this.core.ownNow();
    const entry = this.find(sharedKey, nowMs);
    if (entry === undefined || entry.failure !== undefined) {
      if (failedAtMs !== undefined) meter?.servedFromCache(path, nowMs - failedAtMs, 0);
      throw error;
    }
    this.countHit(path, entry);
    return entry.value;
  }

  private countHit(method: string, { madeAtMs, freshUntilMs }: Entry): void {
    const { meter } = this.view;
    if (meter === undefined) return;
    const nowMs = this.core.ownNow();
    meter.servedFromCache(method, nowMs - madeAtMs, nowMs - freshUntilMs);
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
