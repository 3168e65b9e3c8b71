/** URLs that 7digital leads people back to. The operator allows their origins. This server never fetches one. */
import { bound } from "./scope.js";
import { badUserInput } from "./client-error.js";

/** Origins that return URLs may lead to. */
export const returnOrigins = bound<() => readonly string[]>("return origins");

const longest = 1000;
/** What a URL parser would silently drop or replace. */
const doubtful = /[\s\\]|\p{Cc}|\p{Surrogate}/u;

/** As `returnUrl`, for a URL that 7digital appends a query to, as text. @throws ClientError BAD_USER_INPUT */
export function appendableUrl(argument: string, value: string, origins: readonly string[]): string {
  const advice = `\`${argument}\` has a fragment (#…). 7digital would append its parameters to the fragment, where no server reads them. Leave it out.`;
  if (returnUrl(argument, value, origins).includes("#")) throw badUserInput(argument, advice);
  return value;
}

/** The URL as it was sent. @throws ClientError BAD_USER_INPUT */
export function returnUrl(argument: string, value: string, origins: readonly string[]): string {
  if (leadsTo(value, origins)) return value;
  throw badUserInput(argument, `\`${argument}\` leads to an origin that the operator has not allowed (RETURN_ORIGINS).`);
}

/** Not every parser ends the host at "?" or "#": some take what stands before a later "@" for a user name. */
const ambiguousHost = /^[^/]*\/\/[^/]*@/;

/** The text itself must begin with the origin, so that every later reader of the URL finds the same one. */
function leadsTo(value: string, origins: readonly string[]): boolean {
  const url = value.length > longest || doubtful.test(value) ? null : URL.parse(value);
  if (url === null || !origins.includes(url.origin)) return false;
  return !ambiguousHost.test(value) && value.toLowerCase().startsWith(url.origin);
}
