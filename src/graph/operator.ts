/** What only operators may do: servers of the shop's own, which send the operator's secret. A browser never can. */
import { DirectiveLocation, GraphQLDirective, GraphQLError } from "graphql";
import type { GraphContext } from "./context.js";
import { upstream } from "./extensions.js";

export const operatorDirective = new GraphQLDirective({
  name: "operator",
  description: "Only for requests with the operator's secret (x-7d-operator-secret): a server's, never a browser's. Others get FORBIDDEN.",
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION, DirectiveLocation.ENUM_VALUE],
});

/** Marks a field, an input field or a value; whoever resolves it calls `requireOperator`. */
export const operatorOnly = { directives: { operator: {} } } as const;

/** Marks a field that is only for operators and may call 7digital. */
export function operatorUpstream(method: string, calls = 1) {
  const { extensions } = upstream(method, calls);
  return { extensions: { ...extensions, directives: { ...extensions.directives, ...operatorOnly.directives } } };
}

/** @param what What is asked for, as a client names it. @throws GraphQLError FORBIDDEN */
export function requireOperator({ operator }: GraphContext, what: string): void {
  if (operator) return;
  throw new GraphQLError(`\`${what}\` is for the operator's own servers: send x-7d-operator-secret, never from a browser.`, {
    extensions: { code: "FORBIDDEN" },
  });
}
