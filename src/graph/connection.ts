/** Connections as Relay specifies them, over windows of 7digital's lists. Cursors are positions and the window planner chooses
 *  the pages, so the helpers of @pothos/plugin-relay do not fit (docs/decisions/0006).
 *  @see https://relay.dev/graphql/connections.htm */
import type { ObjectRef } from "@pothos/core";
import type { Listed } from "../shared/listed.js";
import type { WindowOf } from "../shared/window-read.js";
import { readable } from "../upstream/xml/unreadable.js";
import { builder, type SchemaTypes } from "./builder.js";
import { withoutCall } from "./field-cost.js";

export type Connection<T> = WindowOf<Listed<T>>;

export interface Edge<T> {
  readonly listed: Listed<T>;
  /** From 1, in the whole list. */
  readonly position: number;
}

const pageInfo = builder.objectRef<WindowOf<unknown>>("PageInfo").implement({
  description: "Information about a page of a connection (see Relay's Cursor Connections).",
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: "Whether there are items after this page.",
      resolve: ({ hasNext }) => hasNext,
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: "Whether there are items before this page.",
      resolve: ({ offset }) => offset > 0,
    }),
    startCursor: t.string({
      description: "Cursor of the first item of this page. Null if the page is empty.",
      resolve: ({ positions }) => positionText(positions[0]),
    }),
    endCursor: t.string({
      description: "Cursor of the last item of this page. Send it as `after` to get the next page. Null if the page is empty.",
      resolve: ({ positions, offset, end }) => positionText(positions.at(-1) ?? (end > offset ? end : undefined)),
    }),
  }),
});

function positionText(position: number | undefined): string | null {
  return position === undefined ? null : String(position);
}

/** Defines `<name>Connection` and `<name>Edge`. `builder.objectFields` adds further fields to them.
 *  `C` is what the connection's resolvers get, where a list has more than its items.
 *  @param of What the list holds, in the plural, for descriptions. */
export function connection<T, C extends Connection<T> = Connection<T>>(name: string, node: ObjectRef<SchemaTypes, T>, of: string) {
  const edge = builder.objectRef<Edge<T>>(`${name}Edge`).implement({
    description: `An item in a list of ${of}.`,
    fields: (t) => ({
      node: t.field({
        ...withoutCall({ passesThrough: true }),
        type: node,
        nullable: false,
        description: "The item.",
        resolve: ({ listed }) => listed.item as never,
      }),
      cursor: t.string({
        nullable: false,
        description: 'Position of the item in the whole list, from "1". Send it as `after` to get the items that follow.',
        resolve: ({ position }) => String(position),
      }),
    }),
  });
  const list = builder.objectRef<C>(`${name}Connection`).implement({
    description: `A page of a list of ${of}.`,
    fields: (t) => ({
      edges: t.field({
        ...withoutCall({ passesThrough: true }),
        type: [edge],
        nullable: false,
        description:
          "The items of this page, each with its cursor. An item that 7digital sends in an unreadable form is missing, and the others keep their cursors.",
        resolve: ({ items, positions }) => items.map((listed, index) => ({ listed, position: positions[index] ?? 0 })),
      }),
      nodes: t.field({
        ...withoutCall({ passesThrough: true }),
        type: [node],
        nullable: false,
        description: "The items of this page, without their edges.",
        resolve: ({ items }) => items.map(({ item }) => item),
      }),
      pageInfo: t.field({
        type: pageInfo,
        nullable: false,
        description: "Cursors of this page, and whether there are items before and after it.",
        resolve: (window) => window,
      }),
      totalCount: t.int({
        description: "Number of items in the whole list, on all pages. Null if 7digital does not send it.",
        resolve: ({ total }) => readable(total),
      }),
    }),
  });
  return { edge, connection: list };
}
