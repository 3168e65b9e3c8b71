/** How the cache keeps a list that pages. */
import type { FieldMergeFunction, FieldPolicy, FieldReadFunction, Reference } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";

// #region connection
interface Edge {
  readonly cursor?: string;
  readonly node: Reference;
}

interface Connection {
  readonly edges?: readonly Edge[];
  readonly nodes?: readonly Reference[];
}

/** Its own types are of a list with nothing but edges. */
interface Paging extends FieldPolicy<Connection> {
  merge: FieldMergeFunction<Connection, Connection>;
  read: FieldReadFunction<Connection>;
}

/** `relayStylePagination`, with two gaps closed. It keeps only `edges`, so that after a query with `nodes` another with `edges` would find an
 *  empty list; and it shows an empty list where there is none because of an error.
 *  @param keys Arguments that make it another list: all but `first` and `after`. */
export function connection(keys: string[]): FieldPolicy<Connection | null> {
  const { read, merge, ...policy } = relayStylePagination(keys) as unknown as Paging;
  return {
    ...policy,
    merge(existing, incoming, options) {
      if (incoming === null) return existing && options.args?.after ? existing : null;
      const { nodes, ...rest } = incoming;
      const edges = incoming.edges ?? nodes?.map((node) => ({ node }));
      return merge(existing ?? undefined, edges ? { ...rest, edges } : rest, options);
    },
    read(existing, options) {
      const list = existing && read(existing, options);
      return list?.edges ? { ...list, nodes: list.edges.map(({ node }) => node) } : list;
    },
  };
}
// #endregion connection
