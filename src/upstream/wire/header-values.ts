/** Reads values of HTTP response headers. A repeated header arrives as one value, joined by commas. */

/** Longer than any quota period of 7digital. More than that is a mistake. */
export const longestPeriodSeconds = 31 * 24 * 3600;

/** A whole number from 0 to 2³¹−1, as GraphQL's Int; also where the header is repeated with the same value. Undefined for anything else. */
export function wholeNumber(value: string | undefined): number | undefined {
  const [first, ...others] = members(value);
  const number = others.every((other) => other === first) ? digits(first) : undefined;
  return number !== undefined && number < 2 ** 31 ? number : undefined;
}

/** Age in seconds. Of a list the first member counts. @see RFC 9111 §5.1 */
export function ageSeconds(value: string | undefined): number | undefined {
  return digits(members(value)[0]);
}

/** An HTTP date in any of its three forms, in epoch milliseconds. @see RFC 9110 §5.6.7 */
export function httpDate(value: string | undefined): number | undefined {
  const text = value?.trim() ?? "";
  const isAsctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  const atMs = isAsctime ? Date.parse(`${text} GMT`) : text.endsWith("GMT") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** When Retry-After allows another request, in epoch milliseconds. Of several numbers the largest counts. Undefined where the header is missing,
 *  invalid or more than a month ahead. @see RFC 9110 §10.2.3 */
export function retryAt(value: string | undefined, nowMs: number): number | undefined {
  const seconds = members(value).map(digits);
  const [date = value] = /^(.+GMT)\s*,\s*\1$/.exec(value ?? "")?.slice(1) ?? [];
  const atMs = seconds.every((one) => one !== undefined) ? nowMs + Math.max(...seconds) * 1000 : httpDate(date);
  return atMs !== undefined && atMs <= nowMs + longestPeriodSeconds * 1000 ? atMs : undefined;
}

/** The members of a list; commas within quoted strings separate none. @see RFC 9110 §5.6.1 and §5.6.4 */
export function members(value: string | undefined): readonly string[] {
  return ((value ?? "").match(/(?:"(?:[^"\\]|\\.)*"?|[^",])+/g) ?? [""]).map((member) => member.trim());
}

/** Delta-seconds; what overflows is the largest there is. @see RFC 9111 §1.2.2 */
export function digits(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), 2 ** 31) : undefined;
}
