/** How partners name the users they manage: by identifiers of their own, which are sent in a header and must come through it unchanged. */

const printable = /^[\x21-\x7e]{1,255}$/;

/** What `isPartnerUserId` accepts, in words. */
export const partnerUserIdAdvice = "from 1 to 255 printable ASCII characters without spaces";

export function isPartnerUserId(value: string): boolean {
  return printable.test(value);
}
