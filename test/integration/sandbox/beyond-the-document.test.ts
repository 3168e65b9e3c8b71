/** Methods of the sandbox that the API document does not have. What they answer is written from recordings and from 7digital's own clients. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, pathsOf } from "../../support/sandbox/ask.js";
import { signedCall } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** HTTP status and error code. */
async function refusal(call: string): Promise<readonly [number, string | undefined]> {
  const { status, text } = await ask(sandbox.baseUrl, call);
  return [status, pathsOf(text).get("response/error/@code")];
}

async function paths(call: string): Promise<ReadonlyMap<string, string>> {
  return pathsOf((await ask(sandbox.baseUrl, call)).text);
}

describe("release/editorial", () => {
  it("has reviews of some releases", async () => {
    const found = await Promise.all(Array.from({ length: 60 }, (_, index) => paths(`RELEASE/Editorial?RELEASEID=${String(2001 + index)}`)));
    const available = found.filter((answer) => answer.get("response/@status") === "ok");
    const reviewed = available.filter((answer) => answer.get("response/editorial/review/text") !== undefined);
    expect(reviewed.length).toBeGreaterThan(10);
    expect(reviewed.length).toBeLessThan(available.length / 2);
    expect((await paths("release/editorial?releaseId=155408")).get("response/editorial/promotionalText/text")).toBeDefined();
  });

  it("is kept for a day, and refuses what it cannot read", async () => {
    const { headers } = await ask(sandbox.baseUrl, "release/editorial?releaseId=155408");
    expect(headers["cache-control"]).toBe("private, max-age=86400");
    expect(await refusal("release/editorial")).toEqual([400, "1001"]);
    expect(await refusal("release/editorial?releaseId=x")).toEqual([400, "1002"]);
    expect(await refusal("release/editorial?releaseId=999999999")).toEqual([404, "2001"]);
  });
});

