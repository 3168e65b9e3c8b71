/** A call as fault rules see it, before anything of it has been checked. */

import type { Accounts, User } from "../accounts/model.js";
import type { FaultedCall } from "./faults.js";
import type { ApiRequest } from "../http/request.js";

export function faultedCall(method: string, request: ApiRequest, accounts: Accounts): FaultedCall {
  const given = new Map<string, string>();
  for (const [name, value] of [...request.authorization, ...request.form, ...request.query]) {
    if (!given.has(name.toLowerCase())) given.set(name.toLowerCase(), value);
  }
  return {
    method,
    parameter: (name) => given.get(name.toLowerCase()),
    isFor(name) {
      const user = userOf(given, accounts);
      return user !== undefined && (user.emailAddress === name || user.partnerUserId === name);
    },
  };
}

/** Of the token, or the one a partner names. */
function userOf(given: ReadonlyMap<string, string>, accounts: Accounts): User | undefined {
  const token = given.get("oauth_token");
  return token === undefined ? accounts.userOfPartner(given.get("userid") ?? "") : accounts.accessToken(token)?.user;
}
