/** Keeps the number of label values bounded, whatever comes. */

/** What `extensions.code` may be; and of an operation whose client went away. */
const errorCodes: ReadonlySet<string> = new Set([
  "ALIAS_LIMIT",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "DEPTH_LIMIT",
  "DIRECTIVE_LIMIT",
  "DOCUMENT_TOO_LARGE",
  "FIELD_LIMIT",
  "FORBIDDEN",
  "GIVEN_UP",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "INTERNAL_SERVER_ERROR",
  "INTROSPECTION_DISABLED",
  "NAME_LIMIT",
  "NOT_AVAILABLE_IN_COUNTRY",
  "NOT_FOUND",
  "ONE_MONEY_MUTATION_PER_OPERATION",
  "OPERATION_RESOLUTION_FAILURE",
  "OVERLOADED",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_ONLY",
  "RATE_LIMITED",
  "REQUEST_ENTITY_TOO_LARGE",
  "ROOT_FIELD_LIMIT",
  "TOKEN_LIMIT",
  "TOO_MANY_UPSTREAM_CALLS",
  "UNAUTHENTICATED",
  "UPSTREAM_AUTH",
  "UPSTREAM_BAD_RESPONSE",
  "UPSTREAM_ERROR",
  "UPSTREAM_RATE_LIMITED",
  "UPSTREAM_REJECTED_INPUT",
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_UNAVAILABLE",
]);

const other = "OTHER";

/** @param code Of the first error; undefined where there is none. */
export function errorLabel(code: string | undefined): string {
  if (code === undefined) return "OK";
  return errorCodes.has(code) ? code : other;
}

/** Lets the first values pass that come, and no more: for those of the code's own, of which there is no list. */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return other;
    known.add(value);
    return value;
  };
}
