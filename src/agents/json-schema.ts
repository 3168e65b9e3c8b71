/** JSON Schemas of the values that GraphQL's scalars and enums have in JSON. */
import { isEnumType, type GraphQLEnumType, type GraphQLScalarType } from "graphql";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** How scalars are written in JSON. All others are strings. */
const builtIn: Readonly<Record<string, JsonSchema>> = {
  Int: { type: "integer" },
  Float: { type: "number" },
  Boolean: { type: "boolean" },
  String: { type: "string" },
  ID: { type: "string" },
};

export function leafSchema(type: GraphQLScalarType | GraphQLEnumType): JsonSchema {
  if (isEnumType(type)) return { type: "string", enum: type.getValues().map(({ name }) => name) };
  return builtIn[type.name] ?? { type: "string" };
}

export function nullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: "null" }] };
}

/** An object with no other properties. */
export function objectSchema(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: "object", properties, ...(required.length > 0 && { required }), additionalProperties: false };
}
