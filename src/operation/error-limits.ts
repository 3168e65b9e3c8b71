/** Bounds the errors of a response: people read them, and what a client sends must not come back multiplied. */
import type { GraphQLError } from "graphql";
import { UpstreamError } from "../upstream/errors.js";
import { replaceError } from "./errors.js";

export const mostErrors = 10;
const mostBytes = 8000;
/** Of the locations or paths that one error names. */
const mostPaths = 10;
const longestMessage = 500;

/** One error for each failure. A call that fails may null several fields: its error is at the first of them, and `extensions.alsoNulled` lists
 *  the paths of the others. */
export function onceEach(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const others = new Map<UpstreamError, GraphQLError["path"][]>();
  const first = errors.filter(({ originalError: cause, path }) => {
    if (!(cause instanceof UpstreamError)) return true;
    const known = others.get(cause);
    if (known === undefined) others.set(cause, []);
    else known.push(path);
    return known === undefined;
  });
  return first.map((error) => {
    const { originalError: cause, message, extensions } = error;
    const alsoNulled = cause instanceof UpstreamError ? (others.get(cause) ?? []) : [];
    if (alsoNulled.length === 0) return error;
    const named = { alsoNulled: alsoNulled.slice(0, mostPaths), ...leftOut("alsoNulledLeftOut", alsoNulled.length - mostPaths) };
    return replaceError(error, message, { extensions: { ...extensions, ...named } });
  });
}

/** A few errors, none twice. The last one says in `errorsLeftOut` how many more there are. */
export function fewErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const different = withoutDoubles(errors);
  const kept: GraphQLError[] = [];
  let bytes = 0;
  for (const error of different.slice(0, mostErrors).map(shortened)) {
    bytes += Buffer.byteLength(JSON.stringify(error));
    if (bytes > mostBytes && kept.length > 0) break;
    kept.push(error);
  }
  const last = kept.at(-1);
  if (last === undefined || kept.length === different.length) return kept;
  const extensions = { ...last.extensions, ...leftOut("errorsLeftOut", different.length - kept.length) };
  return [...kept.slice(0, -1), replaceError(last, last.message, { extensions })];
}

function leftOut(name: string, count: number) {
  return count > 0 ? { [name]: count } : {};
}

/** Errors without a path, which are about the document, once for each message. */
function withoutDoubles(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const messages = new Set<string>();
  return errors.filter(({ message, path }) => {
    if (path !== undefined) return true;
    const isFirst = !messages.has(message);
    messages.add(message);
    return isFirst;
  });
}

/** The error without long parts of what was sent: no strings of the document, and at most 100 characters of anything else. */
function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes = [], positions } = error;
  const brief = message
    .replace(/^(Syntax Error: .*String) ".*"/s, '$1 "…"')
    .replace(/(\S{100})\S+/g, "$1…")
    .slice(0, longestMessage);
  if (brief === message && nodes.length <= mostPaths) return error;
  return replaceError(error, brief, { nodes: nodes.slice(0, mostPaths), positions: positions?.slice(0, mostPaths) ?? null });
}
