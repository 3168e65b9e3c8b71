/** Pictures in the graph. */
import { inRole } from "../argument-role.js";
import { builder } from "../builder.js";
import { badUserInput } from "../../shared/client-error.js";
import type { Unreadable } from "../../upstream/xml/unreadable.js";
import { imageOf, type Image } from "../../shared/image.js";
import { mapPresent } from "../../shared/map-present.js";

export const imageRef = builder.objectRef<Image>("Image").implement({
  description: "A picture on 7digital's image servers.",
  fields: (t) => ({
    url: t.expose("url", { type: "URL", nullable: false, description: "Where the picture is." }),
    width: t.exposeInt("width", { description: "Its width in pixels. Null where the picture comes in one size only." }),
  }),
});

/** The argument of every image field. */
export function imageArgs(widths: readonly number[]) {
  return builder.args((arg) => ({
    width: arg.int({
      ...inRole("presentation"),
      required: true,
      defaultValue: 150,
      description: `Wanted width in pixels: the smallest that is at least as wide is given, of ${widths.join(", ")}. Costs no call.`,
    }),
  }));
}

type ImageUrl = string | Unreadable | null | undefined;

/** The picture in the width that is asked for. Absent, null and unreadable URLs pass through. @throws ClientError BAD_USER_INPUT */
export function imageAt(url: ImageUrl, width: number, widths: readonly number[]): Image | Unreadable | null | undefined {
  if (width < 1) throw badUserInput("width", "`width` must be at least 1 pixel.");
  return mapPresent(url, (present: string) => imageOf(present, width, widths));
}
