/** The tags of an artist or a release: lists so short that they are read whole. */
import { upstream, type Method } from "../graph/field-cost.js";
import { firstArg } from "../graph/paging.js";
import { tagInBrief, whole } from "./included-fields.graph.js";
import { tagRef } from "./refs.js";

/** Far more than any artist or release has been seen to carry. */
const mostTags = 100;

export function tagsField(method: Method) {
  const type: [typeof tagRef] = [tagRef];
  return { ...upstream(method, { list: whole, gives: tagInBrief }), type, args: firstArg(mostTags) };
}
