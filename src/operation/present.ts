/** From what an operation came to, result or rejection, to the response that its client gets. All errors get their form here. */
import { GraphQLError, type ExecutionResult } from "graphql";
import { at, fewErrors } from "./error-limits.js";
import { onceEach, presentError, type HttpPart } from "./errors.js";
import { InvalidDocument } from "./prepare.js";
import type { OperationResponse, RequestFacts } from "./request.js";
import { responseExtensions, type ExtensionFacts } from "./response-extensions.js";
import { rejectedIfNothing } from "./result-status.js";

export interface PresentationOptions {
  /** Whether errors may suggest names of the schema. */
  readonly suggestions: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Reports unforeseen failures, which clients see masked. */
  readonly report: (error: unknown) => void;
}

interface Executed extends ExtensionFacts {
  readonly request: RequestFacts;
}

export function createPresentation({ suggestions, now, report }: PresentationOptions) {
  const presented = (error: unknown): GraphQLError => presentError(error, report, now);
  const final = (errors: readonly GraphQLError[]) => fewErrors(suggestions ? errors : errors.map(withoutSuggestion));

  return {
    result(result: ExecutionResult, { request, ...facts }: Executed): OperationResponse {
      const extensions = responseExtensions(facts);
      if (result.errors === undefined) return respond({ data: result.data, extensions }, request, 200);
      const { errors, data } = rejectedIfNothing({ data: result.data, errors: result.errors.map(presented) });
      return respond({ errors: final(onceEach(errors)), ...(data !== undefined && { data }), extensions }, request, 200);
    },

    /** For what was not executed. */
    rejection(error: unknown, request: RequestFacts): OperationResponse {
      const errors = error instanceof InvalidDocument ? error.errors : [asRequestError(presented(error))];
      return respond({ errors: final(errors) }, request, 500);
    },
  };
}

/** What is not executed is a bad request, unless its error says otherwise. */
function asRequestError(error: GraphQLError): GraphQLError {
  if (error.extensions["code"] === "INTERNAL_SERVER_ERROR") return error;
  const { message, originalError = null, extensions } = error;
  return new GraphQLError(message, {
    ...at(error),
    originalError,
    extensions: { http: { status: 400 } satisfies HttpPart, ...extensions },
  });
}

interface Body {
  readonly errors?: readonly GraphQLError[];
  readonly data?: ExecutionResult["data"];
  readonly extensions?: object;
}

/** @param status Where no error tells one. */
function respond(body: Body, { mediaType, legacyStatus }: RequestFacts, status: number): OperationResponse {
  const { errors = [] } = body;
  const parts = errors.flatMap(({ extensions }) => (extensions.http as HttpPart | undefined) ?? []);
  const statuses = parts.map((part) => (part.unlessLegacy && legacyStatus ? 200 : part.status));
  return {
    status: statuses.length === 0 ? status : Math.max(...statuses),
    headers: Object.assign({ "Content-Type": `${mediaType}; charset=utf-8` }, ...parts.map(({ headers }) => headers)) as Record<
      string,
      string
    >,
    body: JSON.stringify(errors.length === 0 ? body : { ...body, errors: errors.map(formatted) }),
    codes: errors.map(({ extensions: { code } }) => (typeof code === "string" ? code : "OTHER")),
  };
}

function formatted(error: GraphQLError) {
  const { message, locations, path } = error;
  const extensions = { ...error.extensions, http: undefined };
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}

/** Without names of the schema, for clients that may not read it. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const { message, extensions, originalError = null } = error;
  const bare = message.replace(/ Did you mean .*$/s, "");
  return bare === message ? error : new GraphQLError(bare, { ...at(error), originalError, extensions });
}
