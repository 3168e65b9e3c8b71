/** Where a field stands that is compiled. */
import type { FieldNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from "graphql";

/** What is compiled. */
export interface Compilation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Those that decide what is selected. */
  readonly variables: Record<string, unknown>;
  /** How many fields have arguments that depend on variables. */
  dependentFields: number;
}

/** One field of an object. */
export interface FieldPlace {
  readonly of: Compilation;
  readonly parent: GraphQLObjectType;
  readonly field: ReturnType<GraphQLObjectType["getFields"]>[string];
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly isNonNull: boolean;
}
