/** Every code that `errors[].extensions.code` can have. It generates the table in the README (`npm run errors`) and bounds the labels of
 *  metrics. Codes of `userErrors` are in user-error.ts. */
import type { UpstreamErrorCode } from "../upstream/error-traits.js";

interface ErrorCodeFacts {
  /** What happened. */
  readonly meaning: string;
  /** What a client should do. */
  readonly advice: string;
}

/** The request is at fault, or the server itself. */
const requestErrors = {
  BAD_REQUEST: { meaning: "The request is not GraphQL over HTTP.", advice: "Change the request as the message says." },
  BAD_USER_INPUT: { meaning: "A value is invalid. `argument` names it.", advice: "Send a value as the message says." },
  GRAPHQL_PARSE_FAILED: { meaning: "The document is not valid GraphQL.", advice: "Fix the syntax at `locations`." },
  GRAPHQL_VALIDATION_FAILED: { meaning: "The document does not match the schema.", advice: "Compare it with `schema/schema.graphql`." },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: "It is not clear which operation of the document to run.",
    advice: "Send `operationName`, or one operation only.",
  },
  DOCUMENT_TOO_LARGE: { meaning: "The document has too many bytes.", advice: "Shorten it, or use variables for long values." },
  REQUEST_ENTITY_TOO_LARGE: { meaning: "The body has too many bytes (HTTP 413).", advice: "Send less in one request." },
  TOKEN_LIMIT: { meaning: "The document has too many names, values and punctuators.", advice: "Shorten it, or split the operation." },
  DEPTH_LIMIT: { meaning: "Fields, values or fragments are nested too deeply.", advice: "Nest less." },
  FIELD_LIMIT: { meaning: "The document has too many fields, counting those of fragments at each use.", advice: "Select fewer fields." },
  ROOT_FIELD_LIMIT: { meaning: "The operation has too many fields at its root.", advice: "Split the operation." },
  ALIAS_LIMIT: { meaning: "The document has too many aliases.", advice: "Use `nodes(ids:)` or lists instead, or split the operation." },
  DIRECTIVE_LIMIT: { meaning: "The document has too many directives.", advice: "Remove some." },
  NAME_LIMIT: { meaning: "A name in the document is too long.", advice: "Shorten it." },
  ONE_MONEY_MUTATION_PER_OPERATION: {
    meaning: "The operation would spend money more than once.",
    advice: "Send one operation per purchase.",
  },
  INTROSPECTION_DISABLED: { meaning: "This server does not show its schema.", advice: "Ask the operator for it." },
  PERSISTED_QUERY_NOT_FOUND: { meaning: "No operation is registered under this hash.", advice: "Send the document, or register it first." },
  PERSISTED_QUERY_ONLY: { meaning: "This server runs registered operations only.", advice: "Ask the operator to register yours." },
  SUBSCRIPTION_LIMIT: {
    meaning: "You, or all clients together, have too many subscriptions open.",
    advice: "Close one, or query the same field of `viewer` instead.",
  },
  RATE_LIMITED: { meaning: "You sent too many requests (HTTP 429).", advice: "Wait for `retryAfterSeconds`, or sign in." },
  RECORDS_UNAVAILABLE: {
    meaning: "The records of purchases cannot be read at the moment.",
    advice: "Try again soon. Do not buy with another key meanwhile.",
  },
  INTERNAL_SERVER_ERROR: {
    meaning: "The server has a bug. Details are in its log.",
    advice: "Try again. If it stays, contact the operator.",
  },
} satisfies Record<string, ErrorCodeFacts>;

/** A call to 7digital was needed and gave no usable answer. */
const upstreamErrors: Readonly<Record<UpstreamErrorCode, ErrorCodeFacts>> = {
  NOT_FOUND: {
    meaning: "A list belongs to something that does not exist. (A thing requested by ID is null instead.)",
    advice: "Check the ID.",
  },
  NOT_AVAILABLE_IN_COUNTRY: { meaning: "It exists, but not in the store. `store` names it.", advice: "Request it in another store." },
  UNAUTHENTICATED: {
    meaning: "The credentials are not valid (HTTP 401), or 7digital no longer accepts the user's.",
    advice: "Sign in again.",
  },
  OVERLOADED: { meaning: "Too many calls or connections are waiting (HTTP 503 where there is no data).", advice: "Try again in a moment." },
  TOO_MANY_UPSTREAM_CALLS: {
    meaning: "The operation would make more calls to 7digital than the limit (`estimated`, `limit`), or has made as many.",
    advice: "Request fewer items.",
  },
  OPERATION_TIMEOUT: { meaning: "The operation took too long. What came in time is in `data`.", advice: "Request less at once." },
  CALLER_CALL_LIMIT: { meaning: "You caused as many calls to 7digital as one caller may in an hour.", advice: "Try again later." },
  QUOTA_RESERVED: {
    meaning: "What is left of the daily call quota is reserved for more urgent calls, such as purchases.",
    advice: "Try again after `retryAfterSeconds`.",
  },
  CLIENT_CLOSED_REQUEST: { meaning: "The client closed its connection before the response.", advice: "Send the operation again." },
  UPSTREAM_RATE_LIMITED: { meaning: "The daily call quota at 7digital is spent.", advice: "Try again after `retryAfterSeconds`." },
  UPSTREAM_UNAVAILABLE: { meaning: "7digital cannot be reached, or fails.", advice: "Try again later." },
  UPSTREAM_TIMEOUT: { meaning: "7digital did not answer in time.", advice: "Try again later." },
  UPSTREAM_BAD_RESPONSE: { meaning: "7digital's answer cannot be read.", advice: "Try again later, or leave the field out." },
  UPSTREAM_AUTH: { meaning: "7digital did not accept the key of this server.", advice: "Contact the operator." },
  UPSTREAM_REJECTED_INPUT: { meaning: "7digital rejected a parameter that we should not have sent.", advice: "Contact the operator." },
  UPSTREAM_ERROR: {
    meaning: "Any other error of 7digital's. `sevendigital.code` has its code where there is one.",
    advice: "Follow `retryable`.",
  },
};

export type ErrorCode = keyof typeof requestErrors | UpstreamErrorCode;

export const errorCodes: Readonly<Record<ErrorCode, ErrorCodeFacts>> = { ...requestErrors, ...upstreamErrors };
