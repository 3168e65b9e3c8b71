/** Which operations may be sent by GET. URLs are logged by every hop, so a GET carries no user credentials. Any web page can send one, so
 *  the profile `locked` wants a persisted operation or a header that a foreign page cannot send (CSRF). */
import type { IncomingMessage } from "node:http";
import type { Profile } from "../config/config.js";
import type { Rejection } from "./responses.js";
import type { Header } from "../operation/caller.js";
import { findJsonExcess } from "./json-limits.js";

/** Headers that a page of another origin can only send after a CORS preflight. */
const csrfHeaders: readonly string[] = [
  "x-graphql-yoga-csrf",
  "apollo-require-preflight",
  "x-apollo-operation-name",
  "graphql-require-preflight",
];

const userHeaders: readonly string[] = ["authorization", "x-7d-oauth-token", "x-7d-oauth-token-secret", "x-7d-user-id"];

const hasCredentials: Rejection = {
  status: 400,
  code: "BAD_REQUEST",
  message: "Send operations with user credentials by POST: URLs are logged.",
};

const needsPreflight: Rejection = {
  status: 400,
  code: "BAD_REQUEST",
  message: "Send this operation by POST, as a persisted operation, or with the header graphql-require-preflight.",
};

const ambiguous: Rejection = { status: 400, code: "BAD_REQUEST", message: "Send one question mark before the URL's parameters." };

interface GetPolicy {
  readonly profile: Profile;
  /** Whether the request comes from one of the operator's own servers. */
  readonly isTrusted: (header: Header) => boolean;
}

/** @returns Why a GET is rejected, or undefined. */
export type CheckGet = (request: IncomingMessage) => Rejection | undefined;

export function createGetPolicy({ profile, isTrusted }: GetPolicy): CheckGet {
  return ({ url = "", headers }) => {
    if (userHeaders.some((name) => headers[name] !== undefined)) return hasCredentials;
    // Parsers disagree on a second question mark: some drop it, others make it part of the first name.
    if (/^[^?]*\?\?/.test(url)) return ambiguous;
    const parameters = new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?")) : "");
    const excess = findJsonExcess(parameters.get("variables") ?? "") ?? findJsonExcess(parameters.get("extensions") ?? "");
    if (excess !== undefined) return excess;
    // Without a document it can only be a persisted operation.
    if (profile === "open" || !parameters.has("query")) return undefined;
    const header: Header = (name) => headers[name]?.toString() ?? null;
    return csrfHeaders.some((name) => Boolean(header(name))) || isTrusted(header) ? undefined : needsPreflight;
  };
}
