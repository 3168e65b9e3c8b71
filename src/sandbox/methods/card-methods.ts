/** user/payment/* and payment/card/type: the cards that the account pages show, too. Written from recorded answers and from the calls that
 *  7digital's own clients make. user/payment/card/add, which takes a card number, is left out: only test cards are ever entered here. */

import type { Card, CardRegistration, User } from "../accounts/model.js";
import { ApiError, errorElement, unauthorised } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import { id, notValid, required, text } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";
import { isHandback } from "../sites/handback.js";
import { cardTypes } from "../sites/account/test-cards.js";

/** As recorded. */
const typeIds: Readonly<Record<string, string>> = {
  Visa: "VISA",
  MasterCard: "MASTERCARD",
  Maestro: "MAESTRO",
  "American Express": "AMEX",
};

const types = method({
  path: "payment/card/type",
  auth: "consumer-key",
  maxAgeSeconds: 86_400,
  parameters: {},
  answer: () =>
    element(
      "cardTypes",
      cardTypes.map((name) => element("cardType", name, { id: typeIds[name] ?? name })),
    ),
});

const list = method({
  path: "user/payment/card",
  auth: "user",
  maxAgeSeconds: null,
  parameters: {},
  answer: (_none, asked) => element("cards", activeCards(asked).map(cardElement)),
});

const select = method({
  path: "user/payment/card/select",
  auth: "user",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { cardId: required(id) },
  answer({ cardId }, asked) {
    asked.accounts.selectCard(userOf(asked), activeCard(cardId, asked).id);
    return null;
  },
});

const remove = method({
  path: "user/payment/card/delete",
  auth: "user",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { cardId: required(id) },
  answer({ cardId }, asked) {
    asked.accounts.removeCard(userOf(asked), activeCard(cardId, asked).id);
    return null;
  },
});

const register = method({
  path: "user/payment/cardregistration",
  auth: "user",
  verbs: ["POST"],
  maxAgeSeconds: null,
  parameters: { redirectUrl: required(text) },
  answer({ redirectUrl }, asked) {
    if (!isHandback(redirectUrl)) throw notValid("redirectUrl");
    return registrationElement(asked.accounts.startRegistration(userOf(asked), redirectUrl), asked);
  },
});

const registration = method({
  path: "user/payment/cardregistration/{id}",
  auth: "user",
  maxAgeSeconds: null,
  parameters: { id: required(text) },
  answer(given, asked) {
    const found = asked.accounts.registration(given.id);
    if (found?.user.id !== userOf(asked).id) throw new ApiError(2001, "Card registration not found");
    return registrationElement(found, asked);
  },
});

function userOf({ user }: Asked): User {
  if (user === null) throw unauthorised("Resource requires access token");
  return user;
}

/** A card that a declined payment took out of use is shown nowhere. */
function activeCards(asked: Asked): readonly Card[] {
  return asked.accounts.cardsOf(userOf(asked)).filter(({ active }) => active);
}

function activeCard(cardId: number, asked: Asked): Card {
  const card = activeCards(asked).find((one) => one.id === cardId);
  if (card === undefined) throw new ApiError(2001, "Card not found");
  return card;
}

function cardElement({ id: cardId, type, lastFourDigits, isDefault, cardHolderName, expiryDate }: Card): XmlElement {
  return element(
    "card",
    [
      element("type", typeIds[type] ?? type),
      element("last4digits", lastFourDigits),
      element("default", isDefault),
      element("cardHolderName", cardHolderName),
      element("expiryDate", expiryDate),
    ],
    { id: cardId },
  );
}

/** The name of a card's holder is spelled in another way than in lists, and there is no `default`. */
function registrationElement({ id: registrationId, redirectUrl, registered }: CardRegistration, { path }: Asked): XmlElement {
  if (registered === "pending") {
    return element("cardRegistration", [element("redirectUrl", redirectUrl)], { id: registrationId, status: "pending" });
  }
  if ("code" in registered) {
    return element("cardRegistration", [errorElement(path, registered)], { id: registrationId, status: "error" });
  }
  const { id: cardId, type, lastFourDigits, cardHolderName, expiryDate } = registered;
  const card = element(
    "card",
    [
      element("type", typeIds[type] ?? type),
      element("last4digits", lastFourDigits),
      element("cardholderName", cardHolderName),
      element("expiryDate", expiryDate),
    ],
    { id: cardId },
  );
  return element("cardRegistration", [card], { id: registrationId, status: "complete" });
}

export const cardMethods: readonly Method[] = [types, list, select, remove, register, registration];
