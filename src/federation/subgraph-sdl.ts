/** The SDL that composition reads: the keys of entities, and costs in the directives of Federation 2.9 where a gateway can use them. A cost at
 *  every field would be added up for every item of a list, which comes to many times what we call. */
import type { GraphQLField, GraphQLSchema } from "graphql";
import { costOf } from "../graph/field-cost.js";
import { entities } from "./entities.js";
import { printForGateway } from "./gateway-sdl.js";

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])';

/** What composition adds itself, and what is for stitching. */
const hidden: ReadonlySet<string> = new Set(["_Any", "_Entity", "_Service", "_entities", "_service", "_sdl"]);
/** Types without an identity that other subgraphs may define alike: every subgraph that pages has PageInfo. */
const valueTypes: ReadonlySet<string> = new Set(["PageInfo", "Money", "Image"]);

export function printSubgraph(schema: GraphQLSchema): string {
  return printForGateway(schema, { head: link, hidden, ofType, ofField });
}

function ofType(name: string): readonly string[] {
  if (valueTypes.has(name)) return ["@shareable"];
  const keys = Object.hasOwn(entities, name) ? entities[name]?.keys : undefined;
  return (keys ?? []).map((key) => `@key(fields: ${JSON.stringify(key)})`);
}

/** Costs at the root, where they are paid once, and the sizes of lists. */
function ofField(field: GraphQLField<unknown, unknown>, isRoot: boolean): readonly string[] {
  const { upstream } = costOf(field);
  if (upstream === undefined) return [];
  return [
    ...(isRoot && upstream.calls > 0 ? [`@cost(weight: ${String(upstream.calls)})`] : []),
    ...(upstream.list === undefined
      ? []
      : ['@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)']),
  ];
}
