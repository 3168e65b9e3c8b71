/** Which currency an amount is in. 7digital sends its code, its sign or both, and sometimes a country's code in its place. */
import { attributeValue, type Decoder } from "../upstream/xml/decode.js";
import type { Reading } from "../upstream/xml/reading.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import type { XmlElement } from "../upstream/xml/xml.js";
import { isCurrencyCode } from "../formats/value-formats.js";

/** Signs of only one currency. "$", "kr" and "¥" belong to several, so they decide nothing. */
const signs: ReadonlyMap<string, string> = new Map([
  ["£", "GBP"],
  ["€", "EUR"],
  ["US$", "USD"],
  ["C$", "CAD"],
  ["CA$", "CAD"],
  ["A$", "AUD"],
  ["AU$", "AUD"],
  ["NZ$", "NZD"],
  ["HK$", "HKD"],
  ["S$", "SGD"],
  ["R$", "BRL"],
  ["zł", "PLN"],
  ["₹", "INR"],
  ["₩", "KRW"],
]);

const current: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** `<currency code="GBP">£</currency>` as a code of ISO 4217. */
export const currency: Decoder<string | Unreadable | null> = (element, reading) =>
  codeOf(attributeValue(element, "code") ?? "", element, reading);

/** `<currencyCode>GBP</currencyCode>`. */
export const currencyCode: Decoder<string | Unreadable | null> = (element, reading) => codeOf(element.text, element, reading);

/** A code that is in use decides, then the sign. Codes that are out of use, or newer than this list, count where no sign says otherwise. */
function codeOf(written: string, element: XmlElement, reading: Reading): string | Unreadable | null {
  const code = written.trim();
  const sign = element.text.trim();
  const upper = isCurrencyCode(code) ? code.toUpperCase() : undefined;
  if (upper !== undefined && current.has(upper)) return upper;
  const known = signs.get(sign) ?? upper ?? (isCurrencyCode(sign) ? sign.toUpperCase() : undefined);
  if (known !== undefined) return known;
  return code === "" && sign === "" ? null : reading.unreadable(element);
}
