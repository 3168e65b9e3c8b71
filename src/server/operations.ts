/** Reads the example operations that GraphiQL opens with: one file, one named operation. It does not check them against the schema. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse } from "graphql";

export interface ExampleOperation {
  /** The operation's own name. */
  readonly name: string;
  /** The file's whole text, comments included. */
  readonly query: string;
}

/** Every `*.graphql` file of the directory in the order of the file names (`01-…` first).
 *  Throws, naming the file, where one holds no operation, several, or one without a name. */
export function readOperations(directory: string): readonly ExampleOperation[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".graphql"));
  return files.sort().map((file) => readOperation(file, readFileSync(join(directory, file), "utf8")));
}

function readOperation(file: string, query: string): ExampleOperation {
  const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const name = operations[0]?.name?.value;
  if (operations.length !== 1 || name === undefined) throw new Error(`${file} must hold exactly one operation, with a name`);
  return { name, query };
}
