/** The JSON Schema of an operation's variables, with the descriptions of the arguments and input fields that they are for. */
import {
  astFromValue,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isSpecifiedScalarType,
  Kind,
  typeFromAST,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from "graphql";
import { leafSchema, objectSchema, type JsonSchema } from "./json-schema.js";

/** @param document Valid. */
export function inputSchema(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): JsonSchema {
  const descriptions = describedVariables(schema, document);
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const { variable, type: written, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, written) as GraphQLInputType | undefined;
    if (type === undefined) throw new TypeError("The document is not valid.");
    properties[name] = described(type, descriptions.get(name), defaultValue);
    if (isNonNullType(type) && defaultValue === undefined) required.push(name);
  }
  return objectSchema(properties, required);
}

function described(type: GraphQLInputType, about: string | null | undefined, fallback: ValueNode | null | undefined): JsonSchema {
  const texts = [about, valuesOf(type)].filter((text) => text);
  return {
    ...schemaOf(type),
    ...(texts.length > 0 && { description: texts.join("\n") }),
    ...(fallback && { default: valueFromASTUntyped(fallback) }),
  };
}

/** What a scalar's text looks like, and what the values of an enum mean. */
function valuesOf(type: GraphQLInputType): string | undefined {
  const named = getNamedType(type);
  if (isInputObjectType(named) || isSpecifiedScalarType(named)) return undefined;
  if (!isEnumType(named)) return named.description ?? undefined;
  return named
    .getValues()
    .flatMap(({ name, description }) => (description ? [`${name}: ${description}`] : []))
    .join("\n");
}

/** Null is left out: an agent leaves out what it does not name. */
function schemaOf(type: GraphQLInputType): JsonSchema {
  if (isNonNullType(type)) return schemaOf(type.ofType);
  if (isListType(type)) return { type: "array", items: schemaOf(type.ofType) };
  if (isLeafType(type)) return leafSchema(type);
  const fields = Object.values(type.getFields());
  const properties = fields.map((field) => [field.name, described(field.type, field.description, defaultOf(field))] as const);
  const required = fields.filter(isRequiredInputField).map(({ name }) => name);
  return { ...objectSchema(Object.fromEntries(properties), required), ...(type.isOneOf && { minProperties: 1, maxProperties: 1 }) };
}

function defaultOf({ defaultValue, type }: GraphQLInputField): ValueNode | null | undefined {
  return defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
}

/** What each variable is for, where it is first used. */
function describedVariables(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<string, string> {
  const descriptions = new Map<string, string>();
  const note = (value: ValueNode, description: string | null | undefined): void => {
    if (value.kind !== Kind.VARIABLE || !description || descriptions.has(value.name.value)) return;
    descriptions.set(value.name.value, description);
  };
  const typeInfo = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(typeInfo, {
    Argument: ({ value }) => {
      note(value, typeInfo.getArgument()?.description);
    },
    ObjectField: ({ name, value }) => {
      note(value, fieldOf(typeInfo.getParentInputType(), name.value)?.description);
    },
  });
  visit(document, visitor);
  return descriptions;
}

function fieldOf(type: GraphQLInputType | null | undefined, name: string): GraphQLInputField | undefined {
  if (!type) return undefined;
  const named = getNamedType(type);
  return isInputObjectType(named) ? named.getFields()[name] : undefined;
}
