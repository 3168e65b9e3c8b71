/** Any method by its path, with a plain tree of its XML. */
import { describe, expect, it } from "vitest";
import { asList, type XmlTree } from "../../../src/client/client.js";
import { artistXml, errorXml, fakeUpstream, okXml, respond } from "../../support/fake-upstream.js";
import { errorOf, startStand, type Stand } from "../../support/rest-client.js";

const demo = { token: "demo-token", secret: "demo-token-secret" };

/** A client whose unsigned calls get this answer. */
async function answeredWith(
  body: string,
  status = 200,
): Promise<Stand & { readonly asked: readonly { verb: string; path: string; rawQuery: string }[] }> {
  const upstream = await fakeUpstream(respond(body, status));
  const stand = await startStand({ baseUrl: `${upstream.url}/1.2`, secureBaseUrl: `${upstream.url}/1.2` });
  return { ...stand, asked: upstream.asked };
}

describe("a request", () => {
  it("gives the tree, the text, the status and the rate", async () => {
    const { client, calls } = await startStand();
    const { value, text, status, rateLimit, caching } = await client.request("artist/details", { artistId: 1 }, { country: "de" });
    expect(value["@status"]).toBe("ok");
    expect(value["artist"]).toMatchObject({ "@id": "1", name: "Keane" });
    expect(text).toMatch(/^<\?xml[^]*<response [^]*<name>Keane<\/name>/);
    expect(status).toBe(200);
    expect(rateLimit).toMatchObject({ current: 1 });
    expect(caching.maxAgeSeconds).toBe(432_000);
    expect(calls()).toEqual(["GET artist/details artistId=1&country=DE"]);
  });

  it("keeps text exact, and attributes apart", async () => {
    const content = `<release id="007"><title>1989</title><barcode>00602517512078</barcode><a>1e5</a><b> x &amp; &#163;&amp;amp; </b>
      <note kind="x">beside</note><nothing xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/><empty/><c><![CDATA[<d>]]></c></release>`;
    const { client } = await answeredWith(okXml(content));
    expect((await client.request("release/new")).value).toEqual({
      ...{ "@status": "ok", "@version": "1.2" },
      release: {
        ...{ "@id": "007", title: "1989", barcode: "00602517512078", a: "1e5", b: " x & £&amp; ", empty: "", c: "<d>" },
        note: { "@kind": "x", "#text": "beside" },
        nothing: { "@xsi:nil": "true", "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance" },
      },
    });
  });

  it("gives lists of none, one and several to asList", async () => {
    const tags = async (content: string): Promise<readonly unknown[]> => {
      const { client } = await answeredWith(okXml(`<tags>${content}</tags>`));
      const { tags: found } = (await client.request("x/tags")).value;
      return asList((found === "" ? {} : (found as XmlTree))["tag"]);
    };
    expect(await tags("")).toEqual([]);
    expect(await tags("<tag>rock</tag>")).toEqual(["rock"]);
    expect(await tags("<tag>rock</tag><tag>pop</tag>")).toEqual(["rock", "pop"]);
  });

  it("of a declared method is cached, signed, or sent once, as declared; in any case of its letters", async () => {
    const { client, sandbox, calls } = await startStand({ user: demo });
    await client.request("Artist/Details", { artistid: "1" });
    await client.request("Artist/Details", { artistid: "1" });
    expect((await client.request("user/locker")).value["locker"]).toBeDefined();
    expect(
      (await client.request("user/authenticate", { emailAddress: "demo@sandbox.test", password: "demo" })).value["user"],
    ).toBeDefined();
    expect(calls().map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "GET artist/details",
      "GET user/locker",
      "POST user/authenticate",
    ]);
    const lost = await errorOf(client.request("user/purchase/item", { releaseId: 3069, price: "6.99" }));
    expect(lost).toMatchObject({ name: "SevendigitalError", code: "UPSTREAM_UNAVAILABLE", notSent: false });
    expect(sandbox.sales).toHaveLength(1);
    expect(calls()).toHaveLength(1);
  });

  it("of an undeclared method is sent each time and once, unless it is said to be a read", async () => {
    const { client, asked } = await answeredWith(artistXml());
    await client.request("artist/unheard-of", { artistId: "1" });
    await client.request("artist/unheard-of", { artistId: "1" });
    expect(asked).toHaveLength(2);
    await client.request("artist/unheard-of", { artistId: "1", b: true, a: [1, 2] }, { effect: "read" });
    const again = await client.request("artist/unheard-of", { a: [1, 2], artistId: "1", b: true }, { effect: "read" });
    expect(again.caching.fromCache).toBe(true);
    expect(asked.map(({ rawQuery }) => rawQuery).slice(2)).toEqual(["a=1%2C2&artistId=1&b=true&country=GB&oauth_consumer_key=sandbox"]);
    (again.value as { artist: unknown }).artist = "changed";
    expect((await client.request("artist/unheard-of", { artistId: "1", b: true, a: [1, 2] }, { effect: "read" })).value["artist"]).not.toBe(
      "changed",
    );
  });

  it("is tried again after a failure only if it is a read", async () => {
    const { client, asked } = await answeredWith("", 503);
    await errorOf(client.request("artist/unheard-of"));
    expect(asked).toHaveLength(1);
    await errorOf(client.request("artist/unheard-of", {}, { effect: "read" }));
    expect(asked).toHaveLength(3);
  });

  it("has any verb and any signature, with values of the path in braces", async () => {
    const { client, calls } = await startStand({ user: demo });
    const changed = await client.request(
      "users/{id}/update",
      { id: 1_000_001, emailAddress: "new@sandbox.test" },
      { verb: "PUT", auth: "user" },
    );
    expect(changed.value["@status"]).toBe("ok");
    expect(calls()).toEqual(["PUT users/{id}/update country=GB"]);
    const applied = await errorOf(client.request("user/unlimitedStreaming", { userId: "x" }, { verb: "POST" }));
    expect(applied).toMatchObject({ sevendigitalCode: "1001" });
    expect(calls()[0]).toMatch(/^POST user\/unlimitedStreaming/);
  });

  it("takes the parameters that all calls have in common", async () => {
    const { client, calls } = await startStand({ defaultParams: { shopId: "34", pageSize: 3, imageSize: 350 } });
    await client.request("artist/releases", { artistId: "1" });
    await client.request("artist/releases", { artistId: "1", pagesize: 2, country: "fr" });
    expect(calls()).toEqual([
      "GET artist/releases artistId=1&imageSize=350&pageSize=3&shopId=34",
      "GET artist/releases artistId=1&imageSize=350&pagesize=2&country=FR",
    ]);
  });

  it("fails with the same error as a typed call", async () => {
    const { client } = await startStand();
    expect(await errorOf(client.request("artist/details", { artistId: "999999999" }))).toMatchObject({
      ...{ name: "SevendigitalError", code: "NOT_FOUND", sevendigitalCode: "2001", status: 404, method: "artist/details" },
    });
    expect(await errorOf(client.request("no/such-method"))).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", status: 404 });
  });

  it("tells what is no answer of 7digital's", async () => {
    const bodies: readonly (readonly [string, string])[] = [
      ["UPSTREAM_BAD_RESPONSE", "<html>Hello</html>"],
      ["UPSTREAM_BAD_RESPONSE", ""],
      ["UPSTREAM_BAD_RESPONSE", "{}"],
      ["UPSTREAM_BAD_RESPONSE", okXml("<__proto__><a>1</a></__proto__>")],
      ["UPSTREAM_ERROR", errorXml("3001")],
    ];
    for (const [code, body] of bodies) {
      const { client } = await answeredWith(body);
      expect(await errorOf(client.request("artist/x")), body).toMatchObject({ code, status: 200, method: "artist/x" });
    }
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  it("leads to no other place, and sets no OAuth parameter", async () => {
    const { client, asked } = await answeredWith(artistXml());
    for (const path of ["../1.1/artist", "/artist", "artist//x", "artist?x=1", "http://elsewhere.example/", "artist/./x", "", "a/../b"]) {
      expect(await errorOf(client.request(path)), path).toMatchObject({ code: "UPSTREAM_REJECTED_INPUT", notSent: true });
    }
    for (const params of [{ oauth_token: "x" }, { id: ".." }, { id: "" }]) {
      expect(await errorOf(client.request("users/{id}/x", { id: "5", ...params }))).toMatchObject({
        code: "UPSTREAM_REJECTED_INPUT",
        notSent: true,
      });
    }
    expect(await errorOf(client.request("users/{id}/x"))).toMatchObject({ message: "users/{id}/x was not called: id is missing." });
    const odd = { x: { a: 1 } } as unknown as Record<string, string>;
    expect(await errorOf(client.request("users", odd))).toMatchObject({
      message: "users was not called: x has a value of the wrong type.",
    });
    expect(asked).toEqual([]);
  });
});
