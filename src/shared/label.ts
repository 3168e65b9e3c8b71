/** Labels issue releases; licensors control the rights to them. */
import { attribute, child, object, type Decoded } from "../upstream/xml/decode.js";
import { text } from "../upstream/xml/values.js";

export const label = object({ labelId: attribute("id"), name: child("name", text) });

/** Id "0" without a name means that 7digital does not name the licensor. */
export const licensor = object({ licensorId: attribute("id"), name: child("name", text) });

export type Label = Decoded<typeof label>;
export type Licensor = Decoded<typeof licensor>;
