/** Artists, naively. */
import type { Element } from "./element.js";
import { connection, made, type Paging } from "./list.js";
import { releaseOf } from "./release.js";
import { failed, type Shop } from "./shop.js";
import { tagsOf } from "./tag.js";
import { always, Thing, type Origin } from "./thing.js";
import { trackOf } from "./track.js";
import { imageAt, picture, shopPage, slugIn } from "./values.js";

export function artistOf(element: Element, origin: Origin): Artist {
  return new Artist(always(element.attribute("id")), origin);
}

export class Artist extends Thing {
  readonly __typename = "Artist";

  details(shop: Shop) {
    return shop.ask("artist/details", { artistId: this.key }, "artist");
  }

  id() {
    return `artist:${this.key}`;
  }

  artistId() {
    return this.key;
  }

  async name() {
    return always(await this.tell((artist) => artist.text("name")));
  }

  sortName() {
    return this.tell((artist) => artist.text("sortName"));
  }

  url() {
    return this.tell((artist) => shopPage(artist));
  }

  image({ width }: { width: number }) {
    return this.part((artist) => imageAt(picture(artist), width, [50, 150, 200]));
  }

  slug() {
    return this.tell((artist) => slugIn(artist, "artist"));
  }

  biography() {
    return this.tell((artist) => artist.inside("bio", (bio) => bio.text("text")));
  }

  /** The method takes one type or none. */
  releases({ types, ...paging }: Paging & { types?: readonly string[] | null }) {
    const [type, ...others] = new Set(types);
    if (others.length === 1) throw failed("BAD_USER_INPUT");
    const params = { artistId: this.key, type: others.length > 1 ? undefined : type?.toLowerCase() };
    return connection({ ...made(this.inside, releaseOf), method: "artist/releases", params, names: ["releases", "release"] }, paging);
  }

  topTracks(paging: Paging) {
    const params = { artistId: this.key };
    return connection({ ...made(this.inside, trackOf), method: "artist/toptracks", params, names: ["tracks", "track"] }, paging);
  }

  similarArtists(paging: Paging) {
    const params = { artistId: this.key };
    return connection({ ...made(this.origin, artistOf), method: "artist/similar", params, names: ["artists", "artist"] }, paging);
  }

  recommendedReleases(paging: Paging) {
    return connection(
      {
        ...made(this.origin, releaseOf),
        method: "release/recommend",
        params: { artistId: this.key },
        names: ["recommendations", "recommendedItem", "release"],
      },
      paging,
    );
  }

  tags(paging: Paging) {
    return tagsOf(this.origin, "artist/tags", { artistId: this.key }, paging);
  }
}
