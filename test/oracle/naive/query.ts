/** The root: every way into the catalogue, naively. */
import type { GraphQLResolveInfo } from "graphql";
import { Artist, artistOf } from "./artist.js";
import { EditorialList } from "./editorial.js";
import type { Element } from "./element.js";
import { parseId, type Id } from "./ids.js";
import { connection, made, type Paging } from "./list.js";
import { Release, releaseOf } from "./release.js";
import { chart, Search, type ChartArgs } from "./search.js";
import { isAskedByIdAlone } from "./selection.js";
import { failed, orNull, type Shop } from "./shop.js";
import { Tag, Tagged, tagOf } from "./tag.js";
import { always, type Origin } from "./thing.js";
import { Track, trackOf } from "./track.js";

interface Ids {
  readonly ids: readonly string[];
}

export class Query {
  constructor(private readonly shop: Shop) {}

  node({ id }: { id: string }, _: unknown, info: GraphQLResolveInfo) {
    return this.lookUp(parseId(id), info);
  }

  nodes({ ids }: Ids, _: unknown, info: GraphQLResolveInfo) {
    return this.each(ids, info);
  }

  artist({ id }: { id: string }, _: unknown, info: GraphQLResolveInfo) {
    return this.lookUp(parseId(id, "artist"), info);
  }

  release({ id }: { id: string }, _: unknown, info: GraphQLResolveInfo) {
    return this.lookUp(parseId(id, "release"), info);
  }

  track({ id, releaseId }: { id: string; releaseId?: string | null }, _: unknown, info: GraphQLResolveInfo) {
    const track = parseId(id, "track");
    const release = releaseId ? parseId(releaseId, "release").key : track.releaseId;
    if (track.releaseId !== undefined && release !== track.releaseId) throw failed("BAD_USER_INPUT");
    return this.lookUp({ ...track, releaseId: release }, info);
  }

  tag({ id }: { id: string }, _: unknown, info: GraphQLResolveInfo) {
    return this.lookUp(parseId(id, "tag"), info);
  }

  artistsById({ ids }: Ids, _: unknown, info: GraphQLResolveInfo) {
    return this.each(ids, info, "artist");
  }

  releasesById({ ids }: Ids, _: unknown, info: GraphQLResolveInfo) {
    return this.each(ids, info, "release");
  }

  tracksById({ ids }: Ids, _: unknown, info: GraphQLResolveInfo) {
    return this.each(ids, info, "track");
  }

  editorialList({ key }: { key: string }) {
    return this.editorial("editorialList", parseId(key, "editorialList").key);
  }

  merchandisingList({ key }: { key: string }) {
    return this.editorial("merchandisingList", parseId(key, "merchandisingList").key);
  }

  async artistByUrl({ url }: { url: string }) {
    const { artistSlug } = slugs(url);
    const found = await orNull(this.shop.ask("catalogue/artist-byurl", { artistSlug }, "artist"));
    return found && new Artist(always(found.attribute("id")), this.origin);
  }

  async releaseByUrl({ url }: { url: string }) {
    const { artistSlug, releaseSlug } = slugs(url);
    if (releaseSlug === undefined) throw failed("BAD_USER_INPUT");
    const found = await orNull(this.shop.ask("catalogue/release-byurl", { artistSlug, releaseSlug }, "release"));
    return found && new Release(always(found.attribute("id")), this.origin);
  }

  artists({ startingWith, ...paging }: Paging & { startingWith: string }) {
    const names = ["artists", "artist"] as const;
    return connection({ ...made(this.origin, artistOf), method: "artist/browse", params: { letter: words(startingWith) }, names }, paging);
  }

  newReleases({ from, to, ...paging }: Paging & { from?: string | null; to?: string | null }) {
    if (from && to && from > to) throw failed("BAD_USER_INPUT");
    const params = { fromDate: from?.replaceAll("-", ""), toDate: to?.replaceAll("-", "") };
    return connection({ ...made(this.origin, releaseOf), method: "release/bydate", params, names: ["releases", "release"] }, paging);
  }

  search({ query }: { query: string }) {
    return new Search(this.shop, words(query));
  }

  artistChart(args: ChartArgs) {
    return chart(this.shop, "artist", args);
  }

  releaseChart(args: ChartArgs) {
    return chart(this.shop, "release", args);
  }

  trackChart(args: ChartArgs) {
    return chart(this.shop, "track", args);
  }

  tags(paging: Paging) {
    return connection({ ...made(this.origin, tagOf), method: "tag", params: {}, names: ["tags", "tag"] }, paging);
  }

  translations(paging: Paging) {
    const make = (one: Element) => ({ key: one.text("key"), text: one.text("translatedText") });
    return connection({ shop: this.shop, make, method: "translations", params: {}, names: ["translations", "translation"] }, paging);
  }

  tagged({ tags }: { tags: readonly string[] }) {
    if (tags.length < 1 || tags.length > 10) throw failed("BAD_USER_INPUT");
    return new Tagged([...new Set(tags.map((tag) => parseId(tag, "tag").key))].join(","), this.origin);
  }

  private get origin(): Origin {
    return { shop: this.shop, within: [] };
  }

  private each(ids: readonly string[], info: GraphQLResolveInfo, kind?: string) {
    if (ids.length > 100) throw failed("BAD_USER_INPUT");
    return ids.map((id) => Promise.resolve(id).then(() => this.lookUp(parseId(id, kind), info)));
  }

  private editorial(kind: "editorialList" | "merchandisingList", key: string) {
    return orNull(EditorialList.find(kind, key, this.origin));
  }

  private lookUp(id: Id, info: GraphQLResolveInfo): unknown {
    if (id.kind === "editorialList" || id.kind === "merchandisingList") return this.editorial(id.kind, id.key);
    const make = (askDetails?: Origin["askDetails"]) => thing(id, { ...this.origin, askDetails });
    const bare = make();
    const isKnown = id.kind !== "track" || id.releaseId !== undefined;
    if (isKnown && isAskedByIdAlone(info, bare.__typename)) return bare;
    const askDetails = () => bare.details(this.shop);
    return orNull(
      askDetails().then((details) => (id.kind === "track" ? trackOf(details, { ...this.origin, askDetails }) : make(askDetails))),
    );
  }
}

function thing({ kind, key, releaseId }: Id, origin: Origin): Artist | Release | Track | Tag {
  if (kind === "artist") return new Artist(key, origin);
  if (kind === "release") return new Release(key, origin);
  return kind === "track" ? new Track(key, origin, releaseId) : new Tag(key, origin);
}

function words(given: string): string {
  const trimmed = given.trim();
  if (trimmed === "" || trimmed.length > 200) throw failed("BAD_USER_INPUT");
  return trimmed;
}

/** Of a page at /artist/… */
function slugs(url: string) {
  const [, artistSlug, releaseSlug] = /^https?:\/\/[^/]+\/artist\/([^/?]+)(?:\/release\/([^/?]+))?/.exec(url) ?? [];
  if (artistSlug === undefined) throw failed("BAD_USER_INPUT");
  return { artistSlug, releaseSlug };
}
