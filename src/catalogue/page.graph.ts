/** The fields that find what a page of the 7digital store is about. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { badUserInput } from "../shared/client-error.js";
import { andThen } from "../shared/maybe-promise.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import { artistByUrl, releaseByUrl } from "./endpoints/page.js";
import { slugsOf } from "./page-address.js";
import { artistRef, releaseRef } from "./refs.js";

const hosts = "The page can be in any of 7digital's stores; what counts is its path.";

builder.queryFields((t) => ({
  artistByUrl: t.field({
    ...upstream(artistByUrl),
    type: artistRef,
    description:
      "The artist that a page of the 7digital store is about, e.g. for an address that a user pastes. Null if there is no such artist.",
    args: {
      url: t.arg({
        type: "URL",
        required: true,
        description: `URL of a page for an artist or a release, e.g. "https://www.7digital.com/artist/keane". ${hosts}`,
      }),
    },
    resolve(_, { url }, { client, store }) {
      const { artistSlug } = slugsOf("url", url);
      return andThen(nullIfNotFound(client.call(artistByUrl, { artistSlug }, { store })), (found) => found && { artistId: found.artistId });
    },
  }),
  releaseByUrl: t.field({
    ...upstream(releaseByUrl),
    type: releaseRef,
    description:
      "The release that a page of the 7digital store is about, e.g. for an address that a user pastes. Null if there is no such release.",
    args: {
      url: t.arg({
        type: "URL",
        required: true,
        description: `URL of a page for a release, e.g. "https://www.7digital.com/artist/keane/release/under-the-iron-sea". ${hosts}`,
      }),
    },
    resolve(_, { url }, { client, store }) {
      const { artistSlug, releaseSlug } = slugsOf("url", url);
      if (releaseSlug === undefined)
        throw badUserInput("url", "This is the page of an artist. Send the page of a release, or ask for `artistByUrl`.");
      const found = nullIfNotFound(client.call(releaseByUrl, { artistSlug, releaseSlug }, { store }));
      return andThen(found, (release) => release && { releaseId: release.releaseId });
    },
  }),
}));
