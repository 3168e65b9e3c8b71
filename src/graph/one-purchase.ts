/** An operation spends money at most once, so that no list of aliases empties a card, and nobody has to work out which of several
 *  purchases succeeded. */
import { GraphQLError, Kind, type FieldNode, type SelectionSetNode, type ValidationContext, type ValidationRule } from "graphql";

export const onePurchase: ValidationRule = (context) => ({
  OperationDefinition({ operation, selectionSet }) {
    const root = context.getSchema().getRootType(operation);
    if (!root) return;
    const names = new Set<string>();
    const nodes: FieldNode[] = [];
    for (const node of fieldsOf(selectionSet, context, new Set())) {
      const name = (node.alias ?? node.name).value;
      if (root.getFields()[node.name.value]?.extensions["money"] !== true || names.has(name)) continue;
      names.add(name);
      nodes.push(node);
    }
    if (nodes.length > 1) {
      const advice = "An operation may spend money once: send every purchase in an operation of its own.";
      context.reportError(new GraphQLError(advice, { nodes, extensions: { code: "ONE_MONEY_MUTATION_PER_OPERATION" } }));
    }
  },
});

/** With those of fragments. What `@skip` leaves out counts as well: a rule about money has no exceptions to look for. */
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
