/** From an endpoint, parameters and a session to what is sent, and to the cache key, which holds no secret and no oauth_* parameter. */
import type { Endpoint, Param } from "../endpoint.js";
import { UpstreamError } from "../errors.js";
import { isSendable, type Pair } from "./percent-encoding.js";
import type { Session } from "../session.js";

/** The key of an answer that all users may share. Only `sharedKey` makes one, and only for reads without a user: no other can be cached. */
export type SharedKey = string & { readonly [sharedKeyBrand]: true };
declare const sharedKeyBrand: unique symbol;

export type AnyEndpoint = Endpoint<never, unknown>;

export type RequestBuilder = ReturnType<typeof createRequestBuilder>;

interface Field {
  readonly name: string;
  /** Its beginning in a cache key. */
  readonly keyed: string;
  readonly encode: (value: unknown) => string;
  /** Of a parameter that stands for several. */
  readonly spread: ((value: unknown) => readonly Pair[]) | undefined;
  readonly optional: boolean;
  /** Whether its place is in the path. */
  readonly inPath: boolean;
}

/** Computed once per endpoint, for keys are made on the hottest path of all. */
interface Plan {
  readonly prefix: string;
  readonly fields: readonly Field[];
  readonly shared: boolean;
  /** Sent with every call. */
  readonly fixed: readonly Pair[];
  /** What all keys begin with. */
  readonly keyed: string;
}

/** @param usageTypes What the operator uses music for; empty to leave it to 7digital. */
export function createRequestBuilder(usageTypes: readonly string[] = []) {
  const plans = new WeakMap<object, Plan>();
  const declarations = new Map<string, number>();

  function planOf<P, R>(endpoint: Endpoint<P, R>): Plan {
    const known = plans.get(endpoint);
    if (known !== undefined) return known;
    const name = `${endpoint.verb} ${endpoint.path}`;
    const nth = (declarations.get(name) ?? 0) + 1;
    // Two declarations of one method decode to different types, so they must not share a key.
    const plan = planCalls(endpoint, nth === 1 ? name : `${name} #${String(nth)}`, usageTypes);
    declarations.set(name, nth);
    plans.set(endpoint, plan);
    return plan;
  }

  return {
    /** Verb and path, and which declaration of that method it is where there are several. */
    method<P, R>(endpoint: Endpoint<P, R>): string {
      return planOf(endpoint).prefix;
    },

    /** Verb, path, parameters and store as one text; undefined where the answer must not be shared.
     *  @throws UpstreamError UPSTREAM_REJECTED_INPUT for parameters that cannot be sent. */
    sharedKey<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): SharedKey | undefined {
      const { keyed, fields, shared } = planOf(endpoint);
      if (!shared) return undefined;
      let key = keyed;
      // In declared order, whatever order the caller wrote. NUL is in no value, so no two calls share a key.
      for (const field of fields) {
        const value = textOf(endpoint.path, field, params);
        if (value !== undefined) key += field.keyed + value;
      }
      const [name, value] = storePair(endpoint.path, session);
      return `${key}\0${name}=${value}` as SharedKey;
    },

    /** What is sent, in declared order, the store last. Optional parameters without a value are left out.
     *  @throws UpstreamError UPSTREAM_REJECTED_INPUT for parameters that cannot be sent. */
    pairs<P, R>(endpoint: Endpoint<P, R>, params: P, session: Session): readonly Pair[] {
      const { fields, fixed } = planOf(endpoint);
      return [...fields.flatMap((field) => pairsOf(endpoint.path, field, params)), ...fixed, storePair(endpoint.path, session)];
    },
  };
}

function planCalls<P, R>(endpoint: Endpoint<P, R>, prefix: string, usageTypes: readonly string[]): Plan {
  const fixed: readonly Pair[] = endpoint.byUsage && usageTypes.length > 0 ? [["usageTypes", usageTypes.join(",")]] : [];
  return {
    prefix,
    fixed,
    keyed: [prefix, ...fixed.map((pair) => pair.join("="))].join("\0"),
    fields: fieldsOf(endpoint),
    shared: endpoint.effect === "read" && endpoint.auth === "key" && !endpoint.uncached,
  };
}

function fieldsOf<P, R>({ path, params }: Endpoint<P, R>): readonly Field[] {
  return Object.entries<Param<never>>(params).map(([name, { encode, spread, optional }]) => {
    if (/^oauth_/i.test(name)) throw unsendable(path, `callers must not send ${name}`);
    const inPath = path.includes(`{${name}}`);
    return { name, keyed: `\0${name}=`, encode: encode as Field["encode"], spread: spread as Field["spread"], optional, inPath };
  });
}

function pairsOf(method: string, field: Field, params: unknown): readonly Pair[] {
  const value = textOf(method, field, params);
  if (value === undefined) return [];
  if (field.spread === undefined) return [[field.name, value]];
  const spread = field.spread((params as Readonly<Record<string, unknown>>)[field.name]);
  return spread.map(([name, text]) => [sendable(method, field.name, name), sendable(method, name, text)]);
}

function textOf(method: string, field: Field, params: unknown): string | undefined {
  const value = (params as Readonly<Record<string, unknown>>)[field.name];
  if (value === undefined) {
    if (field.optional) return undefined;
    throw unsendable(method, `${field.name} is missing`);
  }
  const text = sendable(method, field.name, field.encode(value));
  if (field.inPath && /^\.{0,2}$/.test(text)) throw unsendable(method, `${field.name} would lead to another path`);
  return text;
}

function storePair(method: string, { store }: Session): Pair {
  if ("shopId" in store) return ["shopId", sendable(method, "shopId", store.shopId)];
  return ["country", sendable(method, "country", store.country)];
}

function sendable(method: string, name: string, text: string): string {
  if (isSendable(text)) return text;
  throw unsendable(method, `${name} holds a character that cannot be sent`);
}

function unsendable(method: string, why: string): UpstreamError {
  return new UpstreamError("UPSTREAM_REJECTED_INPUT", `${method} was not called: ${why}.`, { method, notSent: true });
}
