/** Runs prepared operations: compiled ones where they are sent again, all others by graphql-js. graphql-js coerces the variables of whatever it executes; ours are coerced already, because the plan needs them.
 *  So it gets the document with variable definitions of a type that takes every value as it is. */
import { execute as executeInParts, type IncrementalExecutionResults } from "@graphql-tools/executor";
import {
  execute,
  GraphQLScalarType,
  GraphQLSchema,
  Kind,
  OperationTypeNode,
  subscribe,
  type DefinitionNode,
  type DocumentNode,
  type ExecutionResult,
  type NamedTypeNode,
} from "graphql";
import { WholeOperation } from "../graph/selection.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { Scope } from "../shared/scope.js";
import type { Written } from "./compiled/compile.js";
import { createCompiledOperations } from "./compiled/compiled-operations.js";
import { fragmentsIn } from "./fragments.js";
import type { Events } from "./payloads.js";
import type { Prepared } from "./prepare.js";

const coerced = new GraphQLScalarType({ name: "Coerced" });
const coercedType: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coerced.name } };

/** One result, a first part and others, or one result for each event. */
export type Results = Written | ExecutionResult | IncrementalExecutionResults | Events;

/** @param inParts Whether a query with `@defer` or `@stream` may be answered in parts. Where their conditions turn all of them off, there is
 *  one result. */
type Execution = (prepared: Prepared, scope: Scope, inParts: boolean) => MaybePromise<Results>;

export function createExecution(schema: GraphQLSchema): Execution {
  const config = schema.toConfig();
  const executed = new GraphQLSchema({ ...config, types: [...config.types, coerced], assumeValid: true });
  const withoutCoercion = memoizePerObject((document: DocumentNode) => ({
    ...document,
    definitions: document.definitions.map(passThrough),
  }));
  const compiledFor = createCompiledOperations(schema);
  const argsOf = ({ operation, variables }: Prepared, document: DocumentNode, contextValue: Scope) => ({
    schema: executed,
    document: withoutCoercion(document),
    operationName: operation.name?.value ?? null,
    variableValues: variables,
    contextValue,
  });

  return (prepared, scope, inParts) => {
    if (prepared.operation.operation === OperationTypeNode.SUBSCRIPTION) return subscribe(argsOf(prepared, prepared.document, scope));
    if (!inParts || prepared.inParts === undefined) {
      const run = compiledFor(prepared);
      return run === undefined ? execute(argsOf(prepared, prepared.document, scope)) : run(scope, prepared.variables);
    }
    const rootValue = new WholeOperation(prepared.operation, fragmentsIn(prepared.document));
    // graphql-js 16 cannot.
    return executeInParts<Record<string, unknown>>({ ...argsOf(prepared, prepared.inParts, scope), rootValue });
  };
}

function passThrough(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OPERATION_DEFINITION || definition.variableDefinitions === undefined) return definition;
  const variableDefinitions = definition.variableDefinitions.map(({ kind, variable }) => ({ kind, variable, type: coercedType }));
  return { ...definition, variableDefinitions };
}
