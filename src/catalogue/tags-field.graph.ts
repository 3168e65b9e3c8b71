/** The tags of an artist or a release: lists so short that they are read whole. */
import { upstream, type Method } from "../graph/field-cost.js";
import { tagInBrief, whole } from "./included-fields.graph.js";

/** Far more than any artist or release has been seen to carry. */
export const mostTags = 100;

export function tagsList(method: Method) {
  return upstream(method, { list: whole, gives: tagInBrief });
}