describe("tag/related", () => {
  it("has other tags in pages", async () => {
    const answer = await paths("tag/related?tags=rock,pop&pageSize=2&page=2");
    expect([answer.get("response/tags/page"), answer.get("response/tags/totalItems")]).toEqual(["2", "20"]);
    expect(answer.get("response/tags/tag/url")).toMatch(/^http:\/\/www\.7digital\.com\/tags\//);
  });

  it("refuses no tags and unknown ones, as older methods do", async () => {
    expect(await refusal("tag/related")).toEqual([200, "1001"]);
    expect(await refusal("tag/related?tags=rock,,pop")).toEqual([200, "1002"]);
    expect(await refusal("tag/related?tags=no-such-tag")).toEqual([200, "2001"]);
  });
});

describe("merchandising/list/details", () => {
  const items = async (call: string) => {
    const { text } = await ask(sandbox.baseUrl, call);
    return [...text.matchAll(/<listItem id="(\d+)"/g)].map(([, id]) => id);
  };

  it("has a list of each shop under one key, in any case, and that of the default shop without one", async () => {
    const british = await items("merchandising/list/details?key=home1&shopId=34");
    expect(british.length).toBeGreaterThan(5);
    expect(await items("merchandising/list/details?KEY=HOME1")).toEqual(british);
    expect(await items("merchandising/list/details?key=home1&shopid=1064")).not.toEqual(british);
  });

  it("tells artists, releases and tracks in full", async () => {
    const { text } = await ask(sandbox.baseUrl, "merchandising/list/details?key=tabRecommended");
    expect(new Set([...text.matchAll(/<type>(artist|release|track)<\/type>/g)].map(([, type]) => type)).size).toBe(3);
    expect(text).toMatch(/<(price|download)>/);
  });

  it("has an empty list with an empty description", async () => {
    const answer = await paths("merchandising/list/details?key=empty");
    expect([answer.get("response/list/key"), answer.get("response/list/description")]).toEqual(["empty", ""]);
    expect(await items("merchandising/list/details?key=empty")).toEqual([]);
  });

  it("refuses no key and unknown ones", async () => {
    expect(await refusal("merchandising/list/details")).toEqual([200, "1001"]);
    expect(await refusal("merchandising/list/details?key=nothing&shopId=34")).toEqual([200, "2001"]);
    expect(await refusal("merchandising/list/details?key=home1&shopId=x")).toEqual([200, "1002"]);
  });
});

describe("catalogue/artist-byurl and catalogue/release-byurl", () => {
  it("find artists and releases by the slugs of their pages, in any case", async () => {
    const artist = await paths("catalogue/artist-byurl?ArtistSlug=The-Dandy-Warhols");
    expect(["@id", "@key", "name", "sortname"].map((name) => artist.get(`response/artist/${name}`))).toEqual([
      "437",
      "the-dandy-warhols",
      "The Dandy Warhols",
      "Dandy Warhols, The",
    ]);
    const release = await paths("catalogue/release-byurl?artistSlug=the-whitest-boy-alive&releaseSlug=dreams-1&shopId=1064");
    expect(["@id", "@slug", "@shopId"].map((name) => release.get(`response/release/${name}`))).toEqual(["155408", "dreams-1", "1064"]);
  });

  it("find every artist of the catalogue", async () => {
    const catalogue = createCatalogue();
    for (let id = 2; id < 300_000; id += 30_011) {
      const slug = catalogue.artist(id)?.slug ?? "";
      expect((await paths(`catalogue/artist-byurl?artistSlug=${slug}`)).get("response/artist/@key")).toBe(slug);
    }
  });

  it("refuse what is missing or unknown", async () => {
    expect(await refusal("catalogue/artist-byurl")).toEqual([400, "1001"]);
    expect(await refusal("catalogue/artist-byurl?artistSlug=no-such-artist")).toEqual([404, "2001"]);
    expect(await refusal("catalogue/release-byurl?artistSlug=keane")).toEqual([400, "1001"]);
    expect(await refusal("catalogue/release-byurl?releaseSlug=dreams-1")).toEqual([400, "1001"]);
    expect(await refusal("catalogue/release-byurl?artistSlug=keane&releaseSlug=dreams-1")).toEqual([404, "2001"]);
  });
});

describe("artist/match/byId, release/match/byId and track/match/byId", () => {
  const matches = async (call: string) => {
    const { text } = await signedCall(sandbox.baseUrl, call);
    return [...text.matchAll(/<sevenDigitalId>(\d+)<\/sevenDigitalId>\s*<mbId>([\da-f-]+)<\/mbId>/g)].map(([, id, mbId]) => [id, mbId]);
  };

  it.each(["artist", "release", "track"])("%s: lead there and back", async (kind) => {
    const ids = Array.from({ length: 40 }, (_, index) => String(2000 + index));
    const there = await matches(`${kind}/match/byId?sevenDigitalIds=${ids.join()}`);
    expect(there.length).toBeGreaterThan(20);
    expect(there.length).toBeLessThan(40);
    expect(await matches(`${kind}/MATCH/byid?MBIDS=${there.map(([, mbId]) => mbId).join()}`)).toEqual(there);
  });

  it("say of each id that matches nothing", async () => {
    const unknown = "00000000-0000-0000-0000-000000000001";
    const { paths: answer } = await signedCall(sandbox.baseUrl, `artist/match/byId?mbIds=${unknown}`);
    expect([answer.get("response/matches/artists/@mbId"), answer.get("response/matches/artists/matchError/@code")]).toEqual([
      unknown,
      "2001",
    ]);
  });

  it("refuse calls without a signature, without ids, with both and with others", async () => {
    expect((await ask(sandbox.baseUrl, "artist/match/byId?sevenDigitalIds=4")).status).toBe(401);
    const refusals = ["artist/match/byId", "artist/match/byId?sevenDigitalIds=4&mbIds=46e22688-bf7d-4ee2-8f67-e498581408e9"].map(
      async (call) => (await signedCall(sandbox.baseUrl, call)).paths.get("response/error/@code"),
    );
    expect(await Promise.all(refusals)).toEqual(["1001", "1002"]);
    for (const wrong of ["mbIds=1", "sevenDigitalIds=4,x"]) {
      expect((await signedCall(sandbox.baseUrl, `track/match/byId?${wrong}`)).paths.get("response/error/@code")).toBe("1002");
    }
  });
});

describe("country/resolve and country/georestrictions/checkout", () => {
  it.each([
    ["192.0.2.1", "GB", "true"],
    ["203.0.113.9", "DE", "true"],
    ["2001:DB8::1", "FR", "true"],
    ["62.64.31.123", "BR", "false"],
    ["84.45.95.241", "7", "true"],
    ["10.1.2.3", "", "true"],
  ])("%s is in %s", async (address, code, allowed) => {
    expect((await paths(`country/resolve?IPADDRESS=${address}`)).get("response/GeoIpLookup/countryCode")).toBe(code);
    const checkout = await paths(`country/georestrictions/checkout?ipaddress=${address}`);
    expect(checkout.get("response/geoRestrictions/allowCheckout")).toBe(allowed);
  });

  it("are not cached, and refuse what is no address", async () => {
    const { headers } = await ask(sandbox.baseUrl, "country/resolve?ipAddress=192.0.2.1");
    expect(headers["cache-control"]).toBe("no-cache, no-store");
    for (const method of ["country/resolve", "country/georestrictions/checkout"]) {
      expect(await refusal(method)).toEqual([400, "1001"]);
      expect(await refusal(`${method}?ipAddress=example.com`)).toEqual([400, "1002"]);
    }
  });
});

describe("countries and translations", () => {
  it("have the stores with their languages", async () => {
    const { text } = await ask(sandbox.baseUrl, "countries");
    expect(text.match(/<country code="[A-Z]{2}">/g)).toHaveLength(17);
    expect(text).toContain("België/Belgique");
  });

  it("have texts in pages of up to 5000, in the language of the store", async () => {
    const german = await paths("translations?pageSize=5000&country=AT");
    expect([german.get("response/translations/pageSize"), german.get("response/translations/translation/translatedText")]).toEqual([
      "5000",
      "In den Warenkorb",
    ]);
    expect(await refusal("translations?pageSize=5001")).toEqual([400, "1003"]);
    expect((await paths("translations?page=2")).get("response/translations/translation/key")).not.toBe(
      german.get("response/translations/translation/key"),
    );
  });
});
