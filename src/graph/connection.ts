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
  description: "Where a connection's items stand in the whole list, as Relay specifies it.",
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: "Whether there are items after these.",
      resolve: ({ hasNext }) => hasNext,
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: "Whether there are items before these.",
      resolve: ({ offset }) => offset > 0,
    }),
    startCursor: t.string({
      description: "Cursor of the first item. Null if there is none.",
      resolve: ({ positions }) => positionText(positions[0]),
    }),
    endCursor: t.string({
      description:
        "Cursor of the last item: send it as `after` to go on. Where none of the items sent can be read it is the last one's all the same. " +
        "Null if there is none.",
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
    description: `One place in a list of ${of}: the item, and what the list says beside it.`,
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
        description: 'The item\'s position in the whole list, from "1": send it as `after` to go on behind it.',
        resolve: ({ position }) => String(position),
      }),
    }),
  });
  const list = builder.objectRef<C>(`${name}Connection`).implement({
    description: `A stretch of a list of ${of}.`,
    fields: (t) => ({
      edges: t.field({
        ...withoutCall({ passesThrough: true }),
        type: [edge],
        nullable: false,
        description:
          "The items, each with its cursor and what the list says about it. An item that is not readable is left out, and the others keep their cursors.",
        resolve: ({ items, positions }) => items.map((listed, index) => ({ listed, position: positions[index] ?? 0 })),
      }),
      nodes: t.field({
        ...withoutCall({ passesThrough: true }),
        type: [node],
        nullable: false,
        description: "The items alone.",
        resolve: ({ items }) => items.map(({ item }) => item),
      }),
      pageInfo: t.field({
        type: pageInfo,
        nullable: false,
        description: "Where these items stand in the whole list.",
        resolve: (window) => window,
      }),
      totalCount: t.int({
        description: "Number of items in the whole list. It can be more than paging reaches. Null if 7digital does not send it.",
        resolve: ({ total }) => readable(total),
      }),
    }),
  });
  return { edge, connection: list };
}
