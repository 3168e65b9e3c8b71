/** Variables in the form that @graphql-tools/utils takes. */
import { memoizePerObject } from "../shared/memoize-per-object.js";

/** One for each object of coerced variables, because selections are remembered by it. */
export const variableValuesOf = memoizePerObject((coerced: Record<string, unknown>) => ({ coerced, sources: {} }));
