/** From what a client sent to one valid operation with coerced variables. A valid document is parsed and validated once. */
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Lexer,
  OperationTypeNode,
  parse,
  Source,
  TokenKind,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from "graphql";
import type { Limits, Profile } from "../config/config.js";
import type { ErrorCode } from "../shared/error-codes.js";
import { createDocumentCache, dropTokens } from "./document-cache.js";
import { createDocumentChecks } from "./document-limits.js";
import { createDocumentReader, type DocumentTextOptions } from "./document-text.js";
import { mostErrors } from "./error-limits.js";
import { checkInitialCounts, wholeOf } from "./incremental.js";
import { badDocument, presentError, replaceError, requestError, withoutLiteral } from "./errors.js";
import { fewMutations, onePurchase } from "./mutation-rules.js";
import { checkedParameters } from "./parameters.js";
import type { OperationParameters, RequestFacts } from "./request.js";
import { rulesFor } from "./yoga/validation-rules.js";

export interface PreparationOptions extends DocumentTextOptions {
  readonly limits: Limits;
  /** In the profile `open` every client may read the schema. */
  readonly profile: Profile;
}

export interface Prepared {
  /** Without `@defer` and `@stream`. */
  readonly document: DocumentNode;
  /** Of `document`. */
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  /** With `@defer` and `@stream`, where a query has them. In mutations they are ignored: what was bought is said at once. */
  readonly inParts: DocumentNode | undefined;
}

/** Several mistakes of one document. */
export class InvalidDocument extends Error {
  override readonly name = "InvalidDocument";

  constructor(readonly errors: readonly GraphQLError[]) {
    super("The document is not valid.");
  }
}

/** @returns throws GraphQLError or InvalidDocument */
export function createPreparation(
  schema: GraphQLSchema,
  options: PreparationOptions,
): (request: RequestFacts, parameters: OperationParameters) => Prepared {
  const { limits, profile } = options;
  const read = createDocumentReader(options);
  const documents = createDocumentCache();
  const check = createDocumentChecks(profile === "open");
  const rules = [...rulesFor(schema), operationTypeExists, onePurchase, fewMutations(limits.mutations)];

  return (request, parameters) => {
    const { query, operationName, variables } = checkedParameters(parameters);
    const { text, keep } = read(query, parameters, request);
    const known = documents.get(text);
    const document = known ?? parsed(text, request.limits);
    check(document, request);
    const whole = wholeOf(document);
    const operation = operationOf(whole.document, operationName, request.method);
    if (known === undefined) {
      checkValid(schema, document, rules);
      dropTokens(document);
      documents.set(text, document);
    }
    keep();
    const values = coerced(schema, operation, variables);
    checkInitialCounts(whole.streamed, values);
    const isQuery = operation.operation === OperationTypeNode.QUERY;
    const inParts = isQuery && whole.document !== document ? document : undefined;
    return { document: whole.document, operation, variables: values, inParts };
  };
}

/** graphql-js gives its own errors no code, and puts values into each other until there is no stack left. @throws GraphQLError */
function parsed(text: string, { tokens }: Limits): DocumentNode {
  try {
    return parse(text, { maxTokens: tokens });
  } catch (error) {
    if (error instanceof RangeError) throw requestError("DEPTH_LIMIT", "Nest values less deep.");
    if (!(error instanceof GraphQLError)) throw error;
    if (countTokens(text, error.positions?.[0] ?? 0) >= tokens)
      throw requestError("TOKEN_LIMIT", `Send at most ${String(tokens)} names, values and signs in a document.`);
    throw replaceError(error, error.message, { extensions: { code: "GRAPHQL_PARSE_FAILED" satisfies ErrorCode, http: badDocument } });
  }
}

/** How many tokens stand before a place that graphql-js has read up to. Its error does not say whether the limit was reached there. */
function countTokens(text: string, end: number): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (lexer.lookahead().kind !== TokenKind.EOF && lexer.advance().end <= end) count += 1;
  } catch {
    // What stands at `end` is no token.
  }
  return count;
}

/** @throws GraphQLError */
function operationOf(document: DocumentNode, operationName: string | undefined, method: string): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    const message = "The document holds no such operation, or several: name one of them in `operationName`.";
    throw requestError("OPERATION_RESOLUTION_FAILURE", message);
  }
  if (operation.operation !== OperationTypeNode.QUERY && method === "GET") {
    const message = `Send ${operation.operation}s by POST.`;
    throw requestError("BAD_REQUEST", message, { http: { status: 405, headers: { Allow: "POST" } } });
  }
  return operation;
}

/** @throws InvalidDocument */
function checkValid(schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[]): void {
  const errors = validate(schema, document, rules, { maxErrors: mostErrors });
  if (errors.length === 0) return;
  throw new InvalidDocument(
    errors.map(withoutLiteral).map((error) => {
      const extensions = { code: "GRAPHQL_VALIDATION_FAILED" satisfies ErrorCode, http: badDocument, ...error.extensions };
      return replaceError(error, error.message, { extensions });
    }),
  );
}

/** What graphql-js finds out only when it executes. @see GraphQL specification, "Operation Type Existence" */
const operationTypeExists: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`This schema has no ${node.operation} operations.`, { nodes: node }));
  },
});

/** @throws GraphQLError BAD_USER_INPUT for the first variable that does not fit: every mistake costs as much as all that was sent. */
function coerced(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { coerced: values, errors } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 });
  if (values === undefined) throw presentError(errors[0], () => undefined);
  return values;
}
