/** Where types of the schema are used: by fields and arguments, and by examples. */
import {
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from "graphql";
import type { ExampleRun } from "../examples/example.js";

export interface Use {
  readonly type: string;
  readonly field: string;
}

export interface Uses {
  /** Fields that return the type, or have an argument or input field of it. */
  of(type: GraphQLNamedType): readonly Use[];
  /** Examples that select a field. */
  examplesOf(type: string, field: string): readonly ExampleRun[];
  /** Examples that select any field of a type. */
  examplesOfType(type: string): readonly ExampleRun[];
}

export function usesIn(schema: GraphQLSchema, runs: readonly ExampleRun[]): Uses {
  const uses = usesByType(schema);
  const selected = new Map(runs.map((run) => [run, selectionsOf(schema, run)]));
  const having = (test: (selections: ReadonlySet<string>) => boolean): readonly ExampleRun[] =>
    runs.filter((run) => test(selected.get(run) ?? new Set()));
  return {
    of: ({ name }) => uses.get(name) ?? [],
    examplesOf: (type, field) => having((selections) => selections.has(`${type}.${field}`)),
    examplesOfType: (type) => having((selections) => [...selections].some((one) => one.startsWith(`${type}.`))),
  };
}

/** A field of any kind of type. */
interface Member {
  readonly name: string;
  readonly type: GraphQLType;
  readonly args?: readonly { readonly type: GraphQLType }[];
}

function usesByType(schema: GraphQLSchema): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"))) {
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    const fields: readonly Member[] = Object.values(type.getFields());
    for (const field of fields) {
      const named: readonly GraphQLType[] = [field.type, ...(field.args ?? []).map((arg) => arg.type)];
      for (const name of new Set(named.map((one) => getNamedType(one).name)))
        uses.set(name, [...(uses.get(name) ?? []), { type: type.name, field: field.name }]);
    }
  }
  return uses;
}

/** E.g. "Query.artist". */
function selectionsOf(schema: GraphQLSchema, { document }: ExampleRun): ReadonlySet<string> {
  const selections = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field: ({ name }) => void selections.add(`${info.getParentType()?.name ?? ""}.${name.value}`),
    }),
  );
  return selections;
}
