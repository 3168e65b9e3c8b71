/** IDs of users that reveal nothing of them: digests of what 7digital knows them by, their token or the partner's ID. */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { SealingKey } from "../config/setting-values.js";
import type { UserCredential } from "../upstream/session.js";
import { bound } from "./scope.js";

export interface UserIds {
  /** 22 characters, of the base64url alphabet. */
  of(user: UserCredential): string;
  /** Whether it is an ID of this user, also one made with an earlier key. */
  isOf(id: string, user: UserCredential): boolean;
}

export const userIds = bound<UserIds>("user IDs");

/** Without the token's secret. Records of purchases have digests of this text: a change would lose them. */
export function nameOfUser(user: UserCredential): string {
  return JSON.stringify("token" in user ? ["token", user.token.key] : ["user", user.partnerUserId]);
}

/** @param keys The first makes IDs, all recognise them. */
export function createUserIds(keys: readonly [SealingKey, ...SealingKey[]]): UserIds {
  const [current, ...earlier] = keys.map(({ secret }) => Buffer.from(hkdfSync("sha256", secret, "", "user-id", 32)));
  if (current === undefined) throw new TypeError("User IDs need a key.");
  return {
    of: (user) => digest(current, user),
    isOf: (id, user) => [current, ...earlier].some((key) => isSame(digest(key, user), id)),
  };
}

/** 128 bits. */
function digest(key: Buffer, user: UserCredential): string {
  return createHmac("sha256", key).update(nameOfUser(user)).digest().subarray(0, 16).toString("base64url");
}

/** Compares in constant time. */
function isSame(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
