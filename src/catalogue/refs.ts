/** The catalogue's types in the graph, before they have fields: what they are made from, so that they can refer to each other. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import type { HigherNode } from "../graph/node-lookup.js";
import type { ArtistFacts, EditorialListFacts, ReleaseFacts, TagFacts, TrackFacts } from "./decoders.js";

export const artistRef = builder.objectRef<ArtistFacts>("Artist");
export const releaseRef = builder.objectRef<ReleaseFacts>("Release");
export const trackRef = builder.objectRef<TrackFacts>("Track");
export const tagRef = builder.objectRef<TagFacts>("Tag");
export const editorialListRef = builder.objectRef<EditorialListFacts>("EditorialList");

export const artists = connection("Artist", artistRef, "artists");
export const releases = connection("Release", releaseRef, "releases");
export const tracks = connection("Track", trackRef, "tracks");
export const tags = connection("Tag", tagRef, "tags");

/** Whatever has an id that `node` takes. */
export type NodeFacts = ArtistFacts | ReleaseFacts | TrackFacts | TagFacts | EditorialListFacts | HigherNode;

export const nodeRef = builder.interfaceRef<NodeFacts>("Node").implement({
  description: "Anything that can be fetched again by its id alone, as Relay specifies it.",
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, readable: "artist:1", "release:155408", "track:1628015:155408".' }),
  }),
  resolveType: (facts) => typeOf(facts),
});

/** A track or a release: what can be bought. */
export type PurchasableFacts = ReleaseFacts | TrackFacts;

/** Facts name their kind by the id they carry. */
export function typeOf(facts: NodeFacts): "Artist" | "Release" | "Track" | "Tag" | "EditorialList" | "Basket" | "Purchase" {
  if ("basketId" in facts) return "Basket";
  if ("purchaseId" in facts) return "Purchase";
  if ("trackId" in facts) return "Track";
  if ("releaseId" in facts) return "Release";
  if ("artistId" in facts) return "Artist";
  return "tagId" in facts ? "Tag" : "EditorialList";
}
