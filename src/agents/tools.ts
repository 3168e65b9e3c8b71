/** The tools that agents get: one for each operation that has a name and a description. No tool takes a document. */
import {
  OperationTypeNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { costOf } from "../graph/field-cost.js";
import { describedOperations, type DescribedOperation } from "./described-operations.js";
import { inputSchema } from "./input-schema.js";
import type { JsonSchema } from "./json-schema.js";
import { outputSchema } from "./output-schema.js";

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  readonly annotations: Readonly<Record<"readOnlyHint" | "destructiveHint" | "idempotentHint" | "openWorldHint", boolean>>;
  /** What it runs: the operation of its name. */
  readonly document: string;
}

/** How many operations are no tools, and why. */
interface LeftOut {
  /** Without a name, or without a comment above them. */
  undescribed: number;
  /** They do not match the public schema. */
  invalid: number;
  /** They spend money, and purchases are off. */
  purchases: number;
  /** A tool has one result. */
  subscriptions: number;
}

export interface Tools {
  readonly byName: ReadonlyMap<string, Tool>;
  readonly leftOut: Readonly<LeftOut>;
}

/** @param schema The public one.
 *  @param documents The last of several operations of one name is its tool. */
export function createTools(schema: GraphQLSchema, documents: Iterable<string>, { purchases }: { readonly purchases: boolean }): Tools {
  const byName = new Map<string, Tool>();
  const leftOut: LeftOut = { undescribed: 0, invalid: 0, purchases: 0, subscriptions: 0 };
  for (const operation of [...documents].flatMap(describedOperations)) {
    const reason = reasonAgainst(schema, operation, purchases);
    if (reason === undefined) byName.set(operation.name, toolOf(schema, operation));
    else leftOut[reason] += 1;
  }
  return { byName, leftOut };
}

function reasonAgainst(schema: GraphQLSchema, operation: DescribedOperation, purchases: boolean): keyof LeftOut | undefined {
  const { name, description, document, node } = operation;
  if (name === "" || description === "") return "undescribed";
  if (node.operation === OperationTypeNode.SUBSCRIPTION) return "subscriptions";
  if (validate(schema, document).length > 0) return "invalid";
  return !purchases && spendsMoney(schema, document) ? "purchases" : undefined;
}

function toolOf(schema: GraphQLSchema, { name, description, node, document, text }: DescribedOperation): Tool {
  return {
    name,
    description,
    inputSchema: inputSchema(schema, document, node),
    outputSchema: outputSchema(schema, document, node),
    annotations: annotationsOf(node, spendsMoney(schema, document)),
    document: text,
  };
}

/** A mutation counts as destructive: nothing declares that one is not. One purchase key never buys twice. */
function annotationsOf({ operation }: OperationDefinitionNode, spends: boolean): Tool["annotations"] {
  const readOnlyHint = operation === OperationTypeNode.QUERY;
  return { readOnlyHint, destructiveHint: !readOnlyHint, idempotentHint: readOnlyHint || spends, openWorldHint: true };
}

/** Whether any operation of the document spends money, with whatever is in fragments. */
function spendsMoney(schema: GraphQLSchema, document: DocumentNode): boolean {
  let spends = false;
  const typeInfo = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(typeInfo, {
    Field: () => {
      const field = typeInfo.getFieldDef();
      if (field && costOf(field).spendsMoney === true) spends = true;
    },
  });
  visit(document, visitor);
  return spends;
}
