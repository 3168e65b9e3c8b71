import { describe, expect, it } from "vitest";
import type { SealingKey } from "../../../src/config/setting-values.js";
import { createUserIds } from "../../../src/shared/user-id.js";

const key = (kid: string, byte: number): SealingKey => ({ kid, secret: Buffer.alloc(32, byte) });
const user = { token: { key: "canary-token", secret: "canary-secret" } };
const other = { token: { key: "other-token", secret: "canary-secret" } };
const managed = { partnerUserId: "canary-token" };

describe("the ID of a user", () => {
  it("is the same on every copy that shares the keys, and another without them", () => {
    expect(createUserIds([key("a", 1)]).of(user)).toBe(createUserIds([key("b", 1)]).of(user));
    expect(createUserIds([key("a", 1)]).of(user)).not.toBe(createUserIds([key("a", 2)]).of(user));
  });

  it("differs between users, also where a token is written like a partner's ID", () => {
    const ids = createUserIds([key("a", 1)]);
    expect(new Set([user, other, managed].map((one) => ids.of(one))).size).toBe(3);
    expect(ids.isOf(ids.of(user), user)).toBe(true);
    for (const one of [other, managed]) expect(ids.isOf(ids.of(user), one)).toBe(false);
  });

  it("has 128 bits as 22 characters, and nothing of the user", () => {
    const id = createUserIds([key("a", 1)]).of(user);
    expect(id).toMatch(/^[\w-]{22}$/);
    for (const secret of ["canary-token", "canary-secret"]) {
      expect(id).not.toContain(secret);
      expect(id).not.toContain(Buffer.from(secret).toString("base64url"));
    }
  });

  it("is recognised after the key was rotated, as long as the key is kept", () => {
    const id = createUserIds([key("old", 1)]).of(user);
    expect(createUserIds([key("new", 2), key("old", 1)]).isOf(id, user)).toBe(true);
    expect(createUserIds([key("new", 2)]).isOf(id, user)).toBe(false);
  });

  it("has one form: other text for the same bytes is no ID", () => {
    const ids = createUserIds([key("a", 1)]);
    const id = ids.of(user);
    // 22 characters have 132 bits. The last four of them mean nothing to a decoder.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twin = id.slice(0, 21) + (alphabet[alphabet.indexOf(id.charAt(21)) ^ 1] ?? "");
    expect(Buffer.from(twin, "base64url")).toEqual(Buffer.from(id, "base64url"));
    expect(ids.isOf(twin, user)).toBe(false);
    expect(ids.isOf("", user)).toBe(false);
  });
});
