/** The arguments that page a list, and the window that they ask for. Cursors are positions: the cursor of the twentieth item is "20",
 *  and `after: "20"` begins where `offset: 20` does. */
import { badUserInput } from "../shared/client-error.js";
import type { Window } from "../shared/window-plan.js";
import { inRole } from "./argument-role.js";
import { builder } from "./builder.js";

const mostItems = 100;
const lastPosition = 999_999_999;

export interface PagingArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly offset?: number | null | undefined;
}

/** The arguments of every connection. */
export function pagingArgs(first = 10) {
  return builder.args((arg) => ({
    first: arg.int({
      ...inRole("first"),
      required: true,
      defaultValue: first,
      description: `Number of items to return, from 1 to ${String(mostItems)}.`,
    }),
    after: arg.string({ ...inRole("after"), description: "Return the items after this cursor. Cannot be combined with `offset`." }),
    offset: arg.int({
      ...inRole("offset"),
      description: "Number of items to skip. Cannot be combined with `after`.",
    }),
  }));
}

/** @throws ClientError BAD_USER_INPUT */
export function windowOf({ first, after, offset }: PagingArgs): Window {
  if (first < 1 || first > mostItems) throw badUserInput("first", `\`first\` must be from 1 to ${String(mostItems)}.`);
  if (after === undefined || after === null) return { offset: position("offset", offset ?? 0), count: first };
  if (offset !== undefined && offset !== null) throw badUserInput("offset", "Send `after` or `offset`, not both.");
  return { offset: position("after", /^\d{1,9}$/.test(after) ? Number(after) : -1), count: first };
}

function position(argument: "after" | "offset", value: number): number {
  if (value >= 0 && value <= lastPosition) return value;
  throw badUserInput(
    argument,
    argument === "after"
      ? "Not a valid cursor. Send the `cursor` of an edge or the `endCursor` of a page of this list as `after`."
      : `\`offset\` must be from 0 to ${String(lastPosition)}.`,
  );
}
