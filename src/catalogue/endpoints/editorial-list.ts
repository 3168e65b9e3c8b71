/** editorial/list: a list curated by 7digital's editors, by its key. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { text } from "../../upstream/request/params.js";
import { editorialList as list } from "../decoders.js";

export const editorialList = endpoint({
  path: "editorial/list",
  auth: "key",
  effect: "read",
  params: { key: text },
  result: inside("list", list),
});
