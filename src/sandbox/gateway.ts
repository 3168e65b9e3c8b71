/** The way of a call to its answer: path, credentials, daily limit, method. Knows no method by name, and no socket. */

import { askedOf } from "./asked.js";
import type { DailyLimit } from "./daily-limit.js";
import { errorResponse, goodResponse } from "./document.js";
import { ApiError, PlainError } from "./errors.js";
import type { Method } from "./method.js";
import type { Catalogue } from "./model.js";
import { checkSignature, type NonceMemory } from "./oauth-check.js";
import type { Given } from "./parameters.js";
import type { ApiRequest } from "./request.js";
import { plainText, type Response } from "./response.js";

type Headers = Readonly<Record<string, string>>;

export interface Gateway {
  readonly methods: ReadonlyMap<string, Method>;
  readonly catalogue: Catalogue;
  readonly dailyLimit: DailyLimit;
  readonly nonces: NonceMemory;
  readonly maxPageSize: number;
}

/** The method a path names, if any. Case, the version prefix and a slash at the end do not count. */
export function methodAt(path: string, { methods }: Gateway): Method | undefined {
  const [, name] = /^\/1\.2\/(.*?)\/?$/i.exec(path) ?? [];
  return name === undefined ? undefined : methods.get(name.toLowerCase());
}

/** The answer of the API to a call of the method. `nowMs` is epoch ms. */
export function respond(gateway: Gateway, called: Method | undefined, request: ApiRequest, nowMs: number): Response {
  try {
    if (called === undefined) throw new PlainError(404, "Not found");
    if (request.verb !== "GET") throw new PlainError(405, "Method not allowed", { Allow: "GET" });
    const consumerKey = authenticated(called, request, gateway, nowMs);
    const quota = gateway.dailyLimit.count(consumerKey, nowMs);
    return answered(gateway, called, request, nowMs, quota);
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    return plainText(error.status, error.message, error.headers);
  }
}

function authenticated(called: Method, request: ApiRequest, gateway: Gateway, nowMs: number): string {
  const verdict = checkSignature(request, gateway.nonces, nowMs);
  if (verdict.kind === "refused") throw unauthorised(verdict.reason);
  const given = [...request.query, ...request.authorization, ...request.form];
  const consumerKey = given.find(([name, value]) => name.toLowerCase() === "oauth_consumer_key" && value !== "")?.[1];
  const noCredentials = consumerKey === undefined || (called.auth !== "consumer-key" && verdict.kind === "unsigned");
  if (noCredentials) throw unauthorised("Not authorised - no user credentials provided");
  if (called.auth === "user" && (verdict.kind === "unsigned" || verdict.token === null)) throw unauthorised("Access to resource denied");
  return consumerKey;
}

function unauthorised(reason: string): PlainError {
  return new PlainError(401, `OAuth authentication error: ${reason}`);
}

/** Parameters and method. Whatever goes wrong from here on is told as an error document. */
function answered(gateway: Gateway, called: Method, request: ApiRequest, nowMs: number, quota: Headers): Response {
  const given: Given = new Map([...request.query].reverse().map(([name, value]) => [name.toLowerCase(), value]));
  try {
    const { catalogue, maxPageSize } = gateway;
    const origin = originOf(request);
    const answer = called.answerTo(given, askedOf(given, { catalogue, maxPageSize, origin, path: called.path, now: nowMs }));
    return goodResponse(called, given, answer, quota, nowMs);
  } catch (error) {
    const told = error instanceof ApiError ? error : new ApiError(9001, `Unexpected internal server error: ${String(error)}`);
    return errorResponse(called, given, told, quota);
  }
}

/** What the caller reached the sandbox by. Its Host header may lack the port. */
function originOf({ secure, host, port }: ApiRequest): string {
  const name = host.replace(/:\d+$/, "") || "localhost";
  return `${secure ? "https" : "http"}://${name}:${port}`;
}
