/** Tags in the graph, and what carries them. */
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import { lazyField } from "../graph/lazy-field.js";
import { badUserInput } from "../shared/client-error.js";
import { parseIdOf } from "../shared/node-id.js";
import { nodeRef } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { andThen } from "../shared/maybe-promise.js";
import type { TagFacts } from "./decoders.js";
import { artistByTagTop, releaseByTagNew, releaseByTagTop, tag as tagList, tagRelated } from "./endpoints/tag.js";
import { catalogue, callsForTag } from "./loaders.js";
import { artists, releases, tagRef, tags } from "./refs.js";
import { byWindow, listedArtist, listedTag, taggedRelease, tagInBrief } from "./included-fields.graph.js";

const tag = lazyField<TagFacts>({
  name: "tag",
  method: tagList,
  cost: { calls: callsForTag, once: true },
  load: (facts, { use }) => andThen(use(catalogue).tag(facts.tagId), (found) => found ?? facts),
});
const mostTagsAtOnce = 10;

const taggedRef = builder.objectRef<{ readonly tags: readonly string[] }>("Tagged").implement({
  description: "Artists and releases that have all of the given tags, and tags that go together with them.",
  fields: (t) => ({
    artists: t.field({
      ...upstream(artistByTagTop, { list: byWindow, gives: listedArtist }),
      type: artists.connection,
      description: "Artists that have all of the tags, most popular first.",
      args: pagingArgs(),
      resolve: ({ tags: all }, paging, { use }) => use(catalogue).read(artistByTagTop, { tags: all }, windowOf(paging)),
    }),
    topReleases: t.field({
      ...upstream(releaseByTagTop, { list: byWindow, gives: taggedRelease }),
      type: releases.connection,
      description: "Releases that have all of the tags, most popular first.",
      args: pagingArgs(),
      resolve: ({ tags: all }, paging, { use }) => use(catalogue).read(releaseByTagTop, { tags: all }, windowOf(paging)),
    }),
    newReleases: t.field({
      ...upstream(releaseByTagNew, { list: byWindow, gives: taggedRelease }),
      type: releases.connection,
      description: "Releases that have all of the tags, newest first.",
      args: pagingArgs(),
      resolve: ({ tags: all }, paging, { use }) => use(catalogue).read(releaseByTagNew, { tags: all }, windowOf(paging)),
    }),
    relatedTags: t.field({
      ...upstream(tagRelated, { list: byWindow, gives: tagInBrief }),
      type: tags.connection,
      description: "Tags that go together with all of the tags, to narrow the lists down.",
      args: pagingArgs(),
      resolve: ({ tags: all }, paging, { use }) => use(catalogue).read(tagRelated, { tags: all }, windowOf(paging)),
    }),
  }),
});

tagRef.implement({
  description: "A word that describes artists and releases, e.g. a genre, a decade or a country.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global ID, e.g. "tag:indie-rock".', resolve: ({ tagId }) => `tag:${tagId}` }),
    tagId: t.exposeID("tagId", { nullable: false, description: '7digital\'s ID of the tag, e.g. "indie-rock".' }),
    text: t.string({
      description: 'The tag in words, e.g. "indie rock".',
      ...tag(({ text }) => text, { includedIn: [tagInBrief], required: "text" }),
    }),
    url: t.field({
      type: "URL",
      description: "URL of the tag's page in the 7digital store. Null if 7digital does not send it.",
      ...tag(({ url }) => url, { includedIn: [tagInBrief] }),
    }),
    count: t.int({
      description: "Number of artists and releases that have the tag. Null if 7digital does not send it.",
      ...tag(({ count }) => count, { includedIn: [listedTag] }),
    }),
    tagged: t.field({
      type: taggedRef,
      nullable: false,
      description: "Artists and releases that have this tag.",
      resolve: ({ tagId }) => ({ tags: [tagId] }),
    }),
  }),
});

builder.queryFields((t) => ({
  tags: t.field({
    ...upstream(tagList, { list: byWindow, gives: listedTag }),
    type: tags.connection,
    description: "All tags, most used first.",
    args: pagingArgs(50),
    resolve: (_, paging, { use }) => use(catalogue).read(tagList, {}, windowOf(paging)),
  }),
  tagged: t.field({
    ...withoutCall({ nullOnlyWithError: true }),
    type: taggedRef,
    description: "Artists and releases that have ALL of the given tags.",
    args: {
      tags: t.arg.idList({
        required: true,
        description: `IDs of 1 to ${String(mostTagsAtOnce)} tags: global IDs ("tag:rock") or 7digital's IDs ("rock").`,
      }),
    },
    resolve: (_, { tags: ids }) => ({ tags: tagIds(ids) }),
  }),
}));

function tagIds(ids: readonly string[]): readonly string[] {
  if (ids.length < 1 || ids.length > mostTagsAtOnce) throw badUserInput("tags", `Send from 1 to ${String(mostTagsAtOnce)} tags.`);
  return [...new Set(ids.map((id) => parseIdOf("tag", "tags", id).id))].sort();
}
