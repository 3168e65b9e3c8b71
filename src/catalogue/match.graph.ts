/** Artists, releases and tracks by their MusicBrainz IDs, in the graph. */
import type { ObjectRef } from "@pothos/core";
import { builder, type SchemaTypes } from "../graph/builder.js";
import { upstream, type Args } from "../graph/field-cost.js";
import { ClientError } from "../shared/client-error.js";
import { mostIds, trackNodeId } from "../shared/node-id.js";
import type { ArtistFacts, ReleaseFacts, TrackFacts } from "./decoders.js";
import { artistMatchById, releaseMatchById, trackMatchById } from "./endpoints/match.js";
import { readMatches, wantedIds, type Match, type MatchEndpoint } from "./matches.js";
import { artistRef, releaseRef, trackRef } from "./refs.js";

type Kind = "artist" | "release" | "track";

interface Matched<F> {
  readonly kind: Kind;
  readonly type: ObjectRef<SchemaTypes, F>;
  readonly method: MatchEndpoint;
  readonly factsOf: (id: string) => F;
  readonly globalId: (id: string) => string;
}

const matchedArtist: Matched<ArtistFacts> = {
  kind: "artist",
  type: artistRef,
  method: artistMatchById,
  factsOf: (artistId) => ({ artistId }),
  globalId: (id) => `artist:${id}`,
};
const matchedRelease: Matched<ReleaseFacts> = {
  kind: "release",
  type: releaseRef,
  method: releaseMatchById,
  factsOf: (releaseId) => ({ releaseId }),
  globalId: (id) => `release:${id}`,
};
const matchedTrack: Matched<TrackFacts> = {
  kind: "track",
  type: trackRef,
  method: trackMatchById,
  factsOf: (trackId) => ({ trackId }),
  globalId: (id) => trackNodeId(id, undefined),
};

defineMatches(matchedArtist);
defineMatches(matchedRelease);
defineMatches(matchedTrack);

/** Defines `<Kind>Match` and `Query.<kind>Matches`. */
function defineMatches<F>({ kind, type, method, factsOf, globalId }: Matched<F>): void {
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Match`;
  const match = builder.objectRef<Match>(name).implement({
    description: `${kind === "artist" ? "An" : "A"} ${kind} of 7digital's that is the same as one of MusicBrainz's.`,
    fields: (t) => ({
      [kind]: t.field({
        type,
        nullable: false,
        description: `The ${kind}: the first where 7digital has several.`,
        resolve: ({ id }) => factsOf(id) as never,
      }),
      otherIds: t.idList({
        nullable: false,
        description: `Global IDs of further ${kind}s that match. Mostly empty.`,
        resolve: ({ otherIds }) => otherIds.map(globalId),
      }),
      musicBrainzIds: t.idList({
        nullable: false,
        description: "MusicBrainz IDs, in lower case.",
        resolve: ({ musicBrainzIds }) => musicBrainzIds,
      }),
    }),
  });
  builder.queryField(`${kind}Matches`, (t) =>
    t.field({
      ...upstream(method, {
        callsFor: (args) => Math.min(1, distinctIn(kind, args)),
        most: (args) => distinctIn(kind, args),
        nullOnlyWithError: true,
      }),
      type: [match],
      nullable: { list: true, items: true },
      description: `Finds ${kind}s by their MusicBrainz IDs, or the MusicBrainz IDs of ${kind}s. ${inOrder}`,
      args: {
        musicBrainzIds: t.arg.idList({ description: `MusicBrainz IDs (UUIDs) of ${kind}s. Cannot be combined with \`ids\`.` }),
        ids: t.arg.idList({ description: `Global IDs or 7digital's IDs of ${kind}s. Cannot be combined with \`musicBrainzIds\`.` }),
      },
      resolve: (_, args, scope) => readMatches(method, kind, args, scope) as Promise<Match[]>,
    }),
  );
}

const inOrder = `At most ${String(mostIds)} IDs. The result has the same order and length, with null for each ID without a match.`;

/** 0 where the arguments are wrong, which the resolver reports. */
function distinctIn(kind: Kind, args: Args): number {
  try {
    return new Set(wantedIds(kind, args).all).size;
  } catch (error) {
    if (error instanceof ClientError) return 0;
    throw error;
  }
}
