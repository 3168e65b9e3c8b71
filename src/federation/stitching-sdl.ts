/** The SDL for schema stitching, with the directives of @graphql-tools/stitching-directives: which fields of the query type find an object again
 *  that another subschema refers to. */
import type { GraphQLField, GraphQLSchema } from "graphql";
import { printForGateway } from "./gateway-sdl.js";

/** As @graphql-tools/stitching-directives defines them. */
const head = `directive @key(selectionSet: String!) on OBJECT

directive @merge(argsExpr: String, keyArg: String, keyField: String, key: [String!], additionalArgs: String) on FIELD_DEFINITION`;

/** What only federation reads. */
const hidden: ReadonlySet<string> = new Set(["_Any", "_Entity", "_Service", "_entities", "_service"]);

interface Merged {
  /** A field that identifies an object. */
  readonly key: string;
  /** The field of the query type that finds objects by it. */
  readonly by: string;
}

/** By the name of the type. A track's global ID has its release. */
const merged: Readonly<Record<string, Merged>> = {
  Artist: { key: "artistId", by: "artistsById" },
  Release: { key: "releaseId", by: "releasesById" },
  Track: { key: "id", by: "tracksById" },
};

export function printStitching(schema: GraphQLSchema): string {
  return printForGateway(schema, { head, hidden, ofType, ofField });
}

function ofType(name: string): readonly string[] {
  const type = Object.hasOwn(merged, name) ? merged[name] : undefined;
  return type === undefined ? [] : [`@key(selectionSet: "{ ${type.key} }")`];
}

function ofField({ name }: GraphQLField<unknown, unknown>, isRoot: boolean): readonly string[] {
  const type = isRoot ? Object.values(merged).find(({ by }) => by === name) : undefined;
  return type === undefined ? [] : [`@merge(keyField: "${type.key}")`];
}
