/** Methods for editorial lists, and for the merchandising lists of shops. @see API document, "Editorial" */
import { text } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
import { editorialList as list } from "../decoders.js";

/** editorial/list: a list curated by 7digital's editors, by its key. */
export const editorialList = catalogueRead({
  path: "editorial/list",
  params: { key: text },
  result: inside("list", list),
});

/** merchandising/list/details: a list put together for one shop, by its key. Not in the API document. */
export const merchandisingListDetails = catalogueRead({
  path: "merchandising/list/details",
  params: { key: text },
  result: inside("list", list),
});
