/** Methods for tags, and for what carries them. @see API document, "Tags" */
import { page, pageParams } from "../../shared/page.js";
import { commaSeparated, id, text } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
import { listedTag, taggedArtist, taggedRelease } from "../decoders.js";

/** tag: all tags, most used first. */
export const tag = catalogueRead({
  path: "tag",
  params: { ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});

/** tag/related: tags that go together with all the given ones. Not in the API document. */
export const tagRelated = catalogueRead({
  path: "tag/related",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});

/** artist/tags: the tags of one artist. */
export const artistTags = catalogueRead({
  path: "artist/tags",
  params: { artistId: id, ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});

/** artist/bytag/top: the most popular artists that carry all the tags. */
export const artistByTagTop = catalogueRead({
  path: "artist/bytag/top",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("taggedResults", page("taggedItem", taggedArtist)),
});

/** release/tags: the tags of one release. */
export const releaseTags = catalogueRead({
  path: "release/tags",
  params: { releaseId: id, ...pageParams },
  result: inside("tags", page("tag", listedTag)),
});

/** release/bytag/new: releases that carry all the tags, newest first. */
export const releaseByTagNew = catalogueRead({
  path: "release/bytag/new",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("taggedResults", page("taggedItem", taggedRelease)),
});

/** release/bytag/top: releases that carry all the tags, most popular first. */
export const releaseByTagTop = catalogueRead({
  path: "release/bytag/top",
  params: { tags: commaSeparated(text), ...pageParams },
  result: inside("taggedResults", page("taggedItem", taggedRelease)),
});
