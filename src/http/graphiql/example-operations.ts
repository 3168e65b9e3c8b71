/** The examples that GraphiQL opens with: one named operation a file. They are not validated here. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from "graphql";
import { sealToken } from "../../shared/sealed-token.js";
import type { Sealer } from "../../shared/sealing.js";
import type { Token } from "../../upstream/request/oauth.js";
import type { GraphiqlTab } from "./graphiql.js";

export interface ExampleOperation {
  /** The operation's own name. */
  readonly name: string;
  /** The file's whole text, comments included. */
  readonly query: string;
  /** Whether it is a mutation, or selects `viewer`. */
  readonly needsUser: boolean;
}

/** Every `*.graphql` file of the directory in the order of the file names (`01-…` first).
 *  @throws Error with the file's name where it does not hold exactly one named operation. */
export function readOperations(directory: string): readonly ExampleOperation[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".graphql"));
  return files.sort().map((file) => readOperation(file, readFileSync(join(directory, file), "utf8")));
}

function readOperation(file: string, query: string): ExampleOperation {
  const [operation, ...others] = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.name === undefined || others.length > 0) throw new Error(`${file} must hold exactly one operation, with a name`);
  return { name: operation.name.value, query, needsUser: needsUser(operation) };
}

function needsUser({ operation, selectionSet: { selections } }: OperationDefinitionNode): boolean {
  const asksForViewer = selections.some((selection) => selection.kind === Kind.FIELD && selection.name.value === "viewer");
  return operation === OperationTypeNode.MUTATION || asksForViewer;
}

/** Ten years, because browsers keep their tabs. */
const demoSeconds = 10 * 365 * 86_400;

/** Those that need a user carry the demo user's bearer token. @param demoUser Undefined outside demo mode: then no token is filled in. */
export async function exampleTabs(
  operations: readonly ExampleOperation[],
  sealer: Sealer,
  demoUser: Token | undefined,
): Promise<readonly GraphiqlTab[]> {
  if (demoUser === undefined) return operations.map(({ query }) => ({ query }));
  const { text } = await sealToken(sealer, "access", demoUser, demoSeconds);
  const headers = JSON.stringify({ Authorization: `Bearer ${text}` }, null, 2);
  return operations.map(({ query, needsUser }) => (needsUser ? { query, headers } : { query }));
}
