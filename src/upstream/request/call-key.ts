/** Keys to count calls and remember failures by. Those of calls that all users may share are plain text, as the keys of the cache are. All others are
 *  digests with a secret of this process, so they reveal no parameter or credential. */
import { createHmac, randomBytes } from "node:crypto";
import type { Pair } from "./percent-encoding.js";
import type { SharedKey } from "./request.js";
import type { UserCredential } from "../session.js";

interface Named {
  /** The method, and which of its declarations. */
  readonly method: string;
  readonly pairs: readonly Pair[];
  readonly user: UserCredential | undefined;
  readonly sharedKey: SharedKey | undefined;
}

const secret = randomBytes(32);

/** Parameters that do not change what a call is about. */
const presentation: ReadonlySet<string> = new Set(["country", "shopId", "usageTypes", "page", "pageSize", "imageSize"]);

/** Of one call: method, all parameters and the user. */
export function callKey({ method, pairs, user, sharedKey }: Named): string {
  return sharedKey ?? digest(partsOf(method, pairs, user));
}

/** Of what a call is about. One broken item in several stores, pages or image sizes is one subject. */
export function subjectOf({ method, pairs, user, sharedKey }: Named): string {
  const about = pairs.filter(([name]) => !presentation.has(name));
  return sharedKey === undefined ? digest(partsOf(method, about, user)) : joined(partsOf(method, about, user));
}

/** Of what a write may change and a read may show: the user, and each parameter by itself, such as the ID of a basket. */
export function scopesOf({ pairs, user }: Pick<Named, "pairs" | "user">): readonly string[] {
  const things = pairs.filter(([name]) => !presentation.has(name)).map((pair) => digest(pair));
  return user === undefined ? things : [digest(credential(user)), ...things];
}

function credential(user: UserCredential | undefined): readonly string[] {
  if (user === undefined) return [];
  return "token" in user ? ["token", user.token.key, user.token.secret] : ["partner user", user.partnerUserId];
}

function partsOf(method: string, pairs: readonly Pair[], user: UserCredential | undefined): readonly string[] {
  return [method, ...credential(user), ...pairs.flat()];
}

/** NUL is in no parameter. */
function joined(parts: readonly string[]): string {
  return parts.join("\0");
}

function digest(parts: readonly string[]): string {
  return createHmac("sha256", secret).update(joined(parts)).digest("base64url");
}
