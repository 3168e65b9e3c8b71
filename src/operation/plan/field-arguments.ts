/** The arguments of a field as the planner sees them: by role, and as a text that tells one call from another. */
import { getArgumentValues, GraphQLError, type FieldNode, type GraphQLField } from "graphql";
import { withDefaults } from "../../graph/defaults.js";
import { roleOf, valuesByRole, type ArgumentRole } from "../../graph/argument-role.js";
import type { Args } from "../../graph/field-cost.js";
import type { PagingArgs } from "../../graph/paging.js";
import { isShopId } from "../../formats/value-formats.js";
import { countryOf, shopIdOf } from "../../shared/store.js";
import type { Store } from "../../upstream/session.js";

export class FieldArguments {
  private readonly byRole: ReturnType<typeof valuesByRole>;

  private constructor(
    private readonly field: GraphQLField<unknown, unknown>,
    /** Coerced, by name. */
    readonly values: Args,
    /** In the place of values that are not read: fields under several names are several fields. */
    private readonly unreadAs: string | undefined,
  ) {
    this.byRole = valuesByRole(field, values);
  }

  /** Undefined where they are wrong, which execution reports at the field. */
  static of(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Record<string, unknown>): FieldArguments | undefined {
    const isPersonal = field.args.some((argument) => roleOf(argument) === "personal");
    const read = isPersonal ? { ...field, args: field.args.filter((argument) => roleOf(argument) !== "personal") } : field;
    try {
      const values = read.args.length === 0 ? {} : withDefaults(read.args, getArgumentValues(read, node, variables));
      const args = new FieldArguments(read, values, isPersonal ? (node.alias ?? node.name).value : undefined);
      const { shopId } = args.byRole;
      return typeof shopId === "string" && !isShopId(shopId) ? undefined : args;
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  }

  /** Undefined for a field that is not paged. */
  get paging(): PagingArgs | undefined {
    const { first, after, offset } = this.byRole;
    if (typeof first !== "number") return undefined;
    return { first, after: after as PagingArgs["after"], offset: offset as PagingArgs["offset"] };
  }

  /** The store that they name, if it is another one. */
  storeBesides(store: Store): string | undefined {
    const { country, shopId } = this.byRole;
    if (isGiven(shopId)) return shopId === shopIdOf(store) ? undefined : `shop ${String(shopId)}`;
    return isGiven(country) && country !== countryOf(store) ? `country ${String(country)}` : undefined;
  }

  /** All that chooses what is asked of 7digital. */
  get text(): string {
    return this.textWithout();
  }

  get textWithoutStore(): string {
    return this.textWithout("country", "shopId");
  }

  get textWithoutPage(): string {
    return this.textWithout("first", "after", "offset");
  }

  private textWithout(...roles: readonly ArgumentRole[]): string {
    const chosen = this.field.args.filter((argument) => {
      const role = roleOf(argument);
      return role !== "presentation" && !(role !== undefined && roles.includes(role)) && isGiven(this.values[argument.name]);
    });
    const text = JSON.stringify(chosen.map(({ name }) => [name, this.values[name]]));
    return this.unreadAs === undefined ? text : `${text} ${this.unreadAs}`;
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
