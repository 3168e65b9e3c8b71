/** Pictures in the graph. */
import { inRole } from "../argument-role.js";
import { builder } from "../builder.js";
import { badUserInput } from "../../shared/client-error.js";
import type { Unreadable } from "../../upstream/xml/unreadable.js";
import { imageOf, srcsetOf, type Image, type ImageSizes } from "../../shared/image.js";
import { mapPresent } from "../../shared/map-present.js";

export const imageRef = builder.objectRef<Image>("Image").implement({
  description: "A picture on 7digital's image servers.",
  fields: (t) => ({
    url: t.expose("url", {
      type: "URL",
      nullable: false,
      description: "URL of the picture. It is an https URL if the host supports https.",
    }),
    width: t.exposeInt("width", { description: "Width in pixels. Null if it is not known." }),
    height: t.exposeInt("height", { description: "Height in pixels. Covers are square. Null if it is not known." }),
    srcset: t.string({
      description:
        'All available widths, for `<img srcset>`, e.g. "https://…_50.jpg 50w, https://…_100.jpg 100w". Null if the picture has one size only.',
      resolve: srcsetOf,
    }),
  }),
});

/** The argument of every image field. */
export function imageArgs({ widths }: ImageSizes) {
  return builder.args((arg) => ({
    width: arg.int({
      ...inRole("presentation"),
      required: true,
      defaultValue: 150,
      description: `Minimum width in pixels. The result is the next larger of ${widths.join(", ")}, or the largest there is.`,
    }),
  }));
}

type ImageUrl = string | Unreadable | null | undefined;

/** The picture in the width that is asked for. Absent, null and unreadable URLs pass through. @throws ClientError BAD_USER_INPUT */
export function imageAt(url: ImageUrl, width: number, sizes: ImageSizes): Image | Unreadable | null | undefined {
  if (width < 1) throw badUserInput("width", "`width` must be at least 1 pixel.");
  return mapPresent(url, (present: string) => imageOf(present, width, sizes));
}
