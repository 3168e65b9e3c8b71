/** What finding things by their ids costs, kind by kind. */
import { GraphQLError } from "graphql";
import { looksUp, type Args, type LookupCost } from "../graph/extensions.js";
import { badUserInput } from "../graph/input-error.js";
import type { NodeId, NodeKind } from "../graph/node-id.js";
import { callsForTag } from "./loaders.js";
import { editorialContent, releaseInBrief } from "./told.js";
import { callsForTrack } from "./track-loader.js";

const always = (): boolean => true;
const never = (): boolean => false;

const kinds: Readonly<Record<NodeKind, LookupCost>> = {
  artist: { typeName: "Artist", cost: { method: "artist/details", calls: 1 }, saved: always },
  release: { typeName: "Release", cost: { method: "release/details", calls: 1 }, saved: always },
  track: {
    typeName: "Track",
    cost: { method: "track/details", calls: callsForTrack },
    callsOf: callsForTracks,
    saved: (ids) => ids.every(({ releaseId }) => releaseId !== undefined),
  },
  tag: { typeName: "Tag", cost: { method: "tag", calls: callsForTag, once: true }, saved: always },
  editorialList: {
    typeName: "EditorialList",
    cost: { method: "editorial/list", calls: 1, tells: { items: { content: editorialContent } } },
    saved: never,
  },
  basket: { typeName: "Basket", cost: { method: "basket", calls: 1 }, saved: never },
  purchase: { typeName: "Purchase", cost: { method: "user/locker", calls: 1 }, saved: never },
};

type WantsOnlyTold = Parameters<NonNullable<LookupCost["callsOf"]>>[1];

/** Tracks of one release are asked for together, whatever their number, but for one alone whose release is wanted as its details tell it. */
function callsForTracks(ids: readonly NodeId[], wantsOnlyTold: WantsOnlyTold): readonly { name: string; calls: number }[] {
  const onRelease = new Map<string, Set<string>>();
  for (const { id, releaseId = "" } of ids) onRelease.set(releaseId, (onRelease.get(releaseId) ?? new Set()).add(id));
  const withRelease = wantsOnlyTold("release", releaseInBrief);
  return ids.map(({ id, releaseId }) => {
    if (releaseId === undefined) return { name: `track:${id}`, calls: 1 };
    const alone = withRelease && onRelease.get(releaseId)?.size === 1;
    return alone ? { name: `track:${id}:${releaseId}`, calls: callsForTrack } : { name: `release:${releaseId}`, calls: 1 };
  });
}

/** Marks a field that finds one thing. */
export function findsOne<E extends object>(read: (args: Args) => NodeId, cost: { readonly extensions: E }) {
  return looksUp({ ids: (args) => readable([args], read), kinds }, cost);
}

/** Marks a field that finds several things. */
export function findsSeveral<E extends object>(read: (id: string) => NodeId, cost: { readonly extensions: E }) {
  return looksUp({ ids: ({ ids }) => readable(notTooMany(ids as readonly string[]), read), kinds }, cost);
}

export const mostIds = 100;

/** @throws GraphQLError BAD_USER_INPUT */
export function notTooMany(ids: readonly string[]): readonly string[] {
  if (ids.length > mostIds) throw badUserInput("ids", `Send at most ${String(mostIds)} ids at once.`);
  return ids;
}

/** What is wrong is told where it is looked up. */
function readable<T>(values: readonly T[], read: (value: T) => NodeId): readonly NodeId[] {
  return values.flatMap((value) => {
    try {
      return [read(value)];
    } catch (error) {
      if (error instanceof GraphQLError) return [];
      throw error;
    }
  });
}
