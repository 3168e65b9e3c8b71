/** basket/paypalurl and basket/completepaypalpurchase: a basket that is paid at PayPal and not with a card. PayPal itself is not played: the token
 *  in the URL counts as approved. @see PayPalExpressCheckout.cs in 7digital's C# client, and the response in its stub of the API */

import { createHash } from "node:crypto";
import { ApiError } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import { guid, notValid, required, text } from "../api/parameters.js";
import { element } from "../api/xml.js";
import type { Basket } from "../shop/basket.js";
import { sellBasket } from "./sell-basket.js";

const paypalUrl = method({
  path: "basket/paypalurl",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { basketId: required(guid) },
  answer({ basketId }, asked) {
    const token = tokenOf(filledBasket(basketId, asked));
    return element("expressCheckout", [element("url", `https://www.paypal.com/cgi-bin/webscr?cmd=_express-checkout&token=${token}`)]);
  },
});

const complete = method({
  path: "basket/completepaypalpurchase",
  auth: "user",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { basketId: required(guid), token: required(text) },
  answer({ basketId, token }, asked) {
    const bought = filledBasket(basketId, asked);
    if (token !== tokenOf(bought)) throw notValid("token");
    const answer = sellBasket(bought, { charged: false }, asked);
    // The response in the stub has the ID alone.
    return answer !== null && "name" in answer ? { ...answer, content: "" } : answer;
  },
});

function filledBasket(basketId: string, asked: Asked): Basket {
  const found = asked.baskets.basket(basketId, asked.store);
  if (found.items.length === 0) throw new ApiError(2001, "Basket has no items.");
  return found;
}

/** Of a checkout: the same for the same lines of the same basket. */
function tokenOf({ id, items }: Basket): string {
  const lines = items.map((item) => `${item.id}:${item.amountDue}`).join();
  return `EC-${createHash("sha256").update(`${id} ${lines}`).digest("hex").slice(0, 17).toUpperCase()}`;
}

export const paypalMethods: readonly Method[] = [paypalUrl, complete];
