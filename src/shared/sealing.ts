/** Seals what a client keeps and must neither read nor change, as a JWE (dir, A256GCM) that names its key and its purpose, and expires. It
 *  holds no state, so every instance of the service with the same keys opens what another one sealed. @see RFC 7516, RFC 7519 */
import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";
import { bound } from "./scope.js";
import type { SealingKey } from "../config/setting-values.js";

/** What a sealed text is good for: one made for signing in is not taken for an access token. */
export type SealPurpose = "access" | "sign-in";

export interface Sealed {
  readonly text: string;
  /** Epoch milliseconds, of a whole second. */
  readonly expiresAtMs: number;
}

export interface Sealer {
  seal(purpose: SealPurpose, content: JWTPayload, lifetimeSeconds: number): Promise<Sealed>;
  /** Undefined for a text that was not sealed by one of the keys and for this purpose, or has expired. Never rejects. */
  open(purpose: SealPurpose, sealed: string): Promise<JWTPayload | undefined>;
}

export const sealing = bound<Sealer>("sealer");

/** Characters of a sealed text. Ours have some 500. */
const longestSealed = 4096;

/** @param keys The first seals, all open. @param now Epoch milliseconds. */
export function createSealer(keys: readonly [SealingKey, ...SealingKey[]], now: () => number): Sealer {
  const [current] = keys;
  const byName = new Map(keys.map((key) => [key.kid, key.secret]));

  return {
    async seal(purpose, content, lifetimeSeconds) {
      const nowSeconds = Math.floor(now() / 1000);
      const expirySeconds = nowSeconds + lifetimeSeconds;
      const text = await new EncryptJWT(content)
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: current.kid })
        .setAudience(purpose)
        .setIssuedAt(nowSeconds)
        .setExpirationTime(expirySeconds)
        .encrypt(current.secret);
      return { text, expiresAtMs: expirySeconds * 1000 };
    },

    async open(purpose, sealed) {
      if (sealed.length > longestSealed) return undefined;
      try {
        const { payload } = await jwtDecrypt(sealed, ({ kid = "" }) => byName.get(kid) ?? unknownKey(), {
          audience: purpose,
          currentDate: new Date(now()),
          requiredClaims: ["exp"],
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return payload;
      } catch {
        // The reason is not given away: the answer is to sign in again, whatever it is.
        return undefined;
      }
    },
  };
}

function unknownKey(): never {
  throw new TypeError("The key is not one of ours.");
}
