/** Where in a list a field reads: from its arguments to a window. Cursors are positions: the cursor of the twentieth item is "20", and
 *  `after: "20"` begins where `offset: 20` does. */
import type { Window } from "../shared/window-plan.js";
import { builder } from "./builder.js";
import { badUserInput } from "./input-error.js";

const mostItems = 100;
const lastPosition = 999_999_999;

export interface PagingArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly offset?: number | null | undefined;
}

/** The arguments of every connection. `first` is how many items it gives when nobody says. */
export function pagingArgs(first = 10) {
  return builder.args((arg) => ({
    first: arg.int({ required: true, defaultValue: first, description: `How many items to give, from 1 to ${String(mostItems)}.` }),
    after: arg.string({ description: "Give the items after the one with this cursor. Not together with `offset`." }),
    offset: arg.int({ description: "Leave out so many items from the beginning. Not together with `after`." }),
  }));
}

export function isPaged(args: object): args is PagingArgs {
  return "first" in args && typeof args.first === "number";
}

/** @throws GraphQLError BAD_USER_INPUT */
export function windowOf({ first, after, offset }: PagingArgs): Window {
  if (first < 1 || first > mostItems) throw badUserInput("first", `\`first\` goes from 1 to ${String(mostItems)}.`);
  if (after === undefined || after === null) return { offset: position("offset", offset ?? 0), count: first };
  if (offset !== undefined && offset !== null) throw badUserInput("offset", "Send `after` or `offset`, not both.");
  return { offset: position("after", /^\d{1,9}$/.test(after) ? Number(after) : -1), count: first };
}

function position(argument: "after" | "offset", value: number): number {
  if (value >= 0 && value <= lastPosition) return value;
  throw badUserInput(
    argument,
    argument === "after" ? "`after` is a cursor that this list gave before." : `\`offset\` goes from 0 to ${String(lastPosition)}.`,
  );
}
