/** What an argument means to the planner, whatever its name is. An argument without a role chooses what is asked of 7digital. */
import type { GraphQLArgument, GraphQLField } from "graphql";

/** `presentation` chooses from what an answer includes, and changes no call. `personal` holds personal data: the planner does not read it, for
 *  what it reads becomes part of keys. */
export type ArgumentRole = "first" | "after" | "offset" | "country" | "shopId" | "presentation" | "personal";

/** Options of an argument with this role. */
export function inRole(role: ArgumentRole) {
  return { extensions: { role } };
}

export function roleOf({ extensions }: Pick<GraphQLArgument, "extensions">): ArgumentRole | undefined {
  return extensions["role"] as ArgumentRole | undefined;
}

/** The coerced values of those arguments that have a role, by role. */
export function valuesByRole(
  { args }: Pick<GraphQLField<unknown, unknown>, "args">,
  values: Readonly<Record<string, unknown>>,
): Readonly<Partial<Record<ArgumentRole, unknown>>> {
  const byRole: Partial<Record<ArgumentRole, unknown>> = {};
  for (const argument of args) {
    const role = roleOf(argument);
    if (role !== undefined) byRole[role] = values[argument.name];
  }
  return byRole;
}
