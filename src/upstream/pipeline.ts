/** What goes through the layers of a call, and how layers are stacked. One concern is one layer; a layer knows only the next one. */
import type { BodyError } from "./body-text.js";
import type { Deadline } from "./deadline.js";
import type { Interest } from "./interest.js";
import type { Meter } from "./meter.js";
import type { Pair } from "./percent-encoding.js";
import type { AnyEndpoint, SharedKey } from "./request.js";
import type { Store, UserCredential } from "./session.js";

/** One call of one method, not yet signed. */
export interface Call {
  readonly endpoint: AnyEndpoint;
  /** The method, and which of its declarations. */
  readonly method: string;
  readonly pairs: readonly Pair[];
  /** The store that the pairs name, for errors. */
  readonly store: Store;
  readonly user: UserCredential | undefined;
  /** Names the call without telling what it says: see call-key.ts. */
  readonly key: string;
  /** Undefined for everything that must be neither shared nor kept. */
  readonly sharedKey: SharedKey | undefined;
  /** Whatever is remembered is of no use. */
  readonly anew: boolean;
  /** Money depends on it: nothing refuses it to spare 7digital or ourselves, but an allowance that is spent. */
  readonly exempt: boolean;
  /** It finds out what a purchase call that was just made came to: it is made although the allowance of calls is said to be spent. */
  readonly settling?: boolean;
  /** Of the operation that makes it; undefined for calls that no operation waits for. */
  readonly meter: Meter | undefined;
  /** Its place in the trace of its operation, as W3C writes it; from the layer that sets it inwards. */
  readonly traceparent?: string | undefined;
  /** Of the whole call, from the layer that sets it inwards. */
  readonly deadline?: Deadline;
  /** Its key failed a moment ago, so it is tried only once. */
  readonly suspect?: boolean;
  /** Of a call that is shared, from the layer that sets it inwards. */
  readonly interest?: Interest;
}

/** One HTTP request, ready to be sent. */
export interface WireRequest {
  /** The API method, for errors: targets hold keys. */
  readonly method: string;
  readonly verb: "GET" | "POST";
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export type Header = (name: string) => string | undefined;

/** One HTTP answer, its body as text. Status and headers count whatever the body. */
export interface WireAnswer {
  readonly httpStatus: number;
  /** By its name in lower case; repeated headers as one, joined by commas. */
  readonly header: Header;
  /** Where there is a fault, the beginning of its bytes as Latin-1. */
  readonly body: string;
  /** Why the body is not to be read. */
  readonly fault: BodyError | undefined;
  /** Nothing but the end of the connection says where the body ends, so it may have been cut short. */
  readonly endsWithConnection: boolean;
}

/** One believed answer. */
export interface Answer {
  /** Decoded and frozen, of the type its endpoint declares. */
  readonly value: unknown;
  readonly header: Header;
  readonly httpStatus: number;
}

/** Rejects with an UpstreamError or GivenUp and nothing else, save for faults of our own. */
export type Send<A> = (call: Call) => Promise<A>;

export type Layer<A, B = A> = (next: Send<A>) => Send<B>;

/** The first layer is the outermost. */
export function stack<A>(layers: readonly Layer<A>[], base: Send<A>): Send<A> {
  return layers.reduceRight((next, layer) => layer(next), base);
}
