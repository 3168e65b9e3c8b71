/** Marks what only the operator's own servers may use: they send the operator's secret, which a browser never can. */
import { upstream, withoutCall, type CallHints, type Hints, type Method } from "./field-cost.js";

/** Marks a field, an input field or an enum value. Requests without the operator's secret run on a schema without it (public-schema.ts). */
export const operatorOnly = { directives: { operator: {} } } as const;

/** @param extensions Of the field, input field or enum value. */
export function isOperatorOnly(extensions: { readonly directives?: unknown }): boolean {
  const { directives } = extensions;
  return typeof directives === "object" && directives !== null && "operator" in directives;
}

/** Marks a field that is only for operators and may call 7digital. */
export function operatorUpstream(method: Method, hints?: CallHints) {
  return upstream(method, hints, operatorOnly.directives);
}

/** Marks a field that is only for operators and makes no call. */
export function operatorWithoutCall(hints: Hints) {
  return withoutCall(hints, operatorOnly.directives);
}
