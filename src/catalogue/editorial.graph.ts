/** Editorial lists in the graph. */
import { builder } from "../graph/builder.js";
import { withoutCall } from "../graph/field-cost.js";
import { nodeRef } from "../graph/node.js";
import { firstArg, windowOf } from "../graph/paging.js";
import type { EditorialItemFacts } from "./decoders.js";
import { editorialContent } from "./included-fields.graph.js";
import { artistRef, editorialListRef, releaseRef, trackRef, typeOf } from "./refs.js";

/** Far more than any list has been seen to hold. */
const usualItems = 50;

const contentRef = builder.unionType("EditorialContent", {
  description: "What 7digital's editors put into a list.",
  types: [artistRef, releaseRef, trackRef],
  resolveType: (facts) => typeOf(facts),
});

const itemRef = builder.objectRef<EditorialItemFacts>("EditorialItem").implement({
  description: "One place in an editorial list.",
  fields: (t) => ({
    entryId: t.exposeID("itemId", { nullable: false, description: "7digital's ID of the entry in the list, not of its content." }),
    content: t.field({
      ...withoutCall({ gives: editorialContent }),
      type: contentRef,
      description: "What is there. Null if it is none of artist, release and track.",
      resolve: ({ content }) => content ?? null,
    }),
  }),
});

editorialListRef.implement({
  description: "A list curated by 7digital's editors. Some are empty at times: show the next one then.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, e.g. "editorialList:featured_albums": by key, because the same list has other ids in other countries.',
      resolve: (list) => `editorialList:${list.key ?? list.listId}`,
    }),
    key: t.string({
      nullable: false,
      description: 'What the list is known by in every country, e.g. "featured_albums".',
      resolve: (list) => list.key ?? list.listId,
    }),
    items: t.field({
      type: [itemRef],
      nullable: false,
      description: "What is in the list, in the editors' order.",
      args: firstArg(usualItems),
      resolve: ({ listItems }, args) => (listItems ?? []).slice(0, windowOf(args).count),
    }),
  }),
});
