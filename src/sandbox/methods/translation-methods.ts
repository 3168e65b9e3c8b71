/** translations: the texts of a shop's pages. Not in the API document: written from recordings. */

import { falls } from "../api/irregularities.js";
import { method, type Asked, type Method } from "../api/method.js";
import { cdata, element } from "../api/xml.js";
import { english, languageOf, others } from "../catalogue/words/translations.js";
import { listElement } from "../elements/list-element.js";

interface Translation {
  readonly key: string;
  readonly text: string;
}

const translations = method({
  path: "translations",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  // Recorded with this page size. It is the only method that gives more than 500.
  maxPageSize: 5000,
  parameters: {},
  answer(_none, asked) {
    const all = textsOf(asked);
    const { offset, limit } = asked.range;
    const page = { total: all.length, items: all.slice(offset, offset + limit) };
    return listElement("translations", page, asked, ({ key, text }) =>
      // Some texts with markup are escaped, some are CDATA.
      element("translation", [
        element("key", key),
        text !== "" && falls("translation-as-cdata", key, 2) ? cdata("translatedText", text) : element("translatedText", text),
      ]),
    );
  },
});

/** Those of the pages, then one for every tag, as recorded. What has no text in the language is in English. */
function textsOf({ store: { country }, catalogue }: Asked): readonly Translation[] {
  const language = languageOf[country];
  const own = language === undefined ? {} : others[language];
  const tags = catalogue.tags({ offset: 0, limit: 5000 }).items;
  return [
    ...Object.entries({ ...english, ...own }).map(([key, text]) => ({ key, text })),
    ...tags.map(({ id, text }) => ({ key: id, text })),
  ];
}

export const translationMethods: readonly Method[] = [translations];
