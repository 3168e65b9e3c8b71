import { createHmac, randomUUID } from "node:crypto";
import { Agent } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { askExactly } from "../../support/sandbox/ask.js";

const nowMs = Date.UTC(2026, 4, 17, 12);
const nowSeconds = nowMs / 1000;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signs by hand: `parameters` in the order they are to be sent, `baseUrl` as it stands in the base string. */
function signature(baseUrl: string, parameters: readonly (readonly [string, string])[], key = "sandbox-secret&") {
  const sorted = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  return createHmac("sha1", key)
    .update(`GET&${encode(baseUrl)}&${encode(sorted.join("&"))}`)
    .digest("base64");
}

const oauth = (changes: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    oauth_consumer_key: "sandbox",
    oauth_nonce: randomUUID(),
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(nowSeconds),
    oauth_version: "1.0",
    ...changes,
  });

const search: [string, string] = ["q", "Rock & Roll! (it's 100% café*)"];
const inQuery = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
const inHeader = (pairs: readonly (readonly [string, string])[]) =>
  `OAuth realm="http://api.7digital.com/", ${pairs.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(", ")}`;

async function signedInQuery(changes: Readonly<Record<string, string>> = {}, key?: string) {
  const url = `${sandbox.baseUrl}/artist/search`;
  const pairs = [search, ...oauth(changes)];
  return askExactly(`${url}?${inQuery([...pairs, ["oauth_signature", signature(url, pairs, key)]])}`);
}

describe("a signature is accepted", () => {
  it("in the query", async () => {
    expect((await signedInQuery()).status).toBe(200);
    expect(sandbox.journal.entries()[0]).toMatchObject({ signed: true, params: { q: search[1] } });
  });

  it("in the Authorization header", async () => {
    const url = `${sandbox.baseUrl}/artist/search`;
    const pairs = oauth();
    const authorization = inHeader([...pairs, ["oauth_signature", signature(url, [...pairs, search])]]);
    expect((await askExactly(`${url}?${inQuery([search])}`, { headers: { authorization } })).status).toBe(200);
  });

  it("over https", async () => {
    const dispatcher = new Agent({ connect: { ca: await sandbox.certificate() } });
    const url = `${sandbox.secureBaseUrl}/status`;
    const pairs = oauth();
    const query = inQuery([...pairs, ["oauth_signature", signature(url, pairs)]]);
    expect((await askExactly(`${url}?${query}`, { dispatcher })).status).toBe(200);
    await dispatcher.close();
  });

  it("with the token of the demo user", async () => {
    const key = "sandbox-secret&demo-token-secret";
    expect((await signedInQuery({ oauth_token: "demo-token" }, key)).status).toBe(200);
  });

  it.each(["once", "twice"])("with the key in query and header, signed %s", async (times) => {
    const url = `${sandbox.baseUrl}/artist/search`;
    const pairs = oauth();
    const key: [string, string] = ["oauth_consumer_key", "sandbox"];
    const signed = times === "once" ? [...pairs, search] : [...pairs, search, key];
    const authorization = inHeader([...pairs, ["oauth_signature", signature(url, signed)]]);
    expect((await askExactly(`${url}?${inQuery([search, key])}`, { headers: { authorization } })).status).toBe(200);
  });

  it("with a base string that leaves out the port", async () => {
    const pairs = oauth();
    const query = inQuery([...pairs, ["oauth_signature", signature("http://127.0.0.1/1.2/status", pairs)]]);
    expect((await askExactly(`${sandbox.baseUrl}/status?${query}`)).status).toBe(200);
  });

  it("with a base string that names the port a Host header does not", async () => {
    const pairs = oauth();
    const query = inQuery([...pairs, ["oauth_signature", signature(`http://localhost:${sandbox.port}/1.2/status`, pairs)]]);
    expect((await askExactly(`${sandbox.baseUrl}/status?${query}`, { headers: { host: "localhost" } })).status).toBe(200);
  });

  it("nine minutes late", async () => {
    expect((await signedInQuery({ oauth_timestamp: String(nowSeconds - 540) })).status).toBe(200);
  });
});

const denied = "OAuth authentication error: Access to resource denied";

