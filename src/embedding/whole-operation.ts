/** The text of the operation that a resolver is called for, as the pipeline runs it. */
import {
  getNamedType,
  isAbstractType,
  Kind,
  print,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
const introspection: ReadonlySet<string> = new Set(["__schema", "__type"]);

/** With the fragments that it uses. Every object whose type is not known beforehand is asked for its `__typename`. */
export function wholeOperation(
  schema: GraphQLSchema,
  { operation, fragments }: Pick<GraphQLResolveInfo, "operation" | "fragments">,
): string {
  const everything: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] };
  const [document = everything] = Object.values(separateOperations(everything));
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field: {
      // The schema answers these itself.
      enter: (node) => (introspection.has(node.name.value) ? placeholder(node) : undefined),
      leave(node) {
        const type = types.getType();
        return isAbstractType(type && getNamedType(type)) ? withTypename(node) : undefined;
      },
    },
  });
  return print(visit(document, visitor));
}

/** Of the same response name, so that no selection becomes empty. */
function placeholder({ name, alias = name, directives = [] }: FieldNode): FieldNode {
  return { ...typename, alias, directives };
}

function withTypename(node: FieldNode): FieldNode {
  const { selectionSet } = node;
  if (selectionSet === undefined) return node;
  return { ...node, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, typename] } };
}
