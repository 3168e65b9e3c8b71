/** From what an operation came to, result or rejection, to the response that its client gets. All errors get their form here. */
import type { ExecutionResult, GraphQLError } from "graphql";
import type { Profile } from "../config/config.js";
import type { Running } from "./begin.js";
import { knownStore } from "../shared/known-stores.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import type { Store } from "../upstream/session.js";
import { fewErrors, onceEach } from "./error-limits.js";
import { badRequest, presentError, replaceError, type HttpPart } from "./errors.js";
import { cacheControlOf, contentHeaders, isForEveryone, type CacheControlOptions } from "./cache-control.js";
import type { Written } from "./compiled/compile.js";
import type { OperationMeter } from "./meter.js";
import type { Plan } from "./plan/plan.js";
import { InvalidDocument } from "./prepare.js";
import type { OperationResponse, RequestFacts } from "./request.js";
import { rejectedIfNothing } from "./result-status.js";

export interface PresentationOptions extends CacheControlOptions {
  /** Whether every response is HTTP 200. Some gateways make "400: Bad Request" of any other, without its errors. */
  readonly alwaysOk?: boolean;
  /** In the profile `open` errors may suggest names of the schema. */
  readonly profile: Profile;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Reports unforeseen failures, which clients see masked. */
  readonly report: (error: unknown) => void;
}

export function createPresentation({ profile, now, report, publicCaching, alwaysOk = false }: PresentationOptions) {
  const inStatus = (response: OperationResponse): OperationResponse => (alwaysOk ? { ...response, status: 200 } : response);
  const presented = (error: unknown): GraphQLError => presentError(error, report, now);
  const final = (errors: readonly GraphQLError[]) => fewErrors(profile === "open" ? errors : errors.map(withoutSuggestion));

  const finalOf = (errors: readonly unknown[]) => final(onceEach(errors.map(presented)));

  return {
    /** One of several results of an operation. @param facts What else the payload says. */
    payload({ errors, data }: ExecutionResult, running: Running, facts: object = {}): Payload {
      const said = errors === undefined ? [] : finalOf(errors);
      const extensions = extensionsOf(running);
      return {
        body: { ...withErrors(said), ...(data !== undefined && { data }), ...extended(extensions), ...facts },
        codes: codesOf(said),
      };
    },

    /** Some of the later parts of an operation. */
    increments(parts: readonly Increment[]): Payload {
      const said = parts.map(({ errors = [] }) => finalOf(errors));
      const incremental = parts.map((part, index) => ({ ...part, ...withErrors(said[index] ?? []) }));
      return { body: { incremental, hasNext: true }, codes: said.flatMap(codesOf) };
    },

    /** The end of an operation that was answered in parts: what is said of all of them. */
    lastPart: (running: Running): Payload => ({ body: { hasNext: false, ...extended(extensionsOf(running)) }, codes: [] }),

    result(result: ExecutionResult | Written, request: RequestFacts, running: Running): OperationResponse {
      if (result.errors === undefined || result.errors.length === 0) {
        const control = isForEveryone(running) ? cacheControlOf(running.meter.goodUntilMs, { publicCaching }, now()) : undefined;
        return withoutErrors("json" in result ? result.json : JSON.stringify(result.data), extensionText(running), request, control);
      }
      const extensions = extensionsOf(running);
      const all = "json" in result ? (JSON.parse(result.json) as ExecutionResult["data"]) : result.data;
      const { errors, data } = rejectedIfNothing({ data: all, errors: result.errors.map(presented) });
      return inStatus(respond({ errors: final(onceEach(errors)), ...(data !== undefined && { data }), extensions }, request, 200));
    },

    /** For what was not executed. */
    rejection(error: unknown, request: RequestFacts): OperationResponse {
      const errors = error instanceof InvalidDocument ? error.errors : [asRequestError(presented(error))];
      return inStatus(respond({ errors: final(errors) }, request, 500));
    },
  };
}

/** What a response says of its operation besides the data: that answers were no longer fresh, in which store it ran where it named none,
 *  and, to clients that may know, what it cost upstream. */
function extensionsOf({ meter, shownPlan, defaultStore }: Running) {
  const { stale } = meter;
  return {
    ...(defaultStore !== undefined && { store: storeInUse(defaultStore) }),
    ...(stale !== undefined && { stale }),
    ...(shownPlan !== undefined && { upstream: upstreamOf(shownPlan, meter) }),
  };
}

