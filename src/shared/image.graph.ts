/** Pictures in the graph. */
import { builder } from "../graph/builder.js";
import { badUserInput } from "../graph/input-error.js";
import type { Unreadable } from "../upstream/unreadable.js";
import { imageOf, type Image } from "./image.js";
import { whenTold } from "./when-told.js";

export const imageRef = builder.objectRef<Image>("Image").implement({
  description: "A picture on 7digital's image servers.",
  fields: (t) => ({
    url: t.expose("url", { type: "URL", nullable: false, description: "Where the picture is." }),
    width: t.exposeInt("width", { description: "Its width in pixels. Null where the picture comes in one size only." }),
  }),
});

/** The argument of every image field. */
export function imageArgs(widths: readonly number[]) {
  const sizes = widths.join(", ");
  return builder.args((arg) => ({
    width: arg.int({
      required: true,
      defaultValue: 150,
      description: `Wanted width in pixels: the smallest that is at least as wide is given, of ${sizes}. Costs no call.`,
    }),
  }));
}

type Told = string | Unreadable | null | undefined;

/** A picture as told, in the width wanted; what tells none passes through. @throws GraphQLError BAD_USER_INPUT */
export function imageAt(url: Told, width: number, widths: readonly number[]): Image | Unreadable | null | undefined {
  if (width < 1) throw badUserInput("width", "`width` is a number of pixels above 0.");
  return whenTold(url, (known: string) => imageOf(known, width, widths));
}
