/** The JSON Schema of an operation's response: what it selects, null where a field may be null. */
import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { leafSchema, nullable, objectSchema, type JsonSchema } from "./json-schema.js";

interface Document {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Selected {
  readonly set: SelectionSetNode;
  /** Whether @skip or @include may leave it out. */
  readonly optional: boolean;
}

/** All that one object answers under one name. */
interface Answered {
  readonly name: string;
  readonly selected: readonly Selected[];
  /** Whether @skip or @include may leave it out. */
  readonly optional: boolean;
}

const errorSchema: JsonSchema = {
  type: "object",
  properties: { message: { type: "string" }, path: { type: "array" }, extensions: { type: "object" } },
  required: ["message"],
};

/** Of `{ data, errors, extensions }`. `data` is null where nothing was executed. @param document Valid. */
export function outputSchema(schema: GraphQLSchema, { definitions }: DocumentNode, operation: OperationDefinitionNode): JsonSchema {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new TypeError("The document is not valid.");
  const fragments = definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : []));
  const data = nullable(ofObject(root, [{ set: operation.selectionSet, optional: false }], { schema, fragments: new Map(fragments) }));
  return objectSchema({ data, errors: { type: "array", items: errorSchema }, extensions: { type: "object" } }, ["data"]);
}

function ofType(type: GraphQLOutputType, selected: readonly Selected[], document: Document): JsonSchema {
  return isNonNullType(type) ? ofValue(type.ofType, selected, document) : nullable(ofValue(type, selected, document));
}

function ofValue(type: GraphQLOutputType, selected: readonly Selected[], document: Document): JsonSchema {
  if (isNonNullType(type)) return ofValue(type.ofType, selected, document);
  if (isListType(type)) return { type: "array", items: ofType(type.ofType, selected, document) };
  return isLeafType(type) ? leafSchema(type) : ofComposite(type, selected, document);
}

function ofComposite(type: GraphQLCompositeType, selected: readonly Selected[], document: Document): JsonSchema {
  if (isObjectType(type)) return ofObject(type, selected, document);
  const schemas = document.schema.getPossibleTypes(type).map((one) => ofObject(one, selected, document));
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return different.length === 1 ? (different[0] ?? {}) : { anyOf: different };
}

function ofObject(type: GraphQLObjectType, selected: readonly Selected[], document: Document): JsonSchema {
  const answers = new Map<string, Answered>();
  // What stands alone is there if its field is. Beside another, the field can be there without it.
  for (const { set, optional } of selected) collect(type, set, { document, optional: optional && selected.length > 1, answers });
  const properties = [...answers].map(([key, { name, selected: below }]) => {
    if (name === TypeNameMetaFieldDef.name) return [key, { type: "string", enum: [type.name] }] as const;
    const field = type.getFields()[name];
    if (field === undefined) throw new TypeError("The document is not valid.");
    return [key, ofType(field.type, below, document)] as const;
  });
  const required = [...answers].flatMap(([key, { optional }]) => (optional ? [] : [key]));
  return objectSchema(Object.fromEntries(properties), required);
}

interface Collecting {
  readonly document: Document;
  readonly optional: boolean;
  readonly answers: Map<string, Answered>;
}

function collect(type: GraphQLObjectType, { selections }: SelectionSetNode, { document, answers, ...around }: Collecting): void {
  for (const selection of selections) {
    const optional = around.optional || (selection.directives ?? []).some(({ name }) => ["skip", "include"].includes(name.value));
    if (selection.kind === Kind.FIELD) add(selection, optional, answers);
    else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : document.fragments.get(selection.name.value);
      if (fragment === undefined) throw new TypeError("The document is not valid.");
      const condition = fragment.typeCondition?.name.value ?? type.name;
      if (applies(document.schema, condition, type)) collect(type, fragment.selectionSet, { document, answers, optional });
    }
  }
}

function add({ name, alias, selectionSet }: FieldNode, optional: boolean, answers: Map<string, Answered>): void {
  const key = (alias ?? name).value;
  const known = answers.get(key);
  const selected = [...(known?.selected ?? []), ...(selectionSet === undefined ? [] : [{ set: selectionSet, optional }])];
  answers.set(key, { name: name.value, selected, optional: optional && known?.optional !== false });
}

function applies(schema: GraphQLSchema, condition: string, type: GraphQLObjectType): boolean {
  const named = schema.getType(condition);
  return named === type || (isAbstractType(named) && schema.isSubType(named, type));
}
