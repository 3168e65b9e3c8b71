/** URLs of a client's that 7digital is to lead people back to: only to origins that the operator has named. Nothing of ours ever fetches
 *  one. */
import { badUserInput } from "./input-error.js";

const longest = 1000;
/** What a URL parser would silently drop, turn or replace. */
const doubtful = /[\s\\]|\p{Cc}|\p{Surrogate}/u;

/** The same of a URL that 7digital appends a query to, as text. @throws GraphQLError BAD_USER_INPUT */
export function appendableUrl(argument: string, value: string, origins: readonly string[]): string {
  const advice = `\`${argument}\` has a fragment (#…), behind which 7digital would append what nobody reads: leave it out.`;
  if (returnUrl(argument, value, origins).includes("#")) throw badUserInput(argument, advice);
  return value;
}

/** Gives the URL as it was sent. @throws GraphQLError BAD_USER_INPUT */
export function returnUrl(argument: string, value: string, origins: readonly string[]): string {
  if (leadsTo(value, origins)) return value;
  throw badUserInput(argument, `\`${argument}\` leads to an origin that the operator has not allowed (RETURN_ORIGINS).`);
}

/** Not to every reader do "?" and "#" end the host: to some, what stands before a later "@" is a user's name. */
const ambiguousHost = /^[^/]*\/\/[^/]*@/;

/** The origin must also stand in the text as it is compared, so that whoever reads the URL after us reads the same one. */
function leadsTo(value: string, origins: readonly string[]): boolean {
  const url = value.length > longest || doubtful.test(value) ? null : URL.parse(value);
  if (url === null || !origins.includes(url.origin)) return false;
  return !ambiguousHost.test(value) && value.toLowerCase().startsWith(url.origin);
}
