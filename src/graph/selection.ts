/** Looks ahead at what is selected below a field, so that an object is looked up only where something about itself is wanted. */
import { collectFields, collectSubFields } from "@graphql-tools/utils";
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { roleOf } from "./argument-role.js";
import { costOf, type Method } from "./field-cost.js";
import { typeNamed } from "./type-names.js";
import { selectingValues } from "./variable-values.js";

/** The fields that an operation asks of objects of one type. */
export interface Selected {
  readonly type: GraphQLObjectType;
  /** By response name. */
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
}

/** The root value of an operation that is answered in parts: what it asks for altogether. A field sees only its own part otherwise. */
export class WholeOperation {
  /** Both without `@defer` and `@stream`. */
  constructor(
    readonly operation: OperationDefinitionNode,
    readonly fragments: Record<string, FragmentDefinitionNode>,
  ) {}
}

/** Whether the selection asks an object only for what is found by its id alone (an artist's releases, a release's tracks, a price in
 *  another store), so that the call for its own details can be saved. A selection of nothing but ids does not count: it asks whether the
 *  object exists.
 *  @param type The object type, or the builder's reference to it. */
export function wantsOnlyLists(info: GraphQLResolveInfo, type: { readonly name: string }, details: Method): boolean {
  const selected = selectedOf(info, type);
  return selected !== undefined && hasOnlyLists(selected, info.variableValues, details);
}

/** Whether no other fields are selected of an object. @param type The object type, or the builder's reference to it. */
export function selectsOnly(info: GraphQLResolveInfo, type: { readonly name: string }, names: readonly string[]): boolean {
  const selected = selectedOf(info, type);
  return selected !== undefined && hasOnlyFields(selected, names);
}

/** As `selectsOnly`, of fields that are collected already. */
export function hasOnlyFields({ fields }: Pick<Selected, "fields">, names: readonly string[]): boolean {
  return [...fields.values()].every(([node]) => node !== undefined && ["__typename", ...names].includes(node.name.value));
}

function selectedOf(info: GraphQLResolveInfo, ref: { readonly name: string }): Selected | undefined {
  const type = typeNamed(info.schema, ref);
  if (!isObjectType(type)) return undefined;
  const { fragments, fieldNodes } = info.rootValue instanceof WholeOperation ? wholeField(info, info.rootValue) : info;
  return { type, fields: fieldsBelow(info.schema, { operation: info.operation, fragments }, info.variableValues, type, fieldNodes) };
}

interface Document {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
}

/** The fields that are selected of objects of a type below these nodes. It remembers them by the array of nodes: pass the same one where it is at
 *  hand. @param variables Coerced. */
export function fieldsBelow(
  schema: GraphQLSchema,
  { operation, fragments }: Document,
  variables: Record<string, unknown>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Selected["fields"] {
  // It changes nothing of the array.
  return collectSubFields(schema, fragments, selectingValues({ operation, fragments }, variables), type, nodes as FieldNode[]).fields;
}

type FieldParts = Pick<GraphQLResolveInfo, "fragments" | "fieldNodes">;

/** The field as the whole operation selects it, in whichever parts that may be. */
function wholeField({ schema, variableValues, path, parentType }: GraphQLResolveInfo, whole: WholeOperation): FieldParts {
  const { operation, fragments } = whole;
  const variables = selectingValues(whole, variableValues);
  let fieldNodes: readonly FieldNode[] | undefined;
  for (const { name, type = parentType.name } of namedSteps(path)) {
    const object = schema.getType(type) as GraphQLObjectType;
    const { fields } =
      fieldNodes === undefined
        ? collectFields(schema, fragments, variables, object, operation.selectionSet)
        : collectSubFields(schema, fragments, variables, object, [...fieldNodes]);
    fieldNodes = fields.get(name) ?? [];
  }
  return { fragments, fieldNodes: fieldNodes ?? [] };
}

interface Step {
  /** Response name. */
  readonly name: string;
  /** Of the object that has the field. */
  readonly type: string | undefined;
}

/** From the root, without the indices of lists. */
function namedSteps(path: GraphQLResolveInfo["path"]): readonly Step[] {
  const steps: Step[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = path; at !== undefined; at = at.prev) {
    if (typeof at.key === "string") steps.unshift({ name: at.key, type: at.typename });
  }
  return steps;
}

/** As `wantsOnlyLists`, of fields that are collected already. */
export function hasOnlyLists({ type, fields }: Selected, variables: Record<string, unknown>, details: Method): boolean {
  let lists = false;
  for (const [node] of fields.values()) {
    const field = node && type.getFields()[node.name.value];
    if (node === undefined || field === undefined) continue;
    const { upstream } = costOf(field);
    if (upstream?.method === details.path && !namesStore(field, node, variables)) return false;
    lists ||= upstream !== undefined || isCompositeType(getNamedType(field.type));
  }
  return lists;
}

function namesStore(
  field: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  variables: Record<string, unknown>,
): boolean {
  return given.some(({ name, value }) => {
    const argument = field.args.find((one) => one.name === name.value);
    const role = argument && roleOf(argument);
    return (role === "country" || role === "shopId") && (valueFromASTUntyped(value, variables) ?? null) !== null;
  });
}
