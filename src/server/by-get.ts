/** Which operations may be asked for by GET. A URL is logged and kept by everybody between, and any page of the web may send one: so none
 *  of them is a user's, and in the real shop none is sent by a page that was not let to. */
import type { IncomingMessage } from "node:http";
import type { Profile } from "../config.js";
import type { Refusal } from "./answers.js";
import type { Header } from "./credentials.js";
import { excessOfJson } from "./json-shape.js";

/** Headers without a meaning of their own, which a page of another origin can not send without being let to. */
const csrfHeaders: readonly string[] = [
  "x-graphql-yoga-csrf",
  "apollo-require-preflight",
  "x-apollo-operation-name",
  "graphql-require-preflight",
];

const userHeaders: readonly string[] = ["authorization", "x-7d-oauth-token", "x-7d-oauth-token-secret", "x-7d-user-id"];

const ofUser: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: "A URL is no place for what is a user's: send operations that carry the credentials of a user by POST.",
};

const unasked: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: "Send this operation by POST, by the id of a persisted one, or with the header graphql-require-preflight.",
};

const ambiguous: Refusal = { status: 400, code: "BAD_REQUEST", message: "A URL has one question mark before its parameters." };

interface GetPolicy {
  readonly profile: Profile;
  /** Whether it is one of the operator's own servers that asks. */
  readonly isTrusted: (header: Header) => boolean;
}

/** Why a GET is refused, or undefined. */
export type RefusalOfGet = (request: IncomingMessage) => Refusal | undefined;

export function createGetPolicy({ profile, isTrusted }: GetPolicy): RefusalOfGet {
  return ({ url = "", headers }) => {
    if (userHeaders.some((name) => headers[name] !== undefined)) return ofUser;
    // Of a second one some make nothing and others a letter of the first name.
    if (/^[^?]*\?\?/.test(url)) return ambiguous;
    const parameters = new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?")) : "");
    const excess = excessOfJson(parameters.get("variables") ?? "") ?? excessOfJson(parameters.get("extensions") ?? "");
    if (excess !== undefined) return excess;
    // Without a document it can but be one that we know.
    if (profile === "open" || !parameters.has("query")) return undefined;
    const header: Header = (name) => headers[name]?.toString() ?? null;
    return csrfHeaders.some((name) => Boolean(header(name))) || isTrusted(header) ? undefined : unasked;
  };
}
