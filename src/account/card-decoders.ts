/** Decoders of answers about payment cards. What looks like a whole card number is `Unreadable`, so that none passes through this service. */
import { isCountryCode } from "../formats/country-code.js";
import { rejectedParameter } from "../upstream/error-words.js";
import {
  attribute,
  attributeValue,
  child,
  children,
  inside,
  listOf,
  mapped,
  object,
  optionalAttribute,
  type Decoded,
  type Decoder,
} from "../upstream/xml/decode.js";
import { flag, httpUrl, parsedBy, token } from "../upstream/xml/values.js";

/** Four digits, also behind a mask: "1111", "XXXX XXXX XXXX 1111". */
const lastFourDigits = parsedBy((written) => {
  const [, digits] = /^[x*•.\s-]*(\d{4})$/i.exec(written) ?? [];
  return digits;
});

/** Twelve digits or more, in groups or not. */
const cardNumber = /\d(?:[ -]?\d){11}/;
const holder = parsedBy((written) => (cardNumber.test(written) ? undefined : written));

/** Recorded as "201109". */
const month = parsedBy((written) => {
  const [, year, monthOfYear] = /^(\d{4})(0[1-9]|1[0-2])$/.exec(written) ?? [];
  return year === undefined ? undefined : Object.freeze({ year: Number(year), month: Number(monthOfYear) });
});

const country = parsedBy((written) => (isCountryCode(written) ? written.toUpperCase() : undefined));

/** Lists write `cardHolderName`, registrations `cardholderName`. */
const card = object({
  cardId: attribute("id"),
  type: child("type", token),
  lastFourDigits: child("last4digits", lastFourDigits),
  cardHolderName: child("cardHolderName", holder),
  cardholderName: child("cardholderName", holder),
  expiry: child("expiryDate", month),
  country: child("country", country),
  isDefault: child("default", flag),
});
export type CardFacts = Decoded<typeof card>;

const listedAndSingle = object({ listed: child("cards", listOf("card", card)), single: children("card", card) });

/** In a list; recorded, too, is a card that is alone in the response. */
export const cards = mapped(listedAndSingle, ({ listed, single }) => [...(listed ?? []), ...single]);

export interface CardTypeFacts {
  readonly cardTypeId: string;
  readonly name: string | null;
}

/** `<cardType id="VISA">Visa</cardType>` */
const cardType: Decoder<CardTypeFacts> = (element, reading) => {
  const cardTypeId = attributeValue(element, "id")?.trim();
  if (cardTypeId === undefined || cardTypeId === "") return reading.missing("@id");
  return Object.freeze({ cardTypeId, name: element.text.trim() || null });
};

export const cardTypes = inside("cardTypes", listOf("cardType", cardType));

/** The message may repeat what the user typed, so nothing is read of it but the name of a field. */
const failure = object({
  code: optionalAttribute("code"),
  parameter: child("errorMessage", ({ text: message }) => rejectedParameter(message)),
});

/** `status` is "pending", "complete" or "error". */
export const cardRegistration = inside(
  "cardRegistration",
  object({
    registrationId: attribute("id"),
    status: optionalAttribute("status"),
    redirectUrl: child("redirectUrl", httpUrl),
    card: child("card", card),
    failure: child("error", failure),
  }),
);
export type CardRegistrationFacts = Decoded<typeof cardRegistration>;
