/** Bounds the errors of a response: people read them, and what a client sends must not come back multiplied. */
import { GraphQLError } from "graphql";

export const mostErrors = 10;
const mostBytes = 8000;
/** Of the locations or paths that one error names. */
export const mostPaths = 10;
const longestMessage = 500;

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
  const { message, extensions, originalError = null } = last;
  const marked = { ...extensions, ...leftOut("errorsLeftOut", different.length - kept.length) };
  return [...kept.slice(0, -1), new GraphQLError(message, { ...at(last), originalError, extensions: marked })];
}

export function leftOut(name: string, count: number) {
  return count > 0 ? { [name]: count } : {};
}

/** The position of an error, for a new one in its place. */
export function at(error: GraphQLError | undefined) {
  return { nodes: error?.nodes ?? null, source: error?.source ?? null, positions: error?.positions ?? null, path: error?.path ?? null };
}

/** Errors without a path, which are about the document, once for each message. */
function withoutDoubles(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const said = new Set<string>();
  return errors.filter(({ message, path }) => {
    if (path !== undefined) return true;
    const first = !said.has(message);
    said.add(message);
    return first;
  });
}

/** The error without long parts of what was sent: no strings of the document, and at most 100 characters of anything else. */
function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes = [], extensions, originalError = null } = error;
  const brief = message
    .replace(/^(Syntax Error: .*String) ".*"/s, '$1 "…"')
    .replace(/(\S{100})\S+/g, "$1…")
    .slice(0, longestMessage);
  if (brief === message && nodes.length <= mostPaths) return error;
  return new GraphQLError(brief, { ...at(error), nodes: nodes.slice(0, mostPaths), originalError, extensions });
}
