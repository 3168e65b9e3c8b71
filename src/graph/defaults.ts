/** Defaults of arguments and of input fields. A slice declares them `required` with a default, so that its resolvers always get a value.
 *  The schema shows them as optional, and null means the default. */
import { getNullableType, isInputObjectType, isNonNullType, type GraphQLInputType } from "graphql";

interface Input {
  readonly type: GraphQLInputType;
  readonly defaultValue?: unknown;
}

export function hasDefault({ type, defaultValue }: Input): boolean {
  const nullable = getNullableType(type);
  return defaultValue !== undefined || (isInputObjectType(nullable) && Object.values(nullable.getFields()).some(hasDefault));
}

/** Optional, where it has a default. */
export function optionalIfDefault<I extends Input>(input: I): I {
  return input.defaultValue !== undefined && isNonNullType(input.type) ? { ...input, type: input.type.ofType } : input;
}

/** The coerced values with the default in place of null. Lists of inputs have no defaults inside. */
export function withDefaults(
  inputs: readonly (Input & { readonly name: string })[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const given = inputs.filter((input) => input.name in values && hasDefault(input));
  return { ...values, ...Object.fromEntries(given.map((input) => [input.name, valueOf(input, values[input.name])])) };
}

function valueOf({ type, defaultValue }: Input, value: unknown): unknown {
  if (value === null || value === undefined) return defaultValue ?? value;
  const nullable = getNullableType(type);
  return isInputObjectType(nullable) ? withDefaults(Object.values(nullable.getFields()), value as Record<string, unknown>) : value;
}
