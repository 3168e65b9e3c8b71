/** Which currency an amount is in. 7digital sends its code, its sign or both, and sometimes a country's code in its place. */
import { isCurrencyCode } from "../formats/value-formats.js";
import { sharedParsedBy, tokenWith } from "../upstream/xml/values.js";

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
export const currency = tokenWith("code", codeOf);

/** `<currencyCode>GBP</currencyCode>`. */
export const currencyCode = sharedParsedBy((written) => codeOf(written, written));

/** A code that is in use decides, then the sign. Codes that are out of use, or newer than this list, count where no sign says otherwise. */
function codeOf(code: string, sign: string): string | null | undefined {
  const upper = isCurrencyCode(code) ? code.toUpperCase() : undefined;
  if (upper !== undefined && current.has(upper)) return upper;
  const known = signs.get(sign) ?? upper ?? (isCurrencyCode(sign) ? sign.toUpperCase() : undefined);
  if (known !== undefined) return known;
  return code === "" && sign === "" ? null : undefined;
}
