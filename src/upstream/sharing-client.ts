/** Serves what is remembered without entering the layers, and lets calls be made where it must. Its views share everything but on whose
 *  behalf they ask. */
import { useOf, type AnswerStore, type Entry } from "./answer-store.js";
import { callKey } from "./call-key.js";
import type { Client } from "./client.js";
import type { Endpoint } from "./endpoint.js";
import type { ClientFigures } from "./figures.js";
import type { Served } from "./layers/shared-cache.js";
import type { Meter } from "./meter.js";
import type { Signer } from "./oauth.js";
import type { Pair } from "./percent-encoding.js";
import type { Call, Send } from "./pipeline.js";
import type { Quota } from "./quota.js";
import type { RecentFailures } from "./recent-failures.js";
import type { RequestBuilder, SharedKey } from "./request.js";
import type { Session, UserCredential } from "./session.js";

/** What every view of one client shares. */
export interface Core {
  readonly requests: RequestBuilder;
  readonly store: AnswerStore;
  readonly failures: RecentFailures;
  readonly signer: Signer;
  readonly send: Send<Served>;
  readonly ownNow: () => number;
  readonly now: () => number;
  readonly quota: () => Quota | undefined;
  readonly figures: () => ClientFigures;
  readonly close: () => Promise<void>;
}

interface View {
  readonly meter?: Meter;
  readonly asksAnew?: boolean;
  readonly exempt?: boolean;
  readonly settling?: boolean;
}

interface Refusal {
  readonly error: unknown;
  /** Of a failure that is remembered. */
  readonly failedAtMs?: number;
}

export class SharingClient implements Client {
  constructor(
    private readonly core: Core,
    private readonly view: View = {},
  ) {}

  call<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | Promise<R> {
    const key = this.keyOf(endpoint, params, session);
    const nowMs = this.core.ownNow();
    const held = this.held(key, nowMs);
    const use = held === undefined ? "lastResort" : useOf(held, nowMs);
    if (held === undefined || use === "lastResort") return this.ask(endpoint, params, session, key);
    // An error dropped here is told to whoever asks once the stale value may no longer be served.
    if (use === "renew") this.renew(endpoint, params, session, key).catch(() => undefined);
    this.remembered(endpoint.path, held);
    return held.failure === undefined ? (held.value as R) : Promise.reject(held.failure);
  }

  peek<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): R | undefined {
    const nowMs = this.core.ownNow();
    const held = this.held(this.keyOf(endpoint, params, session), nowMs);
    if (held === undefined || nowMs >= held.freshUntilMs) return undefined;
    this.remembered(endpoint.path, held);
    return held.value as R | undefined;
  }

  anew(): Client {
    return new SharingClient(this.core, { ...this.view, asksAnew: true });
  }

  exempt(): Client {
    return new SharingClient(this.core, { ...this.view, exempt: true });
  }

  settling(): Client {
    return new SharingClient(this.core, { ...this.view, exempt: true, settling: true });
  }

  signedUrl(url: string, pairs: readonly Pair[], user?: UserCredential): string {
    const { signer } = this.core;
    if (user === undefined || "token" in user) return signer.signedUrl({ verb: "GET", url, pairs }, user?.token);
    return signer.signedUrl({ verb: "GET", url, pairs: [...pairs, ["userId", user.partnerUserId]] });
  }

  forOperation(meter: Meter): Client {
    return new SharingClient(this.core, { ...this.view, meter });
  }

  now(): number {
    return this.core.now();
  }

  quota(): Quota | undefined {
    return this.core.quota();
  }

  figures(): ClientFigures {
    return this.core.figures();
  }

  close(): Promise<void> {
    return this.core.close();
  }

  private held(key: SharedKey | undefined, nowMs: number): Entry | undefined {
    return key === undefined || this.view.asksAnew === true ? undefined : this.core.store.find(key, nowMs);
  }

  private ask<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<R> {
    const answer = this.askOrFallBack(endpoint, params, session, key);
    const { meter, exempt = false } = this.view;
    return meter === undefined || exempt || endpoint.effect !== "read" ? answer : meter.whileLasts(answer);
  }

  private async askOrFallBack<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<R> {
    const call = this.prepare(endpoint, params, session, key);
    const refusal = this.refusalOf(call);
    if (refusal !== undefined) return this.fallBack(call, refusal) as R;
    const { value, from } = await this.core.send(call);
    if (from !== undefined) this.remembered(endpoint.path, from);
    return value as R;
  }

  private async renew<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, key: SharedKey | undefined): Promise<void> {
    const call = this.prepare(endpoint, params, session, key);
    if (this.refusalOf(call) === undefined) await this.core.send(call);
  }

  private prepare<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session, sharedKey: SharedKey | undefined): Call {
    const { requests } = this.core;
    const { meter, exempt = false, settling = false, asksAnew: anew = false } = this.view;
    const { store, user } = session;
    const method = requests.method(endpoint);
    const pairs = requests.pairs(endpoint, params, session);
    return { endpoint, method, pairs, key: callKey({ method, pairs, user }), store, user, sharedKey, anew, exempt, settling, meter };
  }

  /** Why no call is to be made: it failed a moment ago, or its operation may make no more. Asked before the call is shared, so that what one
   *  operation may no longer ask does not fail for the others. */
  private refusalOf({ endpoint: { path, effect }, key, anew, exempt, meter }: Call): Refusal | undefined {
    const failure = anew || exempt ? undefined : this.core.failures.find(key, this.core.ownNow());
    if (failure !== undefined) return failure;
    try {
      meter?.ask(path, effect, exempt);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  private fallBack({ endpoint: { path }, sharedKey, meter }: Call, { error, failedAtMs }: Refusal): unknown {
    const nowMs = this.core.ownNow();
    const held = this.held(sharedKey, nowMs);
    if (held === undefined || held.failure !== undefined) {
      if (failedAtMs !== undefined) meter?.remembered(path, nowMs - failedAtMs, 0);
      throw error;
    }
    this.remembered(path, held);
    return held.value;
  }

  private remembered(method: string, { madeAtMs, freshUntilMs }: Entry): void {
    const { meter } = this.view;
    if (meter === undefined) return;
    const nowMs = this.core.ownNow();
    meter.remembered(method, nowMs - madeAtMs, nowMs - freshUntilMs);
  }

  /** Undefined also for parameters that can not be sent: asking tells why. */
  private keyOf<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): SharedKey | undefined {
    try {
      return this.core.requests.sharedKey(endpoint, params, session);
    } catch {
      return undefined;
    }
  }
}
