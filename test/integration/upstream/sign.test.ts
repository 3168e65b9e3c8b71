import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { endpoint } from "../../../src/upstream/endpoint.js";
import type { UpstreamError } from "../../../src/upstream/errors.js";
import { id } from "../../../src/upstream/request/params.js";
import { artistXml, errorXml, fakeUpstream, type Asked, type FakeUpstream } from "../../support/fake-upstream.js";
import { artistDetails, clientOf, failureOf, inBritain, key, secret, signedPost, signedRead } from "../../support/test-client.js";

const artistId = "a b+c&d=é!'()*~";

async function answering(): Promise<FakeUpstream> {
  return fakeUpstream((response) => response.end(artistXml()));
}

describe("a call with the consumer key", () => {
  it("sends its parameters, the country and the key in the query, unsigned", async () => {
    const upstream = await answering();
    await clientOf(upstream).call(artistDetails, { artistId }, inBritain);
    const [asked] = upstream.asked;
    expect(asked?.verb).toBe("GET");
    expect(asked?.path).toBe("/1.2/artist/details");
    expect(asked?.rawQuery).toBe(`artistId=a%20b%2Bc%26d%3D%C3%A9%21%27%28%29%2A~&country=GB&oauth_consumer_key=${key}`);
    expect(asked?.headers).toMatchObject({ accept: "text/xml, application/xml", "accept-encoding": "gzip" });
    expect(asked?.headers.authorization).toBeUndefined();
  });
});

describe("an error that repeats what identifies us", () => {
  it.each([
    [key, undefined],
    [secret, undefined],
    ["oauth_timestamp", undefined],
    ["the letter", "because of the letter"],
  ])("repeats no more than it may of the message: %s", async (repeated, passedOn) => {
    const upstream = await fakeUpstream((response) => response.end(errorXml("1001", `because of ${repeated}`)));
    const failure = (await failureOf(clientOf(upstream).call(artistDetails, { artistId }, inBritain))) as UpstreamError;
    expect(failure.message).toMatch(/^7digital rejected a value that this server sent \(error 1001 of artist\/details\)/);
    expect(failure.sevendigitalMessage).toBe(passedOn);
  });
});

describe("a signed call", () => {
  it("has its parameters in the query and a signature in the header that a strict verifier accepts", async () => {
    const upstream = await answering();
    await clientOf(upstream).call(signedRead, { artistId }, inBritain);
    const asked = one(upstream);
    expect([...asked.query]).toEqual([
      ["artistId", artistId],
      ["country", "GB"],
    ]);
    expect(verified(upstream.url, asked)).toBe(true);
  });

  it("has everything in the form when it is a POST, signed with it", async () => {
    const upstream = await answering();
    await clientOf(upstream).call(signedPost, { artistId }, inBritain);
    const asked = one(upstream);
    expect(asked.verb).toBe("POST");
    expect(asked.rawQuery).toBe("");
    expect(asked.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect([...new URLSearchParams(asked.body)]).toEqual([
      ["artistId", artistId],
      ["country", "GB"],
    ]);
    expect(verified(upstream.url, asked)).toBe(true);
  });

  it("has a parameter that is part of the path in the path alone, and the others in the form of a PUT", async () => {
    const upstream = await answering();
    const put = endpoint({ ...signedPost, path: "users/{artistId}/update", verb: "PUT", params: { artistId: id, name: id } });
    await clientOf(upstream).call(put, { artistId, name: "a & b" }, inBritain);
    const asked = one(upstream);
    expect([asked.verb, asked.rawQuery, asked.headers["content-type"]]).toEqual(["PUT", "", "application/x-www-form-urlencoded"]);
    expect(asked.path).toBe("/1.2/users/a%20b%2Bc%26d%3D%C3%A9%21%27%28%29%2A~/update");
    expect([...new URLSearchParams(asked.body)]).toEqual([
      ["name", "a & b"],
      ["country", "GB"],
    ]);
    expect(verified(upstream.url, asked)).toBe(true);
  });

  it("has everything in the query when it is a DELETE", async () => {
    const upstream = await answering();
    const refund = endpoint({ ...signedPost, verb: "DELETE", params: { artistId: id } });
    await clientOf(upstream).call(refund, { artistId }, inBritain);
    const asked = one(upstream);
    expect([asked.verb, asked.body, asked.query.get("artistId")]).toEqual(["DELETE", "", artistId]);
    expect(asked.headers["content-type"]).toBeUndefined();
    expect(verified(upstream.url, asked)).toBe(true);
  });

  it("sends a write once, whatever its verb", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(503).end());
    const put = endpoint({ ...signedPost, verb: "PUT", params: { artistId: id } });
    await failureOf(clientOf(upstream).call(put, { artistId }, inBritain));
    expect(upstream.asked).toHaveLength(1);
  });

  it("is signed anew when it is sent again", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) response.writeHead(503).end();
      else response.end(artistXml());
    });
    await clientOf(upstream).call(signedRead, { artistId }, inBritain);
    const nonces = upstream.asked.map((asked) => protocolOf(asked).get("oauth_nonce"));
    expect(new Set(nonces).size).toBe(2);
    for (const asked of upstream.asked) expect(verified(upstream.url, asked)).toBe(true);
  });

  it("with the consumer key only, as a POST, has the key in the form", async () => {
    const upstream = await answering();
    const post = endpoint({ ...artistDetails, params: { artistId: id }, verb: "POST", effect: "write" });
    await clientOf(upstream).call(post, { artistId }, inBritain);
    expect(one(upstream).body).toContain(`&oauth_consumer_key=${key}`);
  });

  it("that needs a user is not sent without one", async () => {
    const upstream = await answering();
    const locker = endpoint({ ...artistDetails, params: { artistId: id }, auth: "user" });
    const failure = await failureOf(clientOf(upstream).call(locker, { artistId }, inBritain));
    expect(failure).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(upstream.asked).toHaveLength(0);
  });
});

function one(upstream: FakeUpstream): Asked {
  const [asked] = upstream.asked;
  if (asked === undefined || upstream.asked.length > 1) throw new Error("not exactly one request");
  return asked;
}

function protocolOf(asked: Asked): Map<string, string> {
  const header = asked.headers.authorization ?? "";
  return new Map([...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decodeURIComponent(value)]));
}

/** RFC 5849 §3.2, read independently of the signer: duplicates are kept, nothing is forgiven. */
function verified(origin: string, asked: Asked): boolean {
  const encode = (value: string): string =>
    encodeURIComponent(value).replace(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
  const protocol = protocolOf(asked);
  const signature = protocol.get("oauth_signature");
  protocol.delete("oauth_signature");
  const parameters = [...protocol, ...asked.query, ...new URLSearchParams(asked.body)].map((pair) => pair.map(encode).join("=")).sort();
  const base = [asked.verb, `${origin}${asked.path}`, parameters.join("&")].map(encode).join("&");
  return protocol.get("oauth_consumer_key") === key && signature === createHmac("sha1", `${secret}&`).update(base).digest("base64");
}
