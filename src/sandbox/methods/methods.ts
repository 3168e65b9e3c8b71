/** Every method the sandbox answers. */

import { method, type Method } from "../api/method.js";
import { element } from "../api/xml.js";
import { accountMethods } from "./account-methods.js";
import { artistMethods } from "./artist-methods.js";
import { basketMethods } from "./basket-methods.js";
import { cardMethods } from "./card-methods.js";
import { editorialMethods } from "./editorial-methods.js";
import { lockerMethods } from "./locker-methods.js";
import { matchMethods } from "./match-methods.js";
import { oauthMethods } from "./oauth-methods.js";
import { paypalMethods } from "./paypal-methods.js";
import { pageMethods } from "./page-methods.js";
import { purchaseMethods } from "./purchase-methods.js";
import { releaseMethods } from "./release-methods.js";
import { tagMethods } from "./tag-methods.js";
import { territoryMethods } from "./territory-methods.js";
import { trackMethods } from "./track-methods.js";
import { translationMethods } from "./translation-methods.js";
import { userMethods } from "./user-methods.js";

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
  ...pageMethods,
  ...matchMethods,
  ...territoryMethods,
  ...translationMethods,
  ...basketMethods,
  ...oauthMethods,
  ...userMethods,
  ...accountMethods,
  ...cardMethods,
  ...lockerMethods,
  ...purchaseMethods,
  ...paypalMethods,
];
