/** How failures appear in `errors`: with a stable code, once each, and never with anything from the inside. */
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { UpstreamError } from "../upstream/errors.js";
import type { Store } from "../upstream/session.js";

/** The error as a client sees it. What we did not foresee is masked whatever the environment: its message may hold a secret.
 *  @param report Told of what is masked. */
export function presentError(error: unknown, report: (error: unknown) => void): GraphQLError {
  if (!(error instanceof GraphQLError)) return presentError(new GraphQLError("", { originalError: error as Error }), report);
  const { originalError: cause } = error;
  if (cause instanceof UpstreamError) {
    return new GraphQLError(cause.message, { ...at(error), originalError: cause, extensions: { ...told(cause), ...error.extensions } });
  }
  if (cause === undefined || cause instanceof GraphQLError) return error;
  report(cause);
  return new GraphQLError("Something went wrong on our side. Ask again; if it stays, tell the operator.", {
    ...at(error),
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
}

function at({ nodes, source, positions, path }: GraphQLError) {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
}

function told({ code, method, sevendigitalCode, retryable, resetAtMs }: UpstreamError) {
  return {
    code,
    retryable,
    sevendigital: { method, ...(sevendigitalCode === undefined ? {} : { code: sevendigitalCode }) },
    ...(resetAtMs === undefined ? {} : { resetAt: new Date(resetAtMs).toISOString() }),
  };
}

type Path = GraphQLFormattedError["path"];

/** Every failure once. One call that fails may null several fields: the error stands at the first of them, and
 *  `extensions.alsoNulled` names the paths of the others. */
export function onceEach(errors: readonly GraphQLError[], store: Store): readonly GraphQLError[] {
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
    if (!(cause instanceof UpstreamError)) return error;
    const alsoNulled = others.get(cause) ?? [];
    const extensions = {
      ...error.extensions,
      ...(cause.code === "NOT_AVAILABLE_IN_COUNTRY" ? { store } : {}),
      ...(alsoNulled.length === 0 ? {} : { alsoNulled }),
    };
    return new GraphQLError(error.message, { ...at(error), originalError: cause, extensions });
  });
}
