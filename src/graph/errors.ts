/** How failures appear in `errors`: with a stable code, once each, and never with anything from the inside or with a value that was sent. */
import { GraphQLError, isValueNode, Kind, print, type GraphQLFormattedError } from "graphql";
import { at, leftOut, mostPaths } from "./error-bounds.js";
import { UpstreamError, type UpstreamErrorCode } from "../upstream/errors.js";

/** The error as a client sees it. What we did not foresee is masked whatever the environment: its message may hold a secret.
 *  @param report Told of what is masked. @param now Epoch milliseconds, by the clock that upstream errors tell their times by; without it no
 *  time to wait is told. */
export function presentError(error: unknown, report: (error: unknown) => void, now?: () => number): GraphQLError {
  const located = error instanceof GraphQLError ? error : undefined;
  const cause = located?.originalError ?? error;
  if (cause instanceof UpstreamError) {
    return new GraphQLError(cause.message, {
      ...at(located),
      originalError: cause,
      extensions: { ...told(cause), ...wait(cause, now), ...located?.extensions },
    });
  }
  if (located !== undefined && cause instanceof GraphQLError && isAboutInput(located)) return withCode(located);
  report(cause);
  return new GraphQLError("Something went wrong on our side. Ask again; if it stays, tell the operator.", {
    ...at(located),
    // Yoga's own mark, never sent: HTTP 500 where there is no data.
    extensions: { code: "INTERNAL_SERVER_ERROR", unexpected: true },
  });
}

/** graphql-js gives its errors no code. The one it throws at a field, and not at what stands in it, is of a value that we gave. */
function isAboutInput({ extensions, nodes }: GraphQLError): boolean {
  return extensions["code"] !== undefined || nodes?.[0]?.kind !== Kind.FIELD;
}

function withCode(error: GraphQLError): GraphQLError {
  const { extensions } = error;
  if (extensions["code"] !== undefined) return error;
  // Nothing was executed; where plain JSON is accepted, GraphQL over HTTP wants 200.
  const http = error.path === undefined ? { http: { status: 400, spec: true } } : {};
  return new GraphQLError(aboutVariable(error) ?? withoutLiteral(error).message, {
    ...at(error),
    extensions: { ...extensions, code: "BAD_USER_INPUT", ...http },
  });
}

/** What is said of a variable's value, which graphql-js would repeat: it may be long, or a secret put in the wrong place. */
function aboutVariable({ nodes, originalError }: GraphQLError): string | undefined {
  const [node] = nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION || !(originalError instanceof GraphQLError)) return undefined;
  const advice = originalError.originalError?.message;
  const sentence = `Variable "$${node.variable.name.value}" does not fit its type "${print(node.type)}".`;
  return advice === undefined ? sentence : `${sentence} ${advice}`;
}

/** An error without the literal that graphql-js repeats; `locations` say where it stands. A literal that its scalar refuses is bad input, as it
 *  is in a variable: the document itself is in order. */
export function withoutLiteral(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (node === undefined || node.kind === Kind.NULL || node.kind === Kind.VARIABLE || !isValueNode(node)) return error;
  // Without the node, so that an error that was remembered is not shortened again.
  const refused = error.originalError instanceof TypeError ? { code: "BAD_USER_INPUT" } : {};
  const extensions = { ...error.extensions, ...refused };
  return new GraphQLError(error.message.replace(print(node), "…"), { ...at(error), nodes: null, extensions });
}

const passing: ReadonlySet<UpstreamErrorCode> = new Set([
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_UNAVAILABLE",
  "UPSTREAM_RATE_LIMITED",
  "OVERLOADED",
]);

/** `retryable` is a client's: whether to ask again later, where `resetAt` stands not before it. What passes by itself always is; of
 *  the rest 7digital's code tells, by the flag that our own second try goes by. */
function told({ code, method, sevendigitalCode, retryable, resetAtMs, store }: UpstreamError) {
  return {
    code,
    retryable: retryable || passing.has(code),
    sevendigital: { method, ...(sevendigitalCode === undefined ? {} : { code: sevendigitalCode }) },
    ...(resetAtMs === undefined ? {} : { resetAt: new Date(resetAtMs).toISOString() }),
    ...(store === undefined ? {} : { store }),
  };
}

/** The time until `resetAt`, for clients whose clocks are wrong: whole seconds, at least one. */
function wait({ resetAtMs }: UpstreamError, now: (() => number) | undefined) {
  if (resetAtMs === undefined || now === undefined) return {};
  return { retryAfterSeconds: Math.max(1, Math.ceil((resetAtMs - now()) / 1000)) };
}

type Path = GraphQLFormattedError["path"];

/** Every failure once. One call that fails may null several fields: the error stands at the first of them, and
 *  `extensions.alsoNulled` names the paths of the others. */
export function onceEach(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const others = new Map<UpstreamError, Path[]>();
  const first = errors.filter(({ originalError: cause, path }) => {
    if (!(cause instanceof UpstreamError)) return true;
    const known = others.get(cause);
    if (known === undefined) others.set(cause, []);
    else known.push(path);
    return known === undefined;
  });
  return first.map((error) => {
    const { originalError: cause } = error;
    const alsoNulled = cause instanceof UpstreamError ? (others.get(cause) ?? []) : [];
    if (cause === undefined || alsoNulled.length === 0) return error;
    const named = { alsoNulled: alsoNulled.slice(0, mostPaths), ...leftOut("alsoNulledLeftOut", alsoNulled.length - mostPaths) };
    return new GraphQLError(error.message, { ...at(error), originalError: cause, extensions: { ...error.extensions, ...named } });
  });
}
