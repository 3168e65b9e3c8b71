import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpoint } from "../../../src/upstream/endpoint.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { id } from "../../../src/upstream/request/params.js";
import { text } from "../../../src/upstream/xml/values.js";
import { createRequestBuilder } from "../../../src/upstream/request/request.js";
import { artistDetails, artistReleases, basketRead, basketWrite, inBritain, purchase, signedRead } from "../../support/test-client.js";

const inShop = { store: { shopId: "34" } };

describe("what is sent", () => {
  it("is the parameters in declared order, without those left out, and the country", () => {
    const pairs = createRequestBuilder().pairs(artistReleases, { page: 2, artistId: "1" }, inBritain);
    expect(pairs).toEqual([
      ["artistId", "1"],
      ["page", "2"],
      ["country", "GB"],
    ]);
  });

  it("is the shop instead of the country where there is one", () => {
    expect(createRequestBuilder().pairs(artistDetails, { artistId: "1" }, inShop)).toContainEqual(["shopId", "34"]);
  });

  it("is what the operator uses music for, with reads of the catalogue alone, and in their keys", () => {
    const byUsage = endpoint({ path: "release/details", auth: "key", effect: "read", byUsage: true, params: { id }, result: text });
    const builder = createRequestBuilder(["download", "subscriptionstreaming"]);
    expect(builder.pairs(byUsage, { id: "1" }, inBritain)).toEqual([
      ["id", "1"],
      ["usageTypes", "download,subscriptionstreaming"],
      ["country", "GB"],
    ]);
    expect(builder.sharedKey(byUsage, { id: "1" }, inBritain)).toContain("\0usageTypes=download,subscriptionstreaming\0");
    for (const other of [artistDetails, basketRead, signedRead]) {
      expect(builder.pairs(other, { artistId: "1" }, inBritain).map(([name]) => name)).not.toContain("usageTypes");
    }
    expect(
      createRequestBuilder()
        .pairs(byUsage, { id: "1" }, inBritain)
        .map(([name]) => name),
    ).toEqual(["id", "country"]);
    expect(createRequestBuilder().sharedKey(byUsage, { id: "1" }, inBritain)).not.toContain("usageTypes");
  });

  it("is nothing when a required parameter is missing", () => {
    const call = (): unknown => createRequestBuilder().pairs(artistDetails, {} as { artistId: string }, inBritain);
    expect(call).toThrow(UpstreamError);
    expect(call).toThrow("artist/details was not called: artistId is missing.");
  });

  it.each(["a\ud83d", "\udc4d", "a\0"])("is nothing when a value cannot be sent: %j", (artistId) => {
    const builder = createRequestBuilder();
    expect(() => builder.pairs(artistDetails, { artistId }, inBritain)).toThrow(/artistId holds a character/);
    expect(() => builder.sharedKey(artistDetails, { artistId }, inBritain)).toThrow(/artistId holds a character/);
  });

  it.each(["", ".", ".."])("is nothing when a parameter would lead to another path: %j", (artistId) => {
    const within = endpoint({ path: "artist/{artistId}/x", auth: "key", effect: "read", params: { artistId: id }, result: text });
    expect(() => createRequestBuilder().pairs(within, { artistId }, inBritain)).toThrow(/artistId would lead to another path/);
    expect(createRequestBuilder().sharedKey(within, { artistId: "a/b" }, inBritain)).toBe(
      "GET artist/{artistId}/x\0artistId=a/b\0country=GB",
    );
  });

  it("is never an oauth_* parameter of a declaration", () => {
    const bad = endpoint({ path: "a", auth: "key", effect: "read", params: { oauth_token: id }, result: text });
    expect(() => createRequestBuilder().pairs(bad, { oauth_token: "x" }, inBritain)).toThrow(/callers must not send oauth_token/);
  });
});

describe("the key under which an answer is shared", () => {
  it("is the same however the caller orders parameters", () => {
    const builder = createRequestBuilder();
    const one = builder.sharedKey(artistReleases, { artistId: "1", type: "album", page: 2 }, inBritain);
    expect(builder.sharedKey(artistReleases, { page: 2, type: "album", artistId: "1" }, inBritain)).toBe(one);
  });

  it("names verb, path, parameters and store, and nothing of who signs", () => {
    const key = createRequestBuilder().sharedKey(artistReleases, { artistId: "1" }, inShop);
    expect(key).toBe("GET artist/releases\0artistId=1\0shopId=34");
  });

  it("does not exist for writes, money, signed reads and reads that are not to be kept", () => {
    const builder = createRequestBuilder();
    for (const one of [basketWrite, purchase, signedRead, basketRead]) {
      expect(builder.sharedKey(one, { artistId: "1" }, inBritain)).toBeUndefined();
    }
  });

  it("differs between two declarations of one method, whose answers have different types", () => {
    const other = endpoint({ path: "artist/details", auth: "key", effect: "read", params: { artistId: id }, result: text });
    const builder = createRequestBuilder();
    const one = builder.sharedKey(artistDetails, { artistId: "1" }, inBritain);
    expect(builder.sharedKey(other, { artistId: "1" }, inBritain)).not.toBe(one);
  });

  it("is different for different parameters, whatever they hold", () => {
    const builder = createRequestBuilder();
    const word = fc.stringMatching(/^[ =&?\n%0-9a-z]{0,4}$/);
    const params = fc.record({ artistId: word, type: fc.option(word, { nil: undefined }) });
    fc.assert(
      fc.property(params, params, (one, other) => {
        const same = one.artistId === other.artistId && one.type === other.type;
        const keys = [one, other].map((each) => builder.sharedKey(artistReleases, each, inBritain));
        expect(keys[0] === keys[1]).toBe(same);
      }),
    );
  });
});
