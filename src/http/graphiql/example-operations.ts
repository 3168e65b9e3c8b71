/** The example operations: one named operation a file. They are not validated here. */
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
 *  @throws Error with the file's name where it does not hold exactly one named operation. */
export function readOperations(directory: string): readonly ExampleOperation[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".graphql"));
  return files.sort().map((file) => readOperation(file, readFileSync(join(directory, file), "utf8")));
}

function readOperation(file: string, query: string): ExampleOperation {
  const [operation, ...others] = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.name === undefined || others.length > 0) throw new Error(`${file} must hold exactly one operation, with a name`);
  return { name: operation.name.value, query };
}
