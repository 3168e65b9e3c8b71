/** Whom a signed address speaks for. */

import type { Accounts, User } from "../accounts/model.js";
import type { Verdict } from "../oauth/signature-check.js";

/** The owner of the token; without a token whom the consumer names: by the partner's identifier, or by 7digital's own id in the links
 *  that 7digital itself signs. `asked` by lower-case name. */
export function personOf(accounts: Accounts, verdict: Verdict, asked: ReadonlyMap<string, string>): User | undefined {
  if (verdict.kind !== "signed") return undefined;
  if (verdict.token !== null) return verdict.user ?? undefined;
  const userId = asked.get("userid") ?? "";
  return asked.get("presigned") === "1" ? accounts.user(Number(userId)) : accounts.userOfPartner(userId);
}
