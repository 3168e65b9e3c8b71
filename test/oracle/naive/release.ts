/** Releases, naively. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { connection, made, type Paging } from "./list.js";
import { packagesOf, priceOf } from "./prices.js";
import type { Shop } from "./shop.js";
import { tagsOf } from "./tag.js";
import { Sold } from "./sold.js";
import { always, type Origin } from "./thing.js";
import { trackOnRelease } from "./track.js";
import { imageAt, labelOf, licensorOf, momentOf, picture, slugIn } from "./values.js";

export function releaseOf(element: Element, origin: Origin): Release {
  return new Release(always(element.attribute("id")), origin);
}

export function coverAt(release: Element, width: number) {
  return imageAt(picture(release), width, [33, 50, 100, 180, 182, 200, 350, 500, 800]);
}

const withoutValue = "SINGLE_TRACKS_ONLY";

export class Release extends Sold {
  readonly __typename = "Release";

  details(shop: Shop) {
    return shop.ask("release/details", { releaseId: this.key }, "release");
  }

  protected priceIn(release: Element) {
    return priceOf(release, withoutValue);
  }

  protected packagesIn(release: Element) {
    return packagesOf(release, withoutValue);
  }

  id() {
    return `release:${this.key}`;
  }

  releaseId() {
    return this.key;
  }

  type() {
    return this.tell((release) => {
      const type = release.token("type")?.toUpperCase();
      if (type === undefined) return release.token("type");
      return ["ALBUM", "SINGLE", "VIDEO"].includes(type) ? type : "OTHER";
    });
  }

  artist() {
    return this.linked("artist", artistOf);
  }

  barcode() {
    return this.tell((release) => release.token("barcode"));
  }

  year() {
    return this.tell((release) => release.known("year"));
  }

  releasedAt() {
    return this.tell((release) => {
      const own = release.token("releaseDate");
      return momentOf(own === undefined ? release.object("download")?.token("releaseDate") : own);
    });
  }

  addedAt() {
    return this.tell((release) => momentOf(release.token("addedDate")));
  }

  slug() {
    return this.tell((release) => slugIn(release, "release"));
  }

  cline() {
    return this.tell((release) => release.text("cline"));
  }

  pline() {
    return this.tell((release) => release.text("pline"));
  }

  trackCount() {
    return this.tell((release) => release.known("trackCount"));
  }

  image({ width }: { width: number }) {
    return this.part((release) => coverAt(release, width));
  }

  review() {
    return this.editorial("review");
  }

  promotionalText() {
    return this.editorial("promotionalText");
  }

  private async editorial(name: string) {
    const editorial = await this.origin.shop.ask("release/editorial", { releaseId: this.key }, "editorial");
    return editorial.child(name)?.token("text") ?? null;
  }

  label() {
    return this.part(labelOf);
  }

  licensor() {
    return this.part(licensorOf);
  }

  tracks(paging: Paging) {
    return connection(
      {
        ...made(this.inside, trackOnRelease(this.key)),
        method: "release/tracks",
        params: { releaseId: this.key },
        names: ["tracks", "track"],
      },
      paging,
    );
  }

  recommendedReleases(paging: Paging) {
    return connection(
      {
        ...made(this.origin, releaseOf),
        method: "release/recommend",
        params: { releaseId: this.key },
        names: ["recommendations", "recommendedItem", "release"],
      },
      paging,
    );
  }

  tags(paging: Paging) {
    return tagsOf(this.origin, "release/tags", { releaseId: this.key }, paging);
  }
}
