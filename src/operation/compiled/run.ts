/** What one run of a compiled operation passes from field to field, and what becomes of errors. */
import { locatedError, type FieldNode, type GraphQLError, type GraphQLResolveInfo } from "graphql";
import type { Scope } from "../../shared/scope.js";

/** JSON text of a value, or a promise of it. */
export type Text = string | Promise<string>;
export type Path = GraphQLResolveInfo["path"];

export const nullText = "null";

export interface Run {
  readonly scope: Scope;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
  readonly errors: CollectedErrors;
  /** Arguments that depend on variables, by the number of their field: every item of a list has the same. */
  readonly args: (Record<string, unknown> | undefined)[];
}

/** The JSON text of a value; throws what its field has to report.
 *  @param at Path of the value; undefined for a leaf, which needs none. */
export type Complete = (value: unknown, run: Run, at: Path | undefined) => Text;

/** As graphql-js collects them: an error below a place that is null already is of no interest. */
export class CollectedErrors {
  readonly all: GraphQLError[] = [];
  private readonly nulled = new Set<Path | undefined>();

  add(error: GraphQLError, at: Path | undefined): void {
    for (let place = at; place !== undefined; place = place.prev) if (this.nulled.has(place)) return;
    if (this.nulled.has(undefined)) return;
    this.nulled.add(at);
    this.all.push(error);
  }
}

/** A value that may be null becomes null where it cannot be completed; any other passes the error on to what is around it. */
export interface Place {
  readonly nodes: readonly FieldNode[];
  readonly isNonNull: boolean;
}

/** @throws GraphQLError where the place may not be null */
export function failed(raw: unknown, { nodes, isNonNull }: Place, { errors }: Run, at: Path): string {
  const error = locatedError(raw, nodes, keysOf(at));
  if (isNonNull) throw error;
  errors.add(error, at);
  return nullText;
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let place: Path | undefined = path; place !== undefined; place = place.prev) keys.push(place.key);
  return keys.reverse();
}

export function below(prev: Path | undefined, key: string | number, typename: string | undefined): Path {
  return { prev, key, typename };
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && typeof (value as Partial<Promise<unknown>>).then === "function";
}
