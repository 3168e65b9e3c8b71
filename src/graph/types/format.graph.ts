/** Formats in the graph. */
import { builder } from "../builder.js";
import { readable } from "../../upstream/xml/unreadable.js";
import type { Format } from "../../shared/format.js";
import { zeroToNull } from "../../shared/map-present.js";

export const formatRef = builder.objectRef<Format>("Format").implement({
  description: "In what kind of file an item can be downloaded.",
  fields: (t) => ({
    formatId: t.exposeID("formatId", { nullable: false, description: "7digital's ID of the format, e.g. 17 for MP3 at 320 kbit/s." }),
    fileFormat: t.exposeString("fileFormat", { description: 'Kind of file, e.g. "MP3". Null if there is only a `description`.' }),
    bitRate: t.int({
      description: "In kbit/s. Null for formats without one, such as FLAC or video.",
      resolve: ({ bitRate }) => readable(zeroToNull(bitRate)),
    }),
    drmFree: t.boolean({
      description: "Whether the file plays without digital rights management.",
      resolve: ({ drmFree }) => readable(drmFree),
    }),
    description: t.exposeString("description", { description: 'The format in words, e.g. "MP3 320". Null if 7digital gives none.' }),
  }),
});
