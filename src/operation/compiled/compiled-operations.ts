/** Which operations are compiled: queries from the second time on that they are sent, once for each set of fields that `@skip` and `@include`
 *  leave of them. */
import { BREAK, OperationTypeNode, visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { selectingNames } from "../../graph/variable-values.js";
import { memoizePerObject } from "../../shared/memoize-per-object.js";
import { compile, type RunCompiled } from "./compile.js";

interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
}

/** Of one operation. Any more sets of fields are left to graphql-js. */
const mostVariants = 16;

/** @returns gives undefined for what graphql-js has to execute. */
export function createCompiledOperations(schema: GraphQLSchema): (asked: Asked) => RunCompiled | undefined {
  const ofOperation = memoizePerObject((operation: OperationDefinitionNode) => new Variants(schema, operation));
  return (asked) => ofOperation(asked.operation).find(asked);
}

class Variants {
  private isKnown = false;
  private selecting: readonly string[] | undefined;
  private readonly compiled = new Map<string, RunCompiled>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly operation: OperationDefinitionNode,
  ) {}

  find({ document, variables }: Asked): RunCompiled | undefined {
    if (!this.isKnown) {
      this.isKnown = true;
      if (this.operation.operation === OperationTypeNode.QUERY && !isSpecial(document)) this.selecting = selectingNames(document);
      return undefined;
    }
    if (this.selecting === undefined) return undefined;
    const values = this.selecting.map((name) => [name, variables[name]] as const);
    const key = values.length === 0 ? "" : JSON.stringify(values);
    const known = this.compiled.get(key);
    if (known !== undefined || this.compiled.size === mostVariants) return known;
    const compiled = compile(this.schema, document, this.operation, Object.fromEntries(values));
    this.compiled.set(key, compiled);
    return compiled;
  }
}

/** Introspection, and what is answered in parts. */
function isSpecial(document: DocumentNode): boolean {
  let found = false;
  const note = () => {
    found = true;
    return BREAK;
  };
  visit(document, {
    Field: ({ name: { value } }) => (value === "__schema" || value === "__type" ? note() : undefined),
    Directive: ({ name: { value } }) => (value === "defer" || value === "stream" ? note() : undefined),
  });
  return found;
}
