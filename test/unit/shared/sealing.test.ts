import { EncryptJWT, UnsecuredJWT } from "jose";
import { expect, it } from "vitest";
import { createSealer } from "../../../src/shared/sealing.js";

const start = Date.UTC(2026, 0, 1);
const key = (kid: string, byte: number) => ({ kid, secret: new Uint8Array(32).fill(byte) });
const [one, two] = [key("one", 1), key("two", 2)];

let now = start;
const sealer = createSealer([one], () => now);

/** The protected header, which anybody can read. */
function headerOf(sealed: string): unknown {
  return JSON.parse(Buffer.from(sealed.split(".")[0] ?? "", "base64url").toString("utf8"));
}

it("opens what it sealed, and tells until when", async () => {
  const { text, expiresAtMs } = await sealer.seal("access", { sub: "x" }, 60);
  expect(expiresAtMs).toBe(start + 60_000);
  expect(await sealer.open("access", text)).toMatchObject({ sub: "x", aud: "access", exp: start / 1000 + 60 });
});

it("shows nobody what it sealed, nor makes the same text twice", async () => {
  const { text } = await sealer.seal("access", { sub: "a secret" }, 60);
  expect(headerOf(text)).toEqual({ alg: "dir", enc: "A256GCM", kid: "one" });
  expect(Buffer.from(text.replaceAll(".", ""), "base64url").toString("latin1")).not.toContain("a secret");
  expect((await sealer.seal("access", { sub: "a secret" }, 60)).text).not.toBe(text);
});

it("does not open what is past its time, to the second", async () => {
  const { text } = await sealer.seal("access", {}, 60);
  now = start + 59_999;
  expect(await sealer.open("access", text)).toBeDefined();
  now = start + 60_000;
  expect(await sealer.open("access", text)).toBeUndefined();
  now = start;
});

it("does not take what is for one purpose for another", async () => {
  const { text } = await sealer.seal("sign-in", {}, 60);
  expect(await sealer.open("access", text)).toBeUndefined();
  expect(await sealer.open("sign-in", text)).toBeDefined();
});

it("opens with every key it has, and seals with the first", async () => {
  const before = await sealer.seal("access", { sub: "x" }, 60);
  const rotated = createSealer([two, one], () => now);
  expect(await rotated.open("access", before.text)).toMatchObject({ sub: "x" });
  const after = await rotated.seal("access", {}, 60);
  expect(headerOf(after.text)).toMatchObject({ kid: "two" });
  expect(await sealer.open("access", after.text)).toBeUndefined();
  const retired = createSealer([two], () => now);
  expect(await retired.open("access", before.text)).toBeUndefined();
});

it("opens nothing that a key of ours did not seal as we seal", async () => {
  const { text } = await sealer.seal("access", {}, 60);
  const expiring = () => new EncryptJWT({}).setAudience("access").setExpirationTime(start / 1000 + 60);
  const header = { alg: "dir", enc: "A256GCM", kid: "one" };
  const foreign = {
    "another key of the same name": await expiring().setProtectedHeader(header).encrypt(two.secret),
    "no name of a key": await expiring().setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(one.secret),
    "another cipher": await expiring()
      .setProtectedHeader({ ...header, enc: "A128CBC-HS256" })
      .encrypt(one.secret),
    "another way to agree on a key": await expiring()
      .setProtectedHeader({ ...header, alg: "A256KW" })
      .encrypt(one.secret),
    "no end": await new EncryptJWT({}).setAudience("access").setProtectedHeader(header).encrypt(one.secret),
    "no purpose": await new EncryptJWT({})
      .setExpirationTime(start / 1000 + 60)
      .setProtectedHeader(header)
      .encrypt(one.secret),
    "no encryption": new UnsecuredJWT({})
      .setAudience("access")
      .setExpirationTime(start / 1000 + 60)
      .encode(),
    "a part less": text.slice(0, text.lastIndexOf(".")),
    "a character less": text.slice(0, -1),
    "far too much": `${text}${"A".repeat(5000)}`,
    nothing: "",
  };
  for (const [what, sealed] of Object.entries(foreign)) expect(await sealer.open("access", sealed), what).toBeUndefined();
});

it("opens nothing in which a single bit was turned", async () => {
  const { text } = await sealer.seal("access", {}, 60);
  const parts = text.split(".");
  for (const [index, part] of parts.entries()) {
    const bytes = Buffer.from(part, "base64url");
    if (bytes.length === 0) continue;
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const turned = parts.with(index, bytes.toString("base64url")).join(".");
    expect(await sealer.open("access", turned), `part ${index}`).toBeUndefined();
  }
});
