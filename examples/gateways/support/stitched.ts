/** The API in a stitched schema, with another team's service that knows releases and tracks by their ids. */
import { stitchSchemas } from "@graphql-tools/stitch";
import { stitchingDirectives } from "@graphql-tools/stitching-directives";
import type { Executor } from "@graphql-tools/utils";
import { buildSchema, execute, type GraphQLSchema } from "graphql";
import { inContextSdl } from "../music-executor.js";
import { musicSubschema } from "../music-subschema.js";

const favouritesSdl = `
type Query { favourites(releaseIds: [ID!]!, trackIds: [ID!]!): Favourites! }
type Favourites { releases: [Release]! tracks: [Track]! }
type Release { releaseId: ID! }
type Track { id: ID! }
`;

interface Asked {
  readonly releaseIds: readonly string[];
  readonly trackIds: readonly string[];
}

export async function stitchedSchema(music: Executor, typeDefs = inContextSdl): Promise<GraphQLSchema> {
  const favourites = buildSchema(favouritesSdl);
  const { stitchingDirectivesTransformer } = stitchingDirectives();
  const rootValue = {
    favourites: ({ releaseIds, trackIds }: Asked) => ({
      releases: releaseIds.map((releaseId) => ({ releaseId })),
      tracks: trackIds.map((id) => ({ id })),
    }),
  };
  return stitchSchemas({
    subschemaConfigTransforms: [stitchingDirectivesTransformer],
    subschemas: [
      await musicSubschema(music),
      {
        schema: favourites,
        executor: (({ document, variables }) =>
          execute({ schema: favourites, document, rootValue, variableValues: variables })) as Executor,
      },
    ],
    typeDefs,
  });
}
