/** Executes an operation on the catalogue as naively as can be: one HTTP call for every field, no cache, no batch, no plan. It is
 *  what the façade is compared with, and shares none of its code. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, execute, getDirectiveValues, getOperationAST, type DocumentNode, type ExecutionResult } from "graphql";
import { Query } from "./naive/query.js";
import { namedStore, Shop, type Upstream } from "./naive/shop.js";

export const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8"));

type Variables = Readonly<Record<string, unknown>>;

export async function executeNaively(document: DocumentNode, variables: Variables, upstream: Upstream): Promise<ExecutionResult> {
  const operation = getOperationAST(document);
  const inContext = schema.getDirective("inContext");
  if (!operation || !inContext) throw new Error("There is no operation, or no @inContext.");
  const store = namedStore(getDirectiveValues(inContext, operation, variables) ?? {}) ?? { country: "GB" };
  return execute({ schema, document, variableValues: variables, rootValue: new Query(new Shop(upstream, store)) });
}
