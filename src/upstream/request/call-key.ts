/** Keys to count calls and remember failures by. They are digests with a secret of this process, so they reveal no parameter or credential. */
import { createHmac, randomBytes } from "node:crypto";
import type { Pair } from "./percent-encoding.js";
import type { UserCredential } from "../session.js";

interface Named {
  /** The method, and which of its declarations. */
  readonly method: string;
  readonly pairs: readonly Pair[];
  readonly user: UserCredential | undefined;
}

const secret = randomBytes(32);

/** Parameters that do not change what a call is about. */
const presentation: ReadonlySet<string> = new Set(["country", "shopId", "usageTypes", "page", "pageSize", "imageSize"]);

/** Of one call: method, all parameters and the user. */
export function callKey({ method, pairs, user }: Named): string {
  return digest([method, ...credential(user), ...pairs.flat()]);
}

/** Of what a call is about. One broken item in several stores, pages or image sizes is one subject. */
export function subjectOf({ method, pairs, user }: Named): string {
  return callKey({ method, user, pairs: pairs.filter(([name]) => !presentation.has(name)) });
}

/** Of what a write may change and a read may show: the user, and each parameter by itself, such as the ID of a basket. */
export function scopesOf({ pairs, user }: Omit<Named, "method">): readonly string[] {
  const things = pairs.filter(([name]) => !presentation.has(name)).map((pair) => digest(pair));
  return user === undefined ? things : [digest(credential(user)), ...things];
}

function credential(user: UserCredential | undefined): readonly string[] {
  if (user === undefined) return [];
  return "token" in user ? ["token", user.token.key, user.token.secret] : ["partner user", user.partnerUserId];
}

/** NUL is in no parameter. */
function digest(parts: readonly string[]): string {
  return createHmac("sha256", secret).update(parts.join("\0")).digest("base64url");
}
