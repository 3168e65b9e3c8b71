/** How much is told of what failed: errors are read by people, and what a client sends must not come back multiplied. */
import { GraphQLError } from "graphql";

export const mostErrors = 10;
const mostBytes = 8000;
/** Of the places in a document, or in an answer, that one error names. */
export const mostPaths = 10;
const longestMessage = 500;

/** As many errors as somebody reads, and none twice. The last tells as `errorsLeftOut` how many more are known. */
export function fewErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const different = withoutDoubles(errors);
  const told: GraphQLError[] = [];
  let bytes = 0;
  for (const error of different.slice(0, mostErrors).map(shortened)) {
    bytes += Buffer.byteLength(JSON.stringify(error));
    if (bytes > mostBytes && told.length > 0) break;
    told.push(error);
  }
  const last = told.at(-1);
  if (last === undefined || told.length === different.length) return told;
  const { message, extensions, originalError = null } = last;
  const marked = { ...extensions, ...leftOut("errorsLeftOut", different.length - told.length) };
  return [...told.slice(0, -1), new GraphQLError(message, { ...at(last), originalError, extensions: marked })];
}

export function leftOut(name: string, count: number) {
  return count > 0 ? { [name]: count } : {};
}

/** Where an error stands. */
export function at(error: GraphQLError | undefined) {
  return { nodes: error?.nodes ?? null, source: error?.source ?? null, positions: error?.positions ?? null, path: error?.path ?? null };
}

/** What is said of a document, and not of a field that was executed, is said once. */
function withoutDoubles(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const said = new Set<string>();
  return errors.filter(({ message, path }) => {
    if (path !== undefined) return true;
    const first = !said.has(message);
    said.add(message);
    return first;
  });
}

/** The same error without long repetitions of what was sent: a document's texts not at all, and of the rest 100 characters. */
function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes = [], extensions, originalError = null } = error;
  const brief = message
    .replace(/^(Syntax Error: .*String) ".*"/s, '$1 "…"')
    .replace(/(\S{100})\S+/g, "$1…")
    .slice(0, longestMessage);
  if (brief === message && nodes.length <= mostPaths) return error;
  return new GraphQLError(brief, { ...at(error), nodes: nodes.slice(0, mostPaths), originalError, extensions });
}
