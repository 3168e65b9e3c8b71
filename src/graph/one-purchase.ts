/** An operation spends money at most once, so that no list of aliases empties a card, and nobody has to work out which of several
 *  purchases succeeded. Of other mutations it holds a few. */
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** Whatever is accepted. */
const badRequest = { status: 400, spec: false };

export const onePurchase: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const nodes = mutationsIn(operation, context).filter((node) => spends(node, context));
    if (nodes.length <= 1) return;
    const advice = "An operation may spend money once: send every purchase in an operation of its own.";
    context.reportError(new GraphQLError(advice, { nodes, extensions: { code: "ONE_MONEY_MUTATION_PER_OPERATION", http: badRequest } }));
  },
});

/** Leaves it to `onePurchase` to speak of purchases. */
export function fewMutations(most: number): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const nodes = mutationsIn(operation, context);
      if (nodes.length <= most || nodes.filter((node) => spends(node, context)).length > 1) return;
      const advice = `Send at most ${String(most)} mutations in an operation.`;
      context.reportError(new GraphQLError(advice, { nodes: operation, extensions: { code: "ROOT_FIELD_LIMIT", http: badRequest } }));
    },
  });
}

/** One of each name, as they are executed. */
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
  return context.getSchema().getMutationType()?.getFields()[name.value]?.extensions["money"] === true;
}

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
