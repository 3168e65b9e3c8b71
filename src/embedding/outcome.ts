/** The result of a whole operation, as resolvers read it: a value, or the error that is there in its place. */
import { isNullableType, type ExecutionResult, type GraphQLError, type GraphQLResolveInfo } from "graphql";

type Path = readonly (string | number)[];

export class Outcome {
  private readonly errors: readonly GraphQLError[];
  /** Of an operation that was not executed. */
  private readonly rejection: GraphQLError | undefined;
  private isReported = false;

  constructor(private readonly result: ExecutionResult) {
    this.errors = (result.errors ?? []).filter(({ path }) => path !== undefined);
    this.rejection = result.errors?.find(({ path }) => path === undefined);
  }

  /** Of a field of the root. A rejection is thrown once, and again only where null is not allowed. @throws GraphQLError */
  root(info: GraphQLResolveInfo): unknown {
    const { rejection } = this;
    if (rejection !== undefined && !(this.isReported && isNullableType(info.returnType))) {
      this.isReported = true;
      throw rejection;
    }
    return this.read(this.result.data?.[info.path.key], info);
  }

  /** @throws GraphQLError that nulled the value of the field. */
  read(value: unknown, info: GraphQLResolveInfo): unknown {
    if (this.errors.length === 0) return value;
    if (value !== null && value !== undefined) return Array.isArray(value) ? this.items(value, pathOf(info)) : value;
    const error = this.errorBelow(pathOf(info));
    if (error !== undefined) throw error;
    return null;
  }

  /** An error in a list stands in the place of its item, which graphql-js then reports. */
  private items(values: readonly unknown[], path: Path): readonly unknown[] {
    return values.map((value, index) => {
      const place = [...path, index];
      if (Array.isArray(value)) return this.items(value, place);
      return value ?? this.errorBelow(place) ?? null;
    });
  }

  /** The error at the path, or one further down that nulled what is here. */
  private errorBelow(path: Path): GraphQLError | undefined {
    return this.errors.find((error) => path.every((step, index) => error.path?.[index] === step));
  }
}

function pathOf({ path }: GraphQLResolveInfo): Path {
  const steps: (string | number)[] = [];
  for (let step: typeof path | undefined = path; step !== undefined; step = step.prev) steps.unshift(step.key);
  return steps;
}
