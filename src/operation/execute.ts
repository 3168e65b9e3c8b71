/** Runs a prepared operation. graphql-js coerces the variables of whatever it executes; ours are coerced already, because the plan needs
 *  them. So it gets the operation with variable definitions of a type that takes every value as it is. */
import {
  execute as executeDocument,
  GraphQLScalarType,
  GraphQLSchema,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from "graphql";
import type { Scope } from "../shared/scope.js";
import type { Prepared } from "./prepare.js";

const coerced = new GraphQLScalarType({ name: "Coerced" });
const schemas = new WeakMap<GraphQLSchema, GraphQLSchema>();
const documents = new WeakMap<OperationDefinitionNode, DocumentNode>();

export async function execute(
  schema: GraphQLSchema,
  { document, operation, variables }: Prepared,
  contextValue: Scope,
): Promise<ExecutionResult> {
  return executeDocument({
    schema: remembered(schemas, schema, withCoerced),
    document: remembered(documents, operation, () => withoutCoercion(document, operation)),
    variableValues: variables,
    contextValue,
  });
}

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const value = memory.get(key) ?? make(key);
  memory.set(key, value);
  return value;
}

function withCoerced(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, coerced], assumeValid: true });
}

function withoutCoercion(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coerced.name } } as const;
  const variableDefinitions = operation.variableDefinitions?.map(({ kind, variable }) => ({ kind, variable, type }));
  const definitions = document.definitions.filter(({ kind }) => kind !== Kind.OPERATION_DEFINITION);
  return { ...document, definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }, ...definitions] };
}
