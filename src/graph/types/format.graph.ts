/** Formats in the graph. */
import { builder } from "../builder.js";
import { readable } from "../../upstream/xml/unreadable.js";
import type { Format } from "../../shared/format.js";
import { zeroToNull } from "../../shared/map-present.js";

export const formatRef = builder.objectRef<Format>("Format").implement({
  description: "File format of a download.",
  fields: (t) => ({
    formatId: t.exposeID("formatId", { nullable: false, description: "7digital's ID of the format, e.g. 17 for MP3 at 320 kbit/s." }),
    fileFormat: t.exposeString("fileFormat", { description: 'Kind of file, e.g. "MP3". Null if 7digital sends only a `description`.' }),
    bitRate: t.int({
      description: "Bit rate in kbit/s. Null for formats without a fixed one, such as FLAC or video.",
      resolve: ({ bitRate }) => readable(zeroToNull(bitRate)),
    }),
    drmFree: t.boolean({
      description: "Whether the file is free of digital rights management (DRM). Null if 7digital does not send it.",
      resolve: ({ drmFree }) => readable(drmFree),
    }),
    description: t.exposeString("description", { description: 'The format in words, e.g. "MP3 320". Null if 7digital does not send it.' }),
  }),
});
