/** Runs prepared operations. graphql-js coerces the variables of whatever it executes; ours are coerced already, because the plan needs them.
 *  So it gets the document with variable definitions of a type that takes every value as it is. */
import {
  execute,
  GraphQLScalarType,
  GraphQLSchema,
  Kind,
  type DefinitionNode,
  type DocumentNode,
  type ExecutionResult,
  type NamedTypeNode,
} from "graphql";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { Scope } from "../shared/scope.js";
import type { Prepared } from "./prepare.js";

const coerced = new GraphQLScalarType({ name: "Coerced" });
const coercedType: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coerced.name } };

export function createExecution(schema: GraphQLSchema): (prepared: Prepared, scope: Scope) => MaybePromise<ExecutionResult> {
  const config = schema.toConfig();
  const executed = new GraphQLSchema({ ...config, types: [...config.types, coerced], assumeValid: true });
  const withoutCoercion = memoizePerObject((document: DocumentNode) => ({
    ...document,
    definitions: document.definitions.map(passThrough),
  }));

  return ({ document, operation, variables }, contextValue) =>
    execute({
      schema: executed,
      document: withoutCoercion(document),
      operationName: operation.name?.value ?? null,
      variableValues: variables,
      contextValue,
    });
}

function passThrough(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OPERATION_DEFINITION || definition.variableDefinitions === undefined) return definition;
  const variableDefinitions = definition.variableDefinitions.map(({ kind, variable }) => ({ kind, variable, type: coercedType }));
  return { ...definition, variableDefinitions };
}
