/** Every method the sandbox answers. */

import { method, type Method } from "../method.js";
import { element } from "../xml.js";
import { artistMethods } from "./artist-methods.js";
import { editorialMethods } from "./editorial-methods.js";
import { releaseMethods } from "./release-methods.js";
import { tagMethods } from "./tag-methods.js";
import { trackMethods } from "./track-methods.js";

const status = method({
  path: "status",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: {},
  answer(_none, { now }) {
    const serverTime = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
    return element("serviceStatus", [element("serverTime", serverTime)]);
  },
});

export const methods: readonly Method[] = [
  status,
  ...artistMethods,
  ...releaseMethods,
  ...trackMethods,
  ...tagMethods,
  ...editorialMethods,
];
