/** Counts what of schema/operator.graphql carries a description, and names what does not: types, fields, arguments, input fields, enum
 *  values and directives of ours. Reads the SDL, so that what is checked is what users read. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from "graphql";

interface Described {
  /** Schema coordinate, e.g. "Query.artist(id:)". */
  readonly coordinate: string;
  readonly description: string | null | undefined;
}

interface Argument {
  readonly name: string;
  readonly description: string | null | undefined;
}

export function undescribed(schema: GraphQLSchema): { readonly total: number; readonly missing: readonly string[] } {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  const directives = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  const all = [
    ...types.flatMap(describedOfType),
    ...directives.flatMap(({ name, description, args }) => [
      { coordinate: `@${name}`, description },
      ...describedArguments(`@${name}`, args),
    ]),
  ];
  const missing = all.filter(({ description }) => !description?.trim()).map(({ coordinate }) => coordinate);
  return { total: all.length, missing };
}

function describedOfType(type: GraphQLNamedType): Described[] {
  return [{ coordinate: type.name, description: type.description }, ...describedMembers(type)];
}

function describedMembers(type: GraphQLNamedType): Described[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).flatMap(({ name, description, args }) => {
      const coordinate = `${type.name}.${name}`;
      return [{ coordinate, description }, ...describedArguments(coordinate, args)];
    });
  }
  const members = isInputObjectType(type) ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : [];
  return members.map(({ name, description }) => ({ coordinate: `${type.name}.${name}`, description }));
}

function describedArguments(owner: string, args: readonly Argument[]): Described[] {
  return args.map(({ name, description }) => ({ coordinate: `${owner}(${name}:)`, description }));
}

if (process.argv[1] === import.meta.filename) {
  const sdl = readFileSync(resolve(import.meta.dirname, "../schema/operator.graphql"), "utf8");
  const { total, missing } = undescribed(buildSchema(sdl));
  console.log(`${total - missing.length} of ${total} described`);
  for (const coordinate of missing) console.error(`without a description: ${coordinate}`);
  if (missing.length > 0) process.exitCode = 1;
}
