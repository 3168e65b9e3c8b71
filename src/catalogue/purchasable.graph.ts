/** What releases and tracks have in common: they can be bought. */
import { builder } from "../graph/builder.js";
import { priceRef } from "../graph/types/price.graph.js";
import { typeOf, type PurchasableFacts } from "./refs.js";
import { storeArgs } from "./price-field.graph.js";

export const purchasableRef = builder.interfaceRef<PurchasableFacts>("Purchasable").implement({
  description: "Something that can be bought: a release or a track.",
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'Global id, e.g. "release:155408".' }),
    title: t.string({ description: "The title." }),
    version: t.string({ description: "Which version of the title it is. Null for most." }),
    url: t.field({ type: "URL", description: "Where it can be bought in the 7digital store." }),
    price: t.field({
      type: priceRef,
      description: "What it costs in the operation's store, or in the store named here.",
      args: storeArgs(),
    }),
  }),
  resolveType: (facts) => typeOf(facts),
});
