/** What releases and tracks have in common: they are told and sold alike. */
import { anew } from "./anew.js";
import type { Element } from "./element.js";
import { namedStore } from "./shop.js";
import { always, Thing } from "./thing.js";
import { formatsOf, momentOf, shopPage } from "./values.js";

export abstract class Sold extends Thing {
  protected abstract priceIn(element: Element): object | null | undefined;
  protected abstract packagesIn(element: Element): object | null | undefined;

  async title() {
    return always(await this.tell((item) => item.text("title")));
  }

  version() {
    return this.tell((item) => item.text("version"));
  }

  artistCredit() {
    return this.tell((item) => item.inside("artist", (artist) => artist.text("appearsAs")));
  }

  explicit() {
    return this.tell((item) => item.flag("explicitContent"));
  }

  durationSeconds() {
    return this.tell((item) => item.known("duration"));
  }

  url() {
    return this.tell(shopPage);
  }

  availableDrmFree() {
    return this.tell((item) => {
      const written = item.child("formats")?.attribute("availableDrmFree");
      if (written !== undefined) return written.toLowerCase() === "true";
      return formatsOf(item) === undefined ? undefined : null;
    });
  }

  popularity() {
    return this.tell((item) => item.real("popularity"));
  }

  streamingReleasedAt() {
    return this.tell((item) => momentOf(item.token("streamingReleaseDate")));
  }

  formats() {
    return this.part(formatsOf);
  }

  packages() {
    return this.part((item) => this.packagesIn(item));
  }

  async price(names: Parameters<typeof namedStore>[0]) {
    const store = namedStore(names);
    if (store === undefined) return this.part((item) => this.priceIn(item));
    const again = async () => this.priceIn(await this.details(this.origin.shop.in(store))) ?? null;
    return anew(await again(), again);
  }
}
