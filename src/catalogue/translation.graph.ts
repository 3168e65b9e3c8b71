/** The texts of a store's pages in the graph. */
import { builder } from "../graph/builder.js";
import { connection } from "../graph/connection.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import { pagingArgs, windowOf } from "../graph/paging.js";
import type { TranslationFacts } from "./decoders.js";
import { translations } from "./endpoints/translation.js";
import { listedTranslation, whole } from "./included-fields.graph.js";
import { catalogue } from "./loaders.js";

const translationRef = builder.objectRef<TranslationFacts>("Translation").implement({
  description: "A text of the 7digital store's pages.",
  fields: (t) => ({
    key: t.string({
      ...withoutCall({ includedIn: [listedTranslation] }),
      nullable: false,
      description: 'Key of the text, e.g. "AddToBasketButton", or 7digital\'s ID of a tag. It is the same in every store.',
      resolve: ({ key }) => key,
    }),
    text: t.string({
      ...withoutCall({ includedIn: [listedTranslation] }),
      description: "The text in the language of the store. It can contain HTML, and places to fill in, e.g. {0}. Null if it is empty.",
      resolve: ({ text }) => text ?? null,
    }),
  }),
});

const translationConnection = connection("Translation", translationRef, "texts of a store's pages");

builder.queryField("translations", (t) =>
  t.field({
    ...upstream(translations, { list: whole, gives: listedTranslation }),
    type: translationConnection.connection,
    description: "The texts of the 7digital store's pages in the language of the store, e.g. names of genres. There are some thousands.",
    args: pagingArgs(50),
    resolve: (_, paging, { use }) => use(catalogue).readWhole(translations, {}, windowOf(paging)),
  }),
);
