/** Completes the schema for introspection, which has no directives: what a field costs, what only operators may use, and defaults become
 *  sentences of the descriptions. All of it is generated from what is declared there. */
import { mapSchema, MapperKind } from "@graphql-tools/utils";
import {
  astFromValue,
  print,
  type GraphQLArgumentConfig,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLInputFieldConfig,
  type GraphQLSchema,
} from "graphql";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { hasDefault, optionalIfDefault, withDefaults } from "./defaults.js";
import { costOf, type FieldCost, type Lookup, type UpstreamCost } from "./field-cost.js";
import { isOperatorOnly } from "./operator.js";

export function describedSchema(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: describedField,
    [MapperKind.INPUT_OBJECT_FIELD]: (field) => describedInput(field),
    [MapperKind.ENUM_VALUE]: (value) => ({ ...value, description: sentences(value.description, access(value)) }),
    [MapperKind.ARGUMENT]: (argument) => describedInput(argument),
  });
}

function describedField<C>(field: GraphQLFieldConfig<unknown, C>): GraphQLFieldConfig<unknown, C> {
  const { args = {}, resolve } = field;
  const described = {
    ...field,
    description: sentences(field.description, costSentence(costOf({ extensions: field.extensions ?? {} })), access(field)),
  };
  const inputs = Object.entries(args)
    .map(([name, { type, defaultValue }]) => ({ name, type, defaultValue }))
    .filter(hasDefault);
  if (resolve === undefined || inputs.length === 0) return described;
  // All objects of a list may be asked with the same arguments.
  const complete = memoizePerObject((values: Readonly<Record<string, unknown>>) => withDefaults(inputs, values));
  const withValues: GraphQLFieldResolver<unknown, C> = (source, values: Record<string, unknown>, context, info) =>
    resolve(source, complete(values), context, info);
  return { ...described, resolve: withValues };
}

function describedInput<I extends GraphQLArgumentConfig | GraphQLInputFieldConfig>(input: I): I {
  return { ...optionalIfDefault(input), description: sentences(input.description, defaultSentence(input), access(input)) };
}

function defaultSentence({ type, defaultValue }: GraphQLArgumentConfig): string | undefined {
  const value = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
  return value ? `Default: ${print(value)}.` : undefined;
}

interface Extended {
  readonly extensions?: object | null | undefined;
}

function access({ extensions }: Extended): string | undefined {
  return extensions && isOperatorOnly(extensions) ? "Operator servers only." : undefined;
}

function costSentence({ upstream, lookup, mentionsNoCost }: FieldCost): string | undefined {
  if (upstream !== undefined) return upstreamSentence(upstream, lookup?.several === true);
  if (lookup !== undefined) return lookupSentence(lookup);
  return mentionsNoCost ? "Cost: none." : undefined;
}

function upstreamSentence({ method, calls, list, once, also = [] }: UpstreamCost, perId: boolean): string {
  if (calls === 0) return "Cost: none.";
  const methods = [method, ...also.map(({ path }) => path)].join(", ");
  if (list !== undefined) return `Cost: usually 1 call to 7digital (${methods}), more if the items span several of its pages.`;
  const forWhat = perId ? " for each ID" : once ? " for all together" : "";
  return `Cost: up to ${counted(calls)} to 7digital${forWhat} (${methods}).`;
}

/** Of a field that finds objects of several kinds. */
function lookupSentence({ costs, several }: Lookup): string {
  const kinds = Object.values(costs).filter(({ method }) => method !== undefined);
  const most = Math.max(...kinds.map(({ calls = 1 }) => calls));
  const methods = [...new Set(kinds.flatMap(({ method }) => method?.path ?? []))].join(", ");
  return `Cost: up to ${counted(most)} to 7digital${several ? " for each ID" : ""} (one of ${methods}).`;
}

function counted(calls: number): string {
  return calls === 1 ? "1 call" : `${String(calls)} calls`;
}

/** Puts generated sentences behind what a slice wrote. */
function sentences(...all: readonly (string | null | undefined)[]): string {
  return all.filter((sentence) => sentence).join(" ");
}