/** As JSON. Mostly there is nothing to say but the store. */
function extensionText(running: Running): string {
  const { meter, shownPlan, defaultStore } = running;
  if (meter.stale !== undefined || shownPlan !== undefined) return JSON.stringify(extensionsOf(running));
  return defaultStore === undefined ? "{}" : storeText(defaultStore);
}

const storeText = memoizePerObject((store: Store) => JSON.stringify({ store: storeInUse(store) }));

/** In the words of `storeContext`: what applied, and what is known of it. There is one default store. */
const storeInUse = memoizePerObject((store: Store) => {
  const { country = null, currencyCode = null } = knownStore(store) ?? {};
  const named = "shopId" in store ? { defaultShopId: store.shopId } : { defaultCountry: store.country };
  return { ...named, country, currencyCode };
});

function upstreamOf({ calls: estimated, byMethod }: Plan, meter: OperationMeter) {
  const { sentCalls: actual, freshAnswers, staleAnswers, joinedCalls: joined, shown: calls } = meter;
  return { estimated, actual, remembered: freshAnswers + staleAnswers, joined, estimatedByMethod: Object.fromEntries(byMethod), calls };
}

/** What is not executed is a bad request, unless its error says otherwise. */
function asRequestError(error: GraphQLError): GraphQLError {
  const { message, extensions } = error;
  if (extensions["code"] === "INTERNAL_SERVER_ERROR") return error;
  return replaceError(error, message, { extensions: { http: badRequest, ...extensions } });
}

export interface Payload {
  /** Of JSON. */
  readonly body: object;
  /** Of its errors. */
  readonly codes: readonly string[];
}

interface Increment {
  readonly errors?: readonly GraphQLError[];
}

function extended(extensions: object) {
  return Object.keys(extensions).length === 0 ? {} : { extensions };
}

function withErrors(errors: readonly GraphQLError[]) {
  return errors.length === 0 ? {} : { errors: errors.map(formatted) };
}

function codesOf(errors: readonly GraphQLError[]): readonly string[] {
  return errors.map(({ extensions: { code } }) => (typeof code === "string" ? code : "OTHER"));
}

interface Body {
  readonly errors: readonly GraphQLError[];
  readonly data?: ExecutionResult["data"];
  readonly extensions?: object;
}

/** @param control Value of Cache-Control. */
function withoutErrors(data: string, extensions: string, request: RequestFacts, control: string | undefined): OperationResponse {
  const headers = contentHeaders(`${request.mediaType}; charset=utf-8`, control);
  return inForm({ status: 200, headers, body: `{"data":${data},"extensions":${extensions}}`, codes: noCodes }, request);
}

/** @param status Where no error names one. */
function respond({ errors, ...rest }: Body, request: RequestFacts, status: number): OperationResponse {
  const { mediaType, legacyStatus } = request;
  const parts = errors.flatMap(({ extensions }) => (extensions.http as HttpPart | undefined) ?? []);
  const statuses = parts.map((part) => (part.unlessLegacy && legacyStatus ? 200 : part.status));
  const headers: Record<string, string> = { "Content-Type": `${mediaType}; charset=utf-8` };
  for (const part of parts) Object.assign(headers, part.headers);
  const body = JSON.stringify({ ...withErrors(errors), ...rest });
  return inForm({ status: statuses.length === 0 ? status : Math.max(...statuses), headers, body, codes: codesOf(errors) }, request);
}

function inForm(response: OperationResponse, { accepts }: RequestFacts): OperationResponse {
  if (accepts.whole) return response;
  return { ...response, status: 200, stream: { form: accepts.events ? "events" : "parts", payloads: oneOf(response.body) } };
}

const noCodes: readonly string[] = [];

function formatted(error: GraphQLError) {
  const { message, locations, path } = error;
  const extensions = { ...error.extensions, http: undefined };
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}

/** Without names of the schema, for clients that may not read it. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const bare = error.message.replace(/ Did you mean .*$/s, "");
  return bare === error.message ? error : replaceError(error, bare, {});
}

// eslint-disable-next-line @typescript-eslint/require-await -- the only payload is there.
async function* oneOf(body: string): AsyncGenerator<string, void, void> {
  yield body;
}
