/** Tracks, naively. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { packagesOf, priceOf } from "./prices.js";
import { coverAt, releaseOf } from "./release.js";
import { failed, orNull, type Shop } from "./shop.js";
import { Sold } from "./sold.js";
import { always, type Origin } from "./thing.js";
import { momentOf, placeOnDisc, slugIn } from "./values.js";

export function trackOf(element: Element, origin: Origin): Track {
  return new Track(always(element.attribute("id")), origin, element.object("release")?.attribute("id"));
}

/** Makes the tracks that are listed for a release. */
export function trackOnRelease(releaseId: string): typeof trackOf {
  return (element, origin) => new Track(always(element.attribute("id")), origin, releaseId);
}

const withoutValue = "WHOLE_RELEASE_ONLY";

export class Track extends Sold {
  readonly __typename = "Track";

  constructor(
    key: string,
    origin: Origin,
    /** The release it is on, where that is known. */
    private readonly release_: string | undefined,
  ) {
    super(key, origin);
  }

  /** As it is on its release, where that is known: 7digital chooses one by itself. */
  details(shop: Shop): Promise<Element> {
    return this.release_ === undefined ? shop.ask("track/details", { trackId: this.key }, "track") : this.onItsRelease(shop);
  }

  private async onItsRelease(shop: Shop): Promise<Element> {
    for (let page = 1; ; page++) {
      const tracks = await shop.ask("release/tracks", { releaseId: this.release_, page, pageSize: 100 }, "tracks");
      const found = tracks.all("track");
      const track = found.find((one) => one.attribute("id") === this.key);
      if (track !== undefined) return track;
      if (found.length === 0) throw failed("NOT_FOUND");
    }
  }

  protected priceIn(track: Element) {
    return priceOf(track, withoutValue);
  }

  protected packagesIn(track: Element) {
    return packagesOf(track, withoutValue);
  }

  id() {
    return this.release_ === undefined ? `track:${this.key}` : `track:${this.key}:${this.release_}`;
  }

  trackId() {
    return this.key;
  }

  async releaseId() {
    return always(await this.tell((track) => track.object("release")?.attribute("id")));
  }

  artist() {
    return this.linked("artist", artistOf);
  }

  release() {
    return this.linked("release", releaseOf);
  }

  image({ width }: { width: number }) {
    return this.part((track) => track.inside("release", (release) => coverAt(release, width)));
  }

  async type() {
    const type = (await this.tell((track) => track.token("type")))?.toUpperCase();
    return type !== undefined && ["AUDIO", "VIDEO", "PDF"].includes(type) ? type : "OTHER";
  }

  slug() {
    return this.tell((track) => {
      const own = slugIn(track, "release");
      return own === undefined ? track.inside("release", (release) => slugIn(release, "release")) : own;
    });
  }

  async downloadReleasedAt() {
    const details = await this.ownDetails();
    return momentOf(details.inside("download", (download) => download.token("releaseDate"))) ?? null;
  }

  async previewReleasedAt() {
    const details = await this.ownDetails();
    const own = details.token("previewDate");
    return momentOf(own === undefined ? details.inside("download", (download) => download.token("previewDate")) : own) ?? null;
  }

  async pline() {
    const details = await this.ownDetails();
    return details.text("pline") ?? null;
  }

  /** For what no list has. */
  private ownDetails() {
    return this.origin.shop.ask("track/details", { trackId: this.key }, "track");
  }

  number() {
    return this.tell((track) => {
      const place = placeOnDisc(track);
      return place ? place.number : place;
    });
  }

  discNumber() {
    return this.tell((track) => {
      const place = placeOnDisc(track);
      return place ? place.disc : place;
    });
  }

  isrc() {
    return this.tell((track) => track.token("isrc"));
  }

  clipIfAvailable() {
    const again = async () => {
      const url = await this.origin.shop.ask("track/preview", { trackId: this.key, redirect: "false" }, "url");
      return url.content.trim();
    };
    return orNull(again());
  }
}
