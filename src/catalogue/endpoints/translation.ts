/** The texts of a store's pages. */
import { page, pageParams } from "../../shared/page.js";
import { inside } from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
import { listedTranslation } from "../decoders.js";

/** translations: texts in the language of the store, by their keys. Not in the API document. */
export const translations = catalogueRead({
  path: "translations",
  params: { ...pageParams },
  result: inside("translations", page("translation", listedTranslation)),
});
