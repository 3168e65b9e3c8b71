/** The file formats that an item comes in. */
import { attribute, child, listOf, object, type Decoded } from "../upstream/xml/decode.js";
import { flag, flagAttribute, integer, text, token } from "../upstream/xml/values.js";

/** `bitRate` is in kbit/s; 0 and empty mean that the format has none (FLAC, video). Packages tell only a description. */
export const format = object({
  formatId: attribute("id"),
  fileFormat: child("fileFormat", token),
  bitRate: child("bitRate", integer),
  drmFree: child("drmFree", flag),
  description: child("description", text),
});

export const formats = listOf("format", format);

/** Of `<formats>`: an attribute that some answers leave out. */
export const availableDrmFree = flagAttribute("availableDrmFree");

export type Format = Decoded<typeof format>;
