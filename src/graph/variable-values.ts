/** The variables that decide what is selected, in the form that @graphql-tools/utils takes. It remembers selections by that object, so one is used as
 *  often as it can be. */
import { visit, type ASTNode, type FragmentDefinitionNode, type OperationDefinitionNode } from "graphql";
import { memoizePerObject } from "../shared/memoize-per-object.js";

interface Source {
  readonly operation: OperationDefinitionNode;
  /** Of the operation's document. */
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

type Variables = Record<string, unknown>;

/** Of variables that are known to decide all that is selected. */
export const valuesFor = memoizePerObject((coerced: Variables) => ({ coerced, sources: {} }));
const noVariables: Variables = {};

/** @param variables Coerced. */
export function selectingValues({ operation, fragments }: Source, variables: Variables) {
  return valuesFor(hasConditions(operation, fragments) ? variables : noVariables);
}

const known = new WeakMap<OperationDefinitionNode, boolean>();

function hasConditions(operation: OperationDefinitionNode, fragments: Source["fragments"]): boolean {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const found = [operation, ...Object.values(fragments)].some((node) => selectingNames(node).length > 0);
  known.set(operation, found);
  return found;
}

const selecting: ReadonlySet<string> = new Set(["skip", "include", "defer", "stream"]);

/** Names of the variables in directives that decide what is selected. */
export function selectingNames(node: ASTNode): readonly string[] {
  const names = new Set<string>();
  visit(node, {
    Directive(directive) {
      if (!selecting.has(directive.name.value)) return;
      visit(directive, {
        Variable({ name }) {
          names.add(name.value);
        },
      });
    },
  });
  return [...names].sort();
}
