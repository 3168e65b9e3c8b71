/** One declaration per 7digital method. URL, signing, cache key, retry and decoding follow from it. */
import type { Result } from "./xml/form.js";

export type { Received } from "./xml/form.js";

/** Who a call speaks for: `key` sends only the consumer key, `consumer` is signed without a user (2-legged),
 *  `user` is signed with a user's token (3-legged). @see API document, "OAuth Authentication" */
export type Auth = "key" | "consumer" | "user";

/** What a call does. Never derived from the HTTP verb: `basket/addItem` and `user/purchase/*` are GETs.
 *  Only reads are retried, joined or cached; money is sent once. */
export type Effect = "read" | "write" | "money";

/** The query of a GET or DELETE has the parameters, otherwise the form body. */
export type Verb = "GET" | "POST" | "PUT" | "DELETE";

/** How one parameter's value becomes the text that is sent. */
export interface Param<T> {
  readonly encode: (value: T) => string;
  /** For one that stands for several parameters, whose names are in its value. */
  readonly spread?: (value: T) => readonly (readonly [name: string, value: string])[];
  readonly optional: boolean;
}

export type ParamSpecs = Readonly<Record<string, Param<never>>>;
type ValueOf<S> = S extends Param<infer T> ? T : never;
type OptionalNames<S extends ParamSpecs> = { [K in keyof S]: undefined extends ValueOf<S[K]> ? K : never }[keyof S];

/** The parameters a declaration accepts: wrong names and wrong types are compile errors. */
export type ParamsOf<S extends ParamSpecs> = { readonly [K in Exclude<keyof S, OptionalNames<S>>]: ValueOf<S[K]> } & {
  readonly [K in OptionalNames<S>]?: ValueOf<S[K]>;
};

interface Method<R> {
  /** As the API document names it, e.g. "artist/details". Parameters in braces are part of it: "users/{id}/update". */
  readonly path: string;
  readonly auth: Auth;
  readonly effect: Effect;
  /** Its parameters are personal data, which messages of 7digital's may repeat: they are not passed on. */
  readonly personal?: true;
  /** An item with `status="error"` inside a response that says ok is a value for `result` to read, and not an error of the call. */
  readonly readsFailure?: true;
  /** The answer depends on what music is used for, so the operator's usage types are sent with the call. */
  readonly byUsage?: true;
  /** Reads the one `<response>` element. Decoders leave `received` alone. */
  readonly result: Result<R>;
}

/** @typeParam N Its path and @typeParam V its verb, by which src/client finds it. */
export interface Endpoint<P, R, N extends string = string, V extends Verb = Verb> extends Method<R> {
  readonly path: N;
  readonly verb: V;
  /** True for a read whose answer must not be cached. */
  readonly uncached: boolean;
  readonly params: Readonly<Record<keyof P & string, Param<never>>>;
}

export interface Declaration<S extends ParamSpecs, R, N extends string = string, V extends Verb = Verb> extends Method<R> {
  readonly path: N;
  readonly verb?: V;
  readonly uncached?: boolean;
  readonly params: S;
}

/** Declares one method of the API. */
export function endpoint<S extends ParamSpecs, R, N extends string, V extends Verb = "GET">(
  declared: Declaration<S, R, N, V>,
): Endpoint<ParamsOf<S>, R, N, V> {
  const params = declared.params as Endpoint<ParamsOf<S>, R>["params"];
  // A verb that is left out has the type of its default.
  return Object.freeze({ verb: "GET" as V, uncached: false, ...declared, params });
}