describe("a signature is refused with 401 in the words of real answers, and the reason in a header", () => {
  it.each([
    ["made with another secret", {}, "wrong&", "Invalid signature"],
    ["of a token with the wrong secret", { oauth_token: "demo-token" }, "sandbox-secret&", "Invalid signature"],
    ["of an unknown token", { oauth_token: "stolen" }, undefined, "Unknown token"],
    ["of an unknown consumer", { oauth_consumer_key: "somebody" }, undefined, "Unknown consumer key"],
    ["eleven minutes old", { oauth_timestamp: String(nowSeconds - 660) }, undefined, "Timestamp is out of bounds"],
    ["from the future", { oauth_timestamp: String(nowSeconds + 660) }, undefined, "Timestamp is out of bounds"],
    ["by another method", { oauth_signature_method: "PLAINTEXT" }, undefined, "Signature method is not HMAC-SHA1"],
    ["without a nonce", { oauth_nonce: "" }, undefined, "Missing nonce"],
  ])("%s", async (_what, changes, key, reason) => {
    const { status, headers, text } = await signedInQuery(changes, key);
    expect([status, headers["content-type"], text]).toEqual([401, "text/plain; charset=utf-8", denied]);
    expect(headers["x-sandbox-reason"]).toBe(reason);
  });

  it("where a parameter was changed after signing", async () => {
    const url = `${sandbox.baseUrl}/artist/details`;
    const pairs = oauth();
    const signed = signature(url, [["artistId", "1"], ...pairs]);
    const { status } = await askExactly(`${url}?${inQuery([["artistId", "2"], ...pairs, ["oauth_signature", signed]])}`);
    expect(status).toBe(401);
  });

  it.each([
    ["another consumer key", "oauth_consumer_key"],
    ["another token", "oauth_token"],
  ])("where the query has %s than the header, which alone was signed", async (_what, name) => {
    const url = `${sandbox.baseUrl}/artist/search`;
    const pairs = oauth();
    const authorization = inHeader([...pairs, ["oauth_signature", signature(url, [...pairs, search])]]);
    const { status } = await askExactly(`${url}?${inQuery([search, [name, "other"]])}`, { headers: { authorization } });
    expect(status).toBe(401);
  });

  it("the second time it is sent", async () => {
    const url = `${sandbox.baseUrl}/status`;
    const pairs = oauth();
    const call = `${url}?${inQuery([...pairs, ["oauth_signature", signature(url, pairs)]])}`;
    expect((await askExactly(call)).status).toBe(200);
    const again = await askExactly(call);
    expect([again.status, again.text, again.headers["x-sandbox-reason"]]).toEqual([401, denied, "Nonce has been used before"]);
  });

  it("and does not spend its nonce when it is false", async () => {
    const url = `${sandbox.baseUrl}/status`;
    const pairs = oauth();
    await askExactly(`${url}?${inQuery([...pairs, ["oauth_signature", "bm8="]])}`);
    expect((await askExactly(`${url}?${inQuery([...pairs, ["oauth_signature", signature(url, pairs)]])}`)).status).toBe(200);
  });
});

describe("the RFC's own example", () => {
  it("is what the signing of this test agrees with", () => {
    // RFC 5849, 1.2: the request for photos.
    const parameters: [string, string][] = [
      ["file", "vacation.jpg"],
      ["size", "original"],
      ["oauth_consumer_key", "dpf43f3p2l4k3l03"],
      ["oauth_token", "nnch734d00sl2jdk"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", "137131202"],
      ["oauth_nonce", "chapoH"],
    ];
    const signed = signature("http://photos.example.net/photos", parameters, "kd94hf93k423kf44&pfkkdhi9sl3r4s00");
    expect(signed).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
  });
});

describe("an unsigned call", () => {
  it("needs a consumer key, and any will do", async () => {
    const without = await askExactly(`${sandbox.baseUrl}/status`);
    const empty = await askExactly(`${sandbox.baseUrl}/status?oauth_consumer_key=`);
    const anyOne = await askExactly(`${sandbox.baseUrl}/status?oauth_consumer_key=whoever`);
    expect([without.status, empty.status, anyOne.status]).toEqual([401, 401, 200]);
    expect(without.text).toBe("OAuth authentication error: Not authorised - no user credentials provided");
  });

  it("may carry it in a header without quotation marks, as 7digital's C# client does", async () => {
    const headers = { authorization: "oauth_consumer_key=whoever" };
    expect((await askExactly(`${sandbox.baseUrl}/status`, { headers })).status).toBe(200);
  });
});
