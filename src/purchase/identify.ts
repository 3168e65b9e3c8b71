/** By what an attempt is known: digests, so that the records name no user and no price. */
import type { UserCredential } from "../upstream/session.js";
import type { AttemptIdentity } from "./attempt.js";
import type { AttemptStore } from "./attempt-store.js";
import type { Intent } from "./intent.js";

export async function identifyAttempt(intent: Intent, store: AttemptStore): Promise<AttemptIdentity> {
  const { user, idempotencyKey, method, payload } = intent;
  const scope = await identifyUser(user, store);
  const fingerprint = await store.digest(JSON.stringify(["payload", method, intent.store, payload]));
  return { scope, idempotencyKey, fingerprint };
}

export function identifyUser(user: UserCredential, store: AttemptStore): Promise<string> {
  return store.digest(JSON.stringify("token" in user ? ["token", user.token.key] : ["user", user.partnerUserId]));
}
