/** Tags, naively, and what carries them. */
import { artistOf } from "./artist.js";
import type { Element } from "./element.js";
import { connection, made, type Paging } from "./list.js";
import { releaseOf } from "./release.js";
import { failed, type Shop } from "./shop.js";
import { always, Thing, type Origin } from "./thing.js";

export function tagOf(element: Element, origin: Origin): Tag {
  return new Tag(always(element.attribute("id")), origin);
}

export function tagsOf(origin: Origin, method: string, params: Readonly<Record<string, string>>, paging: Paging) {
  return connection({ ...made(origin, tagOf), method, params, names: ["tags", "tag"] }, paging);
}

export class Tag extends Thing {
  readonly __typename = "Tag";

  /** There is no method for one tag. */
  async details(shop: Shop): Promise<Element> {
    for (let page = 1; ; page++) {
      const tags = (await shop.ask("tag", { page, pageSize: 200 }, "tags")).all("tag");
      const found = tags.find((tag) => tag.attribute("id") === this.key);
      if (found !== undefined) return found;
      if (tags.length === 0) throw failed("NOT_FOUND");
    }
  }

  id() {
    return `tag:${this.key}`;
  }

  tagId() {
    return this.key;
  }

  text() {
    return this.tell((tag) => tag.text("text"));
  }

  url() {
    return this.tell((tag) => tag.token("url"));
  }

  count() {
    return this.tell((tag) => tag.integer("count"));
  }

  tagged() {
    return new Tagged(this.key, this.origin);
  }
}

export class Tagged {
  /** @param tags Separated by commas. */
  constructor(
    private readonly tags: string,
    private readonly origin: Origin,
  ) {}

  artists(paging: Paging) {
    const names = ["taggedResults", "taggedItem", "artist"] as const;
    return connection({ ...made(this.origin, artistOf), method: "artist/bytag/top", params: { tags: this.tags }, names }, paging);
  }

  topReleases(paging: Paging) {
    return this.releases("release/bytag/top", paging);
  }

  newReleases(paging: Paging) {
    return this.releases("release/bytag/new", paging);
  }

  relatedTags(paging: Paging) {
    return tagsOf(this.origin, "tag/related", { tags: this.tags }, paging);
  }

  private releases(method: string, paging: Paging) {
    const names = ["taggedResults", "taggedItem", "release"] as const;
    return connection({ ...made(this.origin, releaseOf), method, params: { tags: this.tags }, names }, paging);
  }
}
