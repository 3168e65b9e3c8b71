/** The text forms of values: one rule for reading, answering and input, so that a client can send back what it was given. */
import { isIP } from "node:net";

/** Whether it is an id as 7digital gives them to artists, releases, tracks and purchases. */
export function isNumericId(text: string): boolean {
  return /^(?:0|[1-9]\d{0,17})$/.test(text);
}

/** Whether it is an amount in plain digits, not below zero: "5", "7.99", "7.9900". */
export function isDecimal(text: string): boolean {
  return /^\d{1,15}(?:\.\d{1,10})?$/.test(text);
}

/** Whether an amount can be charged: in hundredths, however many zeros follow. */
export function isChargeable(decimal: string): boolean {
  return /^\d{1,7}(?:\.\d{1,2}0*)?$/.test(decimal);
}

/** What nearly all URLs are like: all parsers accept these, and parsing costs more than all the rest of reading one. */
const usualUrl = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:\/[\x21-\x5b\x5d-\x7e]*)?$/;

/** Whether it is an absolute URL by http or https. URL parsers drop line breaks and turn backslashes, so neither is accepted. */
export function isHttpUrl(text: string): boolean {
  if (usualUrl.test(text)) return true;
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return /^https?:\/\/[^/\\\s\u0000-\u001f][^\\\u0000-\u001f\u007f]*$/i.test(text) && URL.canParse(text);
}

/** Whether it is written like an International Standard Recording Code, with or without hyphens. */
export function isIsrc(text: string): boolean {
  return /^[A-Za-z0-9-]{12,15}$/.test(text);
}

/** Whether it is written like a currency's code in ISO 4217, in either case. */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}

/** Whether it is an IP address, of version 4 or 6, without a zone. */
export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}

/** Whether it is written like one of 7digital's shop ids. */
export function isShopId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}

/** Whether it may be an e-mail address. Only spares a call: 7digital decides what one is. */
export function isEmailAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254;
}
