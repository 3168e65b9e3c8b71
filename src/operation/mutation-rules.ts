/** Validation rules for mutations: one purchase an operation, so that a list of aliases cannot empty a card and a client never has to work
 *  out which of several purchases succeeded; and a bounded number of other mutations. */
import {
  Kind,
  OperationTypeNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { costOf } from "../graph/field-cost.js";
import { requestError } from "./errors.js";

export const onePurchase: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const nodes = mutationsIn(operation, context).filter((node) => spends(node, context));
    if (nodes.length <= 1) return;
    const advice = "An operation may spend money only once. Send each purchase in its own operation.";
    context.reportError(requestError("ONE_MONEY_MUTATION_PER_OPERATION", advice, { nodes }));
  },
});

/** Several purchases are `onePurchase`'s to report. */
export function fewMutations(most: number): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const nodes = mutationsIn(operation, context);
      if (nodes.length <= most || nodes.filter((node) => spends(node, context)).length > 1) return;
      const advice = `Send at most ${String(most)} mutations in an operation.`;
      context.reportError(requestError("ROOT_FIELD_LIMIT", advice, { nodes: operation }));
    },
  });
}

/** One for each response name, as they are executed. */
function mutationsIn({ operation, selectionSet }: OperationDefinitionNode, context: ValidationContext): readonly FieldNode[] {
  if (operation !== OperationTypeNode.MUTATION) return [];
  const named = new Map<string, FieldNode>();
  for (const node of fieldsOf(selectionSet, context, new Set())) {
    const name = (node.alias ?? node.name).value;
    if (!named.has(name)) named.set(name, node);
  }
  return [...named.values()];
}

function spends({ name }: FieldNode, context: ValidationContext): boolean {
  const field = context.getSchema().getMutationType()?.getFields()[name.value];
  return field !== undefined && costOf(field).spendsMoney === true;
}

/** Including those of fragments, and those that `@skip` leaves out: a rule about money has no exceptions. */
function* fieldsOf({ selections }: SelectionSetNode, context: ValidationContext, seen: Set<string>): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(selection.selectionSet, context, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) yield* fieldsOf(fragment.selectionSet, context, seen);
    }
  }
}
