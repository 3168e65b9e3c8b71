/** The tags of an artist or a release: lists so short that they are read whole. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/extensions.js";
import { tagInBrief, whole } from "./told.js";

/** Far more than any artist or release has been seen to carry. */
const mostTags = 100;

export function tagsArgs() {
  return builder.args((arg) => ({
    first: arg.int({ required: true, defaultValue: mostTags, description: `How many to give, from 1 to ${String(mostTags)}.` }),
  }));
}

/** @param method By which they are listed. */
export function tagsList(method: string) {
  return upstream(method, 1, { list: whole, tells: tagInBrief });
}
