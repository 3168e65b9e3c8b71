/** Which operations may be sent by GET. URLs are logged by every hop, so a GET carries no user credentials. Any web page can send one, so
 *  the profile `locked` wants a persisted operation or a header that a foreign page cannot send (CSRF). */
import type { IncomingMessage } from "node:http";
import type { Profile } from "../config/config.js";
import { credentialIn } from "../operation/caller.js";
import { findJsonExcess } from "./json-limits.js";
import { queryOf } from "./request-path.js";
import { badRequest, type Rejection } from "./responses.js";

/** Headers that a page of another origin can only send after a CORS preflight. */
const csrfHeaders: readonly string[] = [
  "x-graphql-yoga-csrf",
  "apollo-require-preflight",
  "x-apollo-operation-name",
  "graphql-require-preflight",
];

const userHeaders: readonly string[] = ["authorization", "x-7d-oauth-token", "x-7d-oauth-token-secret", "x-7d-user-id"];

const hasCredentials = badRequest("Send operations with user credentials by POST: URLs are logged.");
const needsPreflight = badRequest("Send this operation by POST, as a persisted operation, or with the header graphql-require-preflight.");
const ambiguous = badRequest("Send one question mark before the URL's parameters.");

export interface GetPolicy {
  readonly check: CheckGet;
  /** Whether any page may have sent the request, so that it may run operations of the operator only. */
  readonly isOfAnyPage: (request: IncomingMessage, isTrusted: boolean) => boolean;
}

/** @param isTrusted Whether the request comes from one of the operator's own servers. @param jsonValues How many values its JSON may have.
 *  @returns Why a GET is rejected, or undefined. */
type CheckGet = (request: IncomingMessage, isTrusted: boolean, jsonValues: number) => Rejection | undefined;

export function createGetPolicy(profile: Profile): GetPolicy {
  const isOfAnyPage: GetPolicy["isOfAnyPage"] = ({ method, headers }, isTrusted) =>
    method !== "POST" && profile !== "open" && !isTrusted && !csrfHeaders.some((name) => headers[name]);

  const check: CheckGet = (request, isTrusted, jsonValues) => {
    const { url = "", headers } = request;
    if (userHeaders.some((name) => credentialIn(headers[name]?.toString() ?? null) !== null)) return hasCredentials;
    // Parsers disagree on a second question mark: some drop it, others make it part of the first name.
    if (/^[^?]*\?\?/.test(url)) return ambiguous;
    const parameters = queryOf(request);
    const excess =
      findJsonExcess(parameters.get("variables") ?? "", jsonValues) ?? findJsonExcess(parameters.get("extensions") ?? "", jsonValues);
    if (excess !== undefined) return excess;
    // Without a document it can only be a persisted operation.
    return parameters.has("query") && isOfAnyPage(request, isTrusted) ? needsPreflight : undefined;
  };

  return { check, isOfAnyPage };
}
