/** Compiles a query into functions that write the JSON text of its data. It does what graphql-js does, field by field: test/oracle compares both.
 *  docs/decisions/0041 says what that is worth. */
import { collectFields } from "@graphql-tools/utils";
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { MaybePromise } from "../../shared/maybe-promise.js";
import type { Scope } from "../../shared/scope.js";
import { valuesFor } from "../../graph/variable-values.js";
import { fragmentsIn } from "../fragments.js";
import type { Compilation } from "./field-place.js";
import { selection } from "./fields.js";
import { CollectedErrors, nullText } from "./run.js";

/** An execution result whose data is written already. */
export interface Written {
  /** JSON text of the data; "null" where an error reached the operation itself. */
  readonly json: string;
  readonly errors: readonly GraphQLError[];
}

/** @param variables Coerced. */
export type RunCompiled = (scope: Scope, variables: Record<string, unknown>) => MaybePromise<Written>;

/** @param selecting The variables that decide what is selected, by name. They have to have the same values in every run. */
export function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  selecting: Record<string, unknown>,
): RunCompiled {
  const type = schema.getQueryType();
  if (!type) throw new TypeError("The schema has no queries.");
  const fragments = fragmentsIn(document);
  const of: Compilation = { schema, operation, fragments, variables: selecting, dependentFields: 0 };
  const write = selection(type, collectFields(schema, fragments, valuesFor(selecting), type, operation.selectionSet).fields, of);

  return (scope, variables) => {
    const errors = new CollectedErrors();
    const done = (json: string): Written => ({ json, errors: errors.all });
    const failed = (error: unknown): Written => {
      errors.add(error as GraphQLError, undefined);
      return done(nullText);
    };
    try {
      const text = write(undefined, { scope, variables, errors, args: [] }, undefined);
      return typeof text === "string" ? done(text) : text.then(done, failed);
    } catch (error) {
      return failed(error);
    }
  };
}
