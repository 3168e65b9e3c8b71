/** The tags of an artist or a release: lists so short that they are read whole. */
import { upstream, type Method } from "../graph/field-cost.js";
import { pagingArgs } from "../graph/paging.js";
import { tagInBrief, whole } from "./included-fields.graph.js";
import { tags } from "./refs.js";

/** Far more than most artists and releases carry. */
const usualTags = 50;

export function tagsField(method: Method) {
  return { ...upstream(method, { list: whole, gives: tagInBrief }), type: tags.connection, args: pagingArgs(usualTags) };
}
