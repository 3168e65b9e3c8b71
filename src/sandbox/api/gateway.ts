/** The way of a call to its answer: path, credentials, daily limit, method. Knows no method by name, and no socket. */

import { askedOf } from "./common-parameters.js";
import type { DailyLimit } from "./daily-limit.js";
import { errorResponse, goodResponse } from "./document.js";
import { ApiError, PlainError, unauthorised } from "./errors.js";
import type { FaultsOfItem } from "../faults/faults.js";
import type { Caller, Method, State, Verb } from "./method.js";
import { parametersInPath, type MethodTable } from "./method-table.js";
import type { Catalogue } from "../model.js";
import { checkSignature, type NonceMemory, type Verdict } from "../oauth/signature-check.js";
import type { Given } from "./parameters.js";
import { originOf, type ApiRequest, type Pair } from "../http/request.js";
import { plainText, type Response } from "../http/response.js";

type Headers = Readonly<Record<string, string>>;

export interface Gateway extends State {
  readonly methods: MethodTable;
  readonly catalogue: Catalogue;
  readonly dailyLimit: DailyLimit;
  readonly nonces: NonceMemory;
  readonly maxPageSize: number;
  readonly images: ImageAddresses;
}

/** Where image addresses in answers lead. */
export type ImageAddresses = "7digital" | "sandbox";

interface Circumstances {
  /** Epoch ms. */
  readonly nowMs: number;
  /** Parameters in the place of those that were sent, once the credentials have been checked. */
  readonly as?: Readonly<Record<string, string>> | undefined;
  /** None where it is left out. */
  readonly faultsOfItem?: FaultsOfItem;
}

/** The answer of the API to a call of the method. */
export function respond(gateway: Gateway, called: Method | undefined, request: ApiRequest, circumstances: Circumstances): Response {
  const { nowMs, as = {}, faultsOfItem = () => [] } = circumstances;
  try {
    if (called === undefined) throw new PlainError(404, "Not found");
    const verb = verbOf(called, request);
    const { consumerKey, caller } = authenticated(called, request, gateway, nowMs);
    const quota = gateway.dailyLimit.count(consumerKey, nowMs);
    return answered(gateway, { called, verb, request, caller, as, nowMs, faultsOfItem }, quota);
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    return plainText(error.status, error.message, error.headers);
  }
}

function verbOf({ verbs = ["GET"] }: Method, request: ApiRequest): Verb {
  const verb = verbs.find((one) => one === request.verb);
  if (verb === undefined) throw new PlainError(405, "Method not allowed", { Allow: verbs.join(", ") });
  return verb;
}

function authenticated(called: Method, request: ApiRequest, gateway: Gateway, nowMs: number): { consumerKey: string; caller: Caller } {
  const verdict = checkSignature(request, gateway.nonces, gateway.accounts, nowMs);
  if (verdict.kind === "rejected") throw unauthorised("Access to resource denied", verdict.reason);
  const given = [...request.query, ...request.authorization, ...request.form];
  const consumerKey = given.find(([name, value]) => name.toLowerCase() === "oauth_consumer_key" && value !== "")?.[1];
  if (consumerKey === undefined) throw unauthorised("Not authorised - no user credentials provided");
  if (called.auth === "user" && verdict.kind === "unsigned") throw unauthorised("Resource requires access token");
  if (called.auth === "signed" && verdict.kind === "unsigned") throw unauthorised("Not authorised - no user credentials provided");
  if (called.auth === "user" && !speaksForUser(verdict, given)) throw unauthorised("Access to resource denied");
  return { consumerKey, caller: verdict.kind === "signed" ? verdict : { token: null, user: null } };
}

/** Whether the user exists whom a partner names is the method's to say. */
function speaksForUser(verdict: Verdict, given: readonly Pair[]): boolean {
  if (verdict.kind !== "signed") return false;
  if (verdict.token !== null) return verdict.user !== null;
  return given.some(([name, value]) => name.toLowerCase() === "userid" && value !== "");
}

interface Call {
  readonly called: Method;
  readonly verb: Verb;
  readonly request: ApiRequest;
  readonly caller: Caller;
  readonly as: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly nowMs: number;
  readonly faultsOfItem: FaultsOfItem;
}

/** Parameters and method. From here on, every failure is an error document. */
function answered(gateway: Gateway, call: Call, quota: Headers): Response {
  const { called, verb, request, caller, as, nowMs, faultsOfItem } = call;
  const inBody = verb === "POST" || verb === "PUT";
  const sent = [...parametersInPath(called, request.path), ...(inBody ? [...request.form, ...request.query] : request.query)];
  const given: Given = new Map([...Object.entries(as), ...sent].reverse().map(([name, value]) => [name.toLowerCase(), value]));
  try {
    if (inBody) rejectQuery(request);
    const { user, token } = called.auth === "user" && caller.user === null ? partnersUser(gateway, given) : caller;
    const { path } = called;
    const origin = originOf(request);
    const imageOrigin = gateway.images === "sandbox" ? origin : null;
    const surroundings = { ...gateway, path, verb, sent, user, token, now: nowMs, origin, imageOrigin, faultsOfItem };
    const answer = called.answerTo(given, askedOf(given, surroundings, called.maxPageSize));
    return goodResponse(called, given, answer, quota, nowMs);
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const apiError = error instanceof ApiError ? error : new ApiError(9001, `Unexpected internal server error: ${String(error)}`);
    return errorResponse(called, given, apiError, quota);
  }
}

/** What 7digital's own client may leave in the address of a POST. */
const allowedInQuery = new Set(["userid", "country", "shopid", "onbehalfofpartnerid"]);

/** A parameter that the body carries as well is no query parameter that the API would have to read. */
function rejectQuery({ query, form }: ApiRequest): void {
  const inBody = new Set(form.map((pair) => JSON.stringify(pair)));
  if (query.every((pair) => allowedInQuery.has(pair[0].toLowerCase()) || inBody.has(JSON.stringify(pair)))) return;
  throw new ApiError(1007, "Query string parameters are not permitted when performing HTTP Post. Please use Post body or header.");
}

function partnersUser({ accounts }: Gateway, given: Given): Caller {
  const user = accounts.userOfPartner(given.get("userid") ?? "");
  if (user === undefined) throw new ApiError(2001, "User not found");
  return { user, token: null };
}
