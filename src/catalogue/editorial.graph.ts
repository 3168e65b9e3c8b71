/** Editorial lists in the graph, and the merchandising lists of shops. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import { withoutCall } from "../graph/field-cost.js";
import { nodeRef } from "../graph/node.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import { windowIn } from "../shared/whole-list.js";
import type { EditorialItemFacts } from "./decoders.js";
import { editorialContent } from "./included-fields.graph.js";
import { artistRef, editorialListRef, merchandisingListRef, releaseRef, trackRef, typeOf } from "./refs.js";

/** Far more than any list has been seen to hold. */
const usualItems = 50;

const contentRef = builder.unionType("EditorialContent", {
  description: "What an editorial list can contain.",
  types: [artistRef, releaseRef, trackRef],
  resolveType: (facts) => typeOf(facts),
});

const itemRef = builder.objectRef<EditorialItemFacts>("EditorialItem").implement({
  description: "An entry of an editorial or merchandising list.",
  fields: (t) => ({
    entryId: t.exposeID("itemId", { nullable: false, description: "7digital's ID of the entry. It is not the ID of its content." }),
    content: t.field({
      ...withoutCall({ gives: editorialContent }),
      type: contentRef,
      description: "The artist, release or track. Null if the entry is something else.",
      resolve: ({ content }) => content ?? null,
    }),
  }),
});

const items = connection("EditorialItem", itemRef, "what editors put together");

const itemsOfList = {
  type: items.connection,
  nullable: false,
  description: "Entries of the list, in the editors' order.",
  args: pagingArgs(usualItems),
} as const;

editorialListRef.implement({
  description: "A list curated by 7digital's editors. A list can be empty at times.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, e.g. "editorialList:featured_albums". It contains the key, which is the same in every country.',
      resolve: (list) => `editorialList:${list.key ?? list.listId}`,
    }),
    key: t.string({
      nullable: false,
      description: 'Key of the list, e.g. "featured_albums". It is the same in every country.',
      resolve: (list) => list.key ?? list.listId,
    }),
    items: t.field({
      ...itemsOfList,
      resolve: ({ listItems }, paging) => windowIn(listItems ?? [], windowOf(paging)),
    }),
  }),
});

merchandisingListRef.implement({
  description: "A list put together for one shop: for its home page, a tab, a genre or a campaign. A list can be empty at times.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'Global ID, e.g. "merchandisingList:home1". It contains the key, and finds the list of the shop that an operation is in.',
      resolve: ({ key }) => `merchandisingList:${key}`,
    }),
    key: t.exposeString("key", {
      nullable: false,
      description: 'Key of the list, e.g. "home1". Other shops may have a list of the same key.',
    }),
    description: t.string({
      description: "Description of the list, for readers. Null if there is none.",
      resolve: ({ description }) => description?.trim() || null,
    }),
    items: t.field({
      ...itemsOfList,
      resolve: ({ listItems }, paging) => windowIn(listItems ?? [], windowOf(paging)),
    }),
  }),
});
