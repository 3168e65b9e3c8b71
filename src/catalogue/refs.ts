/** The catalogue's types in the graph, before they have fields, so that they can refer to each other. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import type { ArtistFacts, EditorialListFacts, ReleaseFacts, TagFacts, TrackFacts } from "./decoders.js";
import type { MerchandisingListFacts } from "./merchandising.js";

export const artistRef = builder.objectRef<ArtistFacts>("Artist");
export const releaseRef = builder.objectRef<ReleaseFacts>("Release");
export const trackRef = builder.objectRef<TrackFacts>("Track");
export const tagRef = builder.objectRef<TagFacts>("Tag");
export const merchandisingListRef = builder.objectRef<MerchandisingListFacts>("MerchandisingList");
export const editorialListRef = builder.objectRef<EditorialListFacts>("EditorialList");

export const artists = connection("Artist", artistRef, "artists");
export const releases = connection("Release", releaseRef, "releases");
export const tracks = connection("Track", trackRef, "tracks");
export const tags = connection("Tag", tagRef, "tags");

/** A track or a release: what can be bought. */
export type PurchasableFacts = ReleaseFacts | TrackFacts;

/** The type of an artist, a release or a track, by the id it carries. */
export function typeOf(facts: ArtistFacts | PurchasableFacts): "Artist" | "Release" | "Track" {
  if ("trackId" in facts) return "Track";
  return "releaseId" in facts ? "Release" : "Artist";
}
