/** Completes values by their types. @see GraphQL specification, "Value Completion" */
import {
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import type { FieldPlace } from "./field-place.js";
import { Joined } from "./joined.js";
import { leafWriter } from "./json-text.js";
import { infoOf } from "./resolve.js";
import { below, failed, isPromise, nullText, type Complete, type Path, type Place, type Run, type Text } from "./run.js";

/** Compiles what is selected of objects of a type. */
type Select = (type: GraphQLObjectType) => Complete;

export function completion(type: GraphQLOutputType, place: FieldPlace, select: Select): Complete {
  const complete = presentValue(isNonNullType(type) ? type.ofType : type, place, select);
  const isNonNull = isNonNullType(type);
  return (value, run, at) => {
    if (value instanceof Error) throw value;
    if (value !== null && value !== undefined) return complete(value, run, at);
    if (isNonNull) throw new Error(`Cannot return null for non-nullable field ${place.parent.name}.${place.field.name}.`);
    return nullText;
  };
}

function presentValue(type: GraphQLOutputType, place: FieldPlace, select: Select): Complete {
  if (isListType(type)) return list(type.ofType, place, select);
  if (isLeafType(type)) return leafWriter(type);
  if (isObjectType(type)) return select(type);
  if (isAbstractType(type)) return abstract(type, place, select);
  throw new TypeError(`Values of ${String(type)} cannot be completed.`);
}

function list(itemType: GraphQLOutputType, place: FieldPlace, select: Select): Complete {
  const complete = completion(itemType, place, select);
  const { parent, field, nodes } = place;
  const onError = { nodes, isNonNull: isNonNullType(itemType) };
  return (value, run, at) => {
    if (typeof value !== "object" || !(Symbol.iterator in (value as object)))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${parent.name}.${field.name}".`);
    const items = Array.isArray(value) ? (value as unknown[]) : [...(value as Iterable<unknown>)];
    let text = "[";
    let joined: Joined | undefined;
    for (let i = 0; i < items.length; i += 1) {
      const before = i === 0 ? "" : ",";
      try {
        const part = settled(items[i], complete, onError, run, below(at, i, undefined));
        if (joined === undefined && typeof part === "string") text += before + part;
        else (joined ??= new Joined(text)).add(before, part);
      } catch (error) {
        for (const rest of items.slice(i + 1)) ignored(rest);
        if (joined === undefined) throw error;
        return joined.fail(error);
      }
    }
    return joined === undefined ? `${text}]` : joined.end("]");
  };
}

/** A rejection that nothing waits for would end the process. */
function ignored(item: unknown): void {
  if (isPromise(item)) item.catch(() => undefined);
}

/** Completes a value that may still be a promise, and is null where it cannot be had and may be null.
 *  @throws GraphQLError where it may not */
export function settled(value: unknown, complete: Complete, onError: Place, run: Run, at: Path): Text {
  try {
    const completed = isPromise(value) ? value.then((present) => complete(present, run, at)) : complete(value, run, at);
    return typeof completed === "string" ? completed : completed.catch((error: unknown) => failed(error, onError, run, at));
  } catch (error) {
    return failed(error, onError, run, at);
  }
}

function abstract(type: GraphQLAbstractType, place: FieldPlace, select: Select): Complete {
  const { schema } = place.of;
  const info = infoOf(place);
  const byName = new Map<string, Complete>();
  const { resolveType } = type;
  if (!resolveType) throw new TypeError(`${type.name} does not tell types of its values.`);
  const ofType = (name: string | undefined): Complete => {
    const known = name === undefined ? undefined : byName.get(name);
    if (known !== undefined) return known;
    const runtimeType = name === undefined ? undefined : schema.getType(name);
    if (name === undefined || !isObjectType(runtimeType) || !schema.isSubType(type, runtimeType))
      throw new GraphQLError(`${String(name)} is no type of ${type.name}.`);
    const complete = select(runtimeType);
    byName.set(name, complete);
    return complete;
  };
  return (value, run, at) => {
    const name = resolveType(value, run.scope, info(run, at as Path), type);
    if (isPromise(name)) return name.then((present) => ofType(present)(value, run, at));
    return ofType(name)(value, run, at);
  };
}
