/** What passes through the layers of a call. A layer has one concern and knows only the next layer; pipeline-order.ts has their order. */
import type { Verb } from "./endpoint.js";
import type { Body, BodyError } from "./wire/body-text.js";
import type { Signal, SignalSource } from "./limits/abort.js";
import type { Meter } from "./meter.js";
import type { Pair } from "./request/percent-encoding.js";
import type { AnyEndpoint, SharedKey } from "./request/request.js";
import type { Store, UserCredential } from "./session.js";

/** One call of one method, not yet signed. */
export interface Call {
  readonly endpoint: AnyEndpoint;
  /** Verb and path, and which declaration where there are several. */
  readonly method: string;
  readonly pairs: readonly Pair[];
  /** The store that the pairs name, for errors. */
  readonly store: Store;
  readonly user: UserCredential | undefined;
  /** Of the whole call, without credentials: see call-key.ts. */
  readonly key: string;
  /** Undefined for everything that must be neither shared nor cached. */
  readonly sharedKey: SharedKey | undefined;
  /** The cached answer must not be used. */
  readonly bypassCache: boolean;
  /** Money depends on it: only a spent quota rejects it. */
  readonly critical: boolean;
  /** It reads what became of a purchase call: not even a spent quota rejects it. */
  readonly reconciling: boolean;
  /** Of its operation; undefined for calls that belong to none. */
  readonly meter: Meter | undefined;
  /** As W3C Trace Context writes it. From the layer that sets it inwards. */
  readonly traceparent?: string | undefined;
  /** Aborted when no operation waits for it any longer; then it is not sent (again). Undefined for writes and what money depends on. */
  readonly waiting: SignalSource | undefined;
  /** Aborted when the call has to end, sent or not. From the layer that sets it inwards. */
  readonly signal?: Signal;
  /** Its key failed a moment ago, so it is tried only once. */
  readonly suspect?: boolean;
  /** Takes the answer before it is decoded. From the layer that sets it inwards. */
  readonly received?: (answer: WireAnswer) => void;
  /** How it is made together with others, where it is not made alone. */
  readonly together?: Send<Answer> | undefined;
}

/** One HTTP request, ready to be sent. */
export interface WireRequest {
  /** The API method, for errors. The target must not be in one: it holds keys. */
  readonly method: string;
  readonly verb: Verb;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export type Header = (name: string) => string | undefined;

/** One HTTP response. Status and headers count whatever the body. */
export interface WireAnswer {
  readonly httpStatus: number;
  /** By its name in lower case; repeated headers are joined by commas. */
  readonly header: Header;
  /** Where there is a fault, the first bytes as Latin-1. */
  readonly body: Body;
  /** The body as it was sent. */
  readonly received: Buffer;
  /** Why the body cannot be read. */
  readonly fault: BodyError | undefined;
  /** Only the end of the connection says where the body ends, so it may be truncated. */
  readonly endsWithConnection: boolean;
}

/** A valid answer. */
export interface Answer {
  /** Decoded and frozen, of the type its endpoint declares. */
  readonly value: unknown;
  readonly header: Header;
  readonly httpStatus: number;
}

/** Rejects with an UpstreamError or CallAborted and nothing else, except for our own bugs. */
export type Send<A> = (call: Call) => Promise<A>;

export type Layer<A, B = A> = (next: Send<A>) => Send<B>;

/** The first layer is the outermost. */
export function stack<A>(layers: readonly Layer<A>[], base: Send<A>): Send<A> {
  return layers.reduceRight((next, layer) => layer(next), base);
}
