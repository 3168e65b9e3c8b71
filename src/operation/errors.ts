/** Gives errors the form that clients see: a stable code, no internals, and no value that was sent. */
import { GraphQLError, isValueNode, Kind, print, type GraphQLErrorOptions } from "graphql";
import { ClientError } from "../shared/client-error.js";
import type { ErrorCode } from "../shared/error-codes.js";
import { KnownFailure } from "../shared/known-failure.js";
import { UpstreamError } from "../upstream/errors.js";

/** What the error of a whole request says to HTTP: `extensions.http`, which is never sent. */
export interface HttpPart {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** GraphQL over HTTP wants 200 for a well-formed request where the client accepts only `application/json`. */
  readonly unlessLegacy?: boolean;
}

export const badRequest: HttpPart = { status: 400 };
export const badDocument: HttpPart = { status: 400, unlessLegacy: true };

interface RequestErrorParts extends Pick<GraphQLErrorOptions, "nodes"> {
  readonly http?: HttpPart;
  /** Besides its code. */
  readonly extensions?: object;
}

/** An error of a whole request, which is not executed. @param message What is wrong and what to do. */
export function requestError(code: ErrorCode, message: string, parts: RequestErrorParts = {}): GraphQLError {
  const { nodes, http = badRequest, extensions } = parts;
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code, ...extensions, http } });
}

/** Reads arguments of a document before it is executed. To HTTP, a wrong one is the same as a document that is not valid. */
export function readArguments<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const { code, message, argument } = error;
    throw requestError(code, message, { http: badDocument, extensions: { argument } });
  }
}

/** A new error in the place of another one, with its parts except for the changes. */
export function replaceError(error: GraphQLError | undefined, message: string, changes: GraphQLErrorOptions): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null, originalError = null, extensions = null } = error ?? {};
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions, ...changes });
}

/** The error as a client sees it. An unforeseen error is masked in every environment: its message may hold a secret.
 *  @param report Receives what is masked.
 *  @param now Epoch milliseconds; without it no `retryAfterSeconds` is given. */
export function presentError(error: unknown, report: (error: unknown) => void, now?: () => number): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const cause = located?.originalError ?? error;
  if (cause instanceof UpstreamError) {
    const extensions = { ...upstreamExtensions(cause), ...retryAfter(cause, now), ...located?.extensions };
    return replaceError(located, cause.message, { originalError: cause, extensions });
  }
  if (cause instanceof ClientError) {
    const { code, argument, message } = cause;
    return replaceError(located, message, { originalError: cause, extensions: { code, argument } });
  }
  if (cause instanceof KnownFailure) {
    return replaceError(located, cause.message, { originalError: cause, extensions: { code: cause.code } });
  }
  if (located !== undefined && cause instanceof GraphQLError && isAboutInput(located)) return withCode(located);
  report(cause);
  const message = "Something went wrong on our side. Try again; if it keeps failing, tell the operator.";
  return replaceError(located, message, {
    originalError: null,
    extensions: { code: "INTERNAL_SERVER_ERROR" satisfies ErrorCode },
  });
}

/** graphql-js gives its errors no code. One that it throws at a field, and not at an argument, is about a value of ours. */
function isAboutInput({ extensions, nodes }: GraphQLError): boolean {
  return extensions["code"] !== undefined || nodes?.[0]?.kind !== Kind.FIELD;
}

function withCode(error: GraphQLError): GraphQLError {
  const { extensions, path } = error;
  if (extensions["code"] !== undefined) return error;
  return replaceError(error, aboutVariable(error) ?? withoutLiteral(error).message, {
    originalError: null,
    extensions: { ...extensions, code: "BAD_USER_INPUT" satisfies ErrorCode, ...(path === undefined && { http: badDocument }) },
  });
}

/** A message without the variable's value, which graphql-js repeats: it may be long, or a secret in the wrong place. */
function aboutVariable({ nodes, originalError }: GraphQLError): string | undefined {
  const [node] = nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION || !(originalError instanceof GraphQLError)) return undefined;
  const advice = originalError.originalError?.message;
  const sentence = `Variable "$${node.variable.name.value}" does not fit its type "${print(node.type)}".`;
  return advice === undefined ? sentence : `${sentence} ${advice}`;
}

/** The error without the literal that graphql-js repeats; `locations` show it. A literal that its scalar rejects is bad input, as in a
 *  variable: the document itself is valid. */
export function withoutLiteral(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node === undefined || node.kind === Kind.NULL || node.kind === Kind.VARIABLE || !isValueNode(node)) return error;
  const code = error.originalError instanceof TypeError ? { code: "BAD_USER_INPUT" satisfies ErrorCode } : {};
  return replaceError(error, error.message.replace(print(node), "…"), {
    // Without the node, so that an error that is presented twice is not shortened twice.
    nodes: null,
    originalError: null,
    extensions: { ...error.extensions, ...code },
  });
}

/** `retryable` is for clients: whether to send the same again later, not before `resetAt`. */
function upstreamExtensions(error: UpstreamError) {
  const { code, traits, method, sevendigitalCode, sevendigitalMessage: message, retryable, resetAtMs, store } = error;
  return {
    code,
    retryable: retryable || traits.transient,
    sevendigital: {
      method,
      ...(sevendigitalCode !== undefined && { code: Number(sevendigitalCode) }),
      ...(message !== undefined && { message }),
    },
    ...(resetAtMs !== undefined && { resetAt: new Date(resetAtMs).toISOString() }),
    ...(store !== undefined && { store }),
  };
}

/** The time until `resetAt` for clients with wrong clocks: whole seconds, at least one. */
function retryAfter({ resetAtMs }: UpstreamError, now: (() => number) | undefined) {
  if (resetAtMs === undefined || now === undefined) return {};
  return { retryAfterSeconds: Math.max(1, Math.ceil((resetAtMs - now()) / 1000)) };
}
