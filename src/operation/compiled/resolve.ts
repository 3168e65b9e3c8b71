/** Calls the resolver of a field. */
import {
  BREAK,
  defaultFieldResolver,
  getArgumentValues,
  visit,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from "graphql";
import type { Scope } from "../../shared/scope.js";
import type { FieldPlace } from "./field-place.js";
import { below, type Path, type Run } from "./run.js";

type Arguments = Record<string, unknown>;

/** @param at Path of the object. */
type Resolve = (source: unknown, run: Run, at: Path | undefined) => unknown;

/** Resolvers that declare a fourth parameter get `info`. For the others none is made. */
const parametersWithInfo = 4;

export function resolverOf(place: FieldPlace): Resolve {
  const { field, name, parent } = place;
  const args = argumentsOf(place);
  if (field.resolve === undefined) return exposed(place, args);
  const resolve = field.resolve as GraphQLFieldResolver<unknown, Scope>;
  if (resolve.length >= parametersWithInfo) {
    const info = infoOf(place);
    return (source, run, at) => resolve(source, args(run), run.scope, info(run, below(at, name, parent.name)));
  }
  const withoutInfo = resolve as (source: unknown, args: Arguments, scope: Scope) => unknown;
  return (source, run) => withoutInfo(source, args(run), run.scope);
}

const noArguments = Object.freeze({});
const withoutArguments: ArgumentsOf = () => noArguments;

type ArgumentsOf = (run: Run) => Arguments;
type InfoOf = (run: Run, at: Path) => GraphQLResolveInfo;

/** The object's property of that name. */
function exposed(place: FieldPlace, args: ArgumentsOf): Resolve {
  const { name } = place.field;
  return (source, run, at) => {
    const value = typeof source === "object" ? (source as Readonly<Record<string, unknown>> | null)?.[name] : undefined;
    if (typeof value !== "function" && typeof source !== "function") return value;
    return defaultFieldResolver(source, args(run), run.scope, infoOf(place)(run, below(at, name, undefined)));
  };
}

/** They are the same for all objects of an operation. @returns throws GraphQLError where a value does not fit. */
function argumentsOf({ of, field, nodes: [node] }: FieldPlace): ArgumentsOf {
  if (node === undefined) throw new TypeError("A field has no node.");
  if (field.args.length === 0) return withoutArguments;
  const read = (variables: Arguments): Arguments => getArgumentValues(field, node, variables);
  if (hasVariables(node)) {
    const number = of.dependentFields;
    of.dependentFields += 1;
    return (run) => (run.args[number] ??= read(run.variables));
  }
  let constant: Arguments | undefined;
  return () => (constant ??= read({}));
}

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  const note = () => {
    found = true;
    return BREAK;
  };
  for (const argument of given) visit(argument, { Variable: note });
  return found;
}

export function infoOf({ of, field, parent, nodes }: FieldPlace): InfoOf {
  const { schema, fragments, operation } = of;
  const { name: fieldName, type: returnType } = field;
  return ({ variables }, path) => {
    // Written out, which is much faster than to spread what is constant. Partial, because other libraries in a program may declare more members.
    const info: Partial<GraphQLResolveInfo> = {
      fieldName,
      fieldNodes: nodes,
      returnType,
      parentType: parent,
      path,
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: variables,
    };
    return info as GraphQLResolveInfo;
  };
}
