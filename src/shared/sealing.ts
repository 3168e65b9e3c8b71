/** Seals what a client keeps for us and must neither read nor change: as a JWE (dir, A256GCM) that names its key and its purpose, and
 *  ends by itself. It holds no state, so any copy of the service with the same keys opens what another sealed. @see RFC 7516, RFC 7519 */
import { EncryptJWT, jwtDecrypt, type JWTPayload } from "jose";
import type { SealingKey } from "../config.js";

/** What a sealed text is good for: one made for signing in is not taken for an access token. */
export type SealPurpose = "access" | "sign-in";

export interface Sealed {
  readonly text: string;
  /** Epoch milliseconds, of a whole second. */
  readonly expiresAtMs: number;
}

export interface Sealer {
  seal(purpose: SealPurpose, content: JWTPayload, lifetimeSeconds: number): Promise<Sealed>;
  /** Undefined for whatever was not sealed by one of our keys, for this purpose, or is past its time. Never rejects. */
  open(purpose: SealPurpose, sealed: string): Promise<JWTPayload | undefined>;
}

/** Of a sealed text: ours have some 500 characters. */
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
        const { payload } = await jwtDecrypt(sealed, ({ kid }) => keyNamed(byName, kid), {
          audience: purpose,
          currentDate: new Date(now()),
          requiredClaims: ["exp"],
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        });
        return payload;
      } catch {
        // Why it does not open is nobody's business: the answer to all of it is to sign in again.
        return undefined;
      }
    },
  };
}

function keyNamed(byName: ReadonlyMap<string, Uint8Array>, kid: string | undefined): Uint8Array {
  const key = kid === undefined ? undefined : byName.get(kid);
  if (key === undefined) throw new TypeError("The key is not one of ours.");
  return key;
}
