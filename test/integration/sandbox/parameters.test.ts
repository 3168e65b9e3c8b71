import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, askExactly, pathsOf } from "../../support/sandbox/ask.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => Date.UTC(2026, 4, 17, 12) });
});
afterAll(() => sandbox.close());

const paths = async (call: string) => pathsOf((await ask(sandbox.baseUrl, call)).text);

/** Ids in the order of the answer, of elements of the name. */
async function ids(call: string, name: string): Promise<string[]> {
  const { text } = await ask(sandbox.baseUrl, call);
  return [...text.matchAll(new RegExp(`<${name} id="([^"]+)"`, "g"))].map((found) => found[1] ?? "");
}

/** [HTTP status, code, message] of an error document. */
async function refusal(call: string): Promise<[number, string | undefined, string | undefined]> {
  const { status, text } = await ask(sandbox.baseUrl, call);
  const found = pathsOf(text);
  expect(found.get("response/@status")).toBe("error");
  return [status, found.get("response/error/@code"), found.get("response/error/errorMessage")];
}

describe("paging", () => {
  it("gives ten items and the first page unless asked otherwise", async () => {
    const answer = await paths("artist/similar?artistId=1");
    expect([answer.get("response/artists/page"), answer.get("response/artists/pageSize")]).toEqual(["1", "10"]);
    expect(await ids("artist/similar?artistId=1", "artist")).toHaveLength(10);
  });

  it("gives pages that follow each other and together are the list", async () => {
    const whole = await ids("artist/similar?artistId=1&pageSize=500", "artist");
    const pages = await Promise.all([1, 2, 3].map((page) => ids(`artist/similar?artistId=1&pageSize=10&page=${page}`, "artist")));
    expect(whole).toHaveLength(28);
    expect(pages.flat()).toEqual(whole);
  });

  it("answers a page beyond the end with no items and no error", async () => {
    const answer = await paths("artist/toptracks?artistId=1&page=100");
    expect([answer.get("response/@status"), answer.get("response/tracks/totalItems")]).toEqual(["ok", "13"]);
    expect(answer.has("response/tracks/track")).toBe(false);
  });

  it.each([
    ["pageSize=501", "1003"],
    ["pageSize=0", "1003"],
    ["pageSize=-5", "1003"],
    ["page=0", "1003"],
    ["pageSize=ten", "1002"],
    ["page=1.5", "1002"],
  ])("refuses %s", async (parameter, code) => {
    expect((await refusal(`artist/similar?artistId=1&${parameter}`)).slice(0, 2)).toEqual([400, code]);
  });

  it("cuts down a page larger than this installation allows, and says so", async () => {
    const later = await startSandbox({ maxPageSize: 50 });
    const answer = await ask(later.baseUrl, "tag?pageSize=500&page=2");
    expect(pathsOf(answer.text).get("response/tags/pageSize")).toBe("50");
    expect(answer.text.match(/<tag /g)).toHaveLength(50);
    expect(pathsOf((await ask(later.baseUrl, "tag?pageSize=501")).text).get("response/error/@code")).toBe("1003");
    await later.close();
  });
});

/** A release with its first track, chosen by what the catalogue says of them. */
function soldInBritainButNotInGermany(): { id: number; trackId: number } {
  const catalogue = createCatalogue();
  const [britain, germany] = ["GB", "DE"].map((country) => ({ country, shopId: null }));
  for (let id = 2000; id < 3000; id++) {
    const release = catalogue.release(id);
    const track = catalogue.tracksOf(id, { offset: 0, limit: 1 }).items[0];
    if (!release || !track || !britain || !germany || catalogue.isAvailable(release, germany)) continue;
    if (catalogue.isAvailable(release, britain) && catalogue.isAvailable(track, britain)) return { id, trackId: track.id };
  }
  throw new Error("The catalogue sells everything in Germany.");
}

describe("the shop", () => {
  const price = async (shop: string) => {
    const answer = await paths(`release/details?releaseId=155408${shop}`);
    return ["currency/@code", "currency", "value", "formattedPrice"].map((name) => answer.get(`response/release/price/${name}`));
  };

  it("is the British one unless a country is named", async () => {
    expect(await price("")).toEqual(["GBP", "£", "7.99", "£7.99"]);
  });

  it("of a country takes its money and writes it as the country does", async () => {
    expect(await price("&country=de")).toEqual(["EUR", "€", "9.99", "9,99€"]);
    expect(await price("&COUNTRY=US")).toEqual(["USD", "$", "9.99", "$9.99"]);
  });

  it("of a shop id wins over the country", async () => {
    expect(await price("&country=US&shopId=36")).toEqual(await price("&country=DE"));
  });

  it("of a country without one is the British one", async () => {
    expect(await price("&country=AQ")).toEqual(await price("&country=GB"));
  });

  it("does not sell everything everywhere", async () => {
    const { id, trackId } = soldInBritainButNotInGermany();
    for (const call of [`release/details?releaseId=${id}`, `release/tracks?releaseId=${id}`, `track/details?trackId=${trackId}`]) {
      expect((await paths(`${call}&country=GB`)).get("response/@status")).toBe("ok");
      expect((await refusal(`${call}&country=DE`)).slice(0, 2)).toEqual([404, "2002"]);
    }
  });

  it.each(["country=GBR", "country=1", "shopId=0", "shopId=home"])("is refused for %s", async (parameter) => {
    expect((await refusal(`artist/details?artistId=1&${parameter}`)).slice(0, 2)).toEqual([400, "1002"]);
  });
});

describe("usageTypes", () => {
  const usages = ["download", "subscriptionStreaming", "adSupportedStreaming"] as const;
  const usagesIn = (found: ReadonlyMap<string, string>): readonly string[] =>
    usages.filter((usage) => found.has(`response/release/${usage}/releaseDate`));

  it.each([
    ["download", ["download"]],
    ["subscriptionStreaming", ["subscriptionStreaming"]],
    ["adsupportedstreaming, DOWNLOAD", ["download", "adSupportedStreaming"]],
    [usages.join(","), usages],
  ])("%s bring what they name, in the shape of later years, and nothing else", async (asked, expected) => {
    const found = await paths(`release/details?releaseId=155408&usageTypes=${encodeURIComponent(asked)}`);
    expect(usagesIn(found)).toEqual(expected);
    expect([found.get("response/release/slug"), found.has("response/release/url"), found.has("response/release/price/value")]).toEqual([
      expect.any(String),
      false,
      false,
    ]);
  });

  it("are left out, and an item is as its era has it", async () => {
    const found = await paths("release/details?releaseId=155408&usageTypes=");
    expect(usagesIn(found)).toEqual([]);
    expect(found.get("response/release/price/value")).toBe("7.99");
  });

  it.each(["streaming", "download,", "download,radio"])("%j are refused", async (asked) => {
    expect((await refusal(`track/details?trackId=12345&usageTypes=${asked}`)).slice(0, 2)).toEqual([400, "1002"]);
  });

  it("mean nothing to baskets", async () => {
    expect((await paths("basket/create?usageTypes=radio")).get("response/basket/itemCount")).toBe("0");
  });
});

describe("imageSize", () => {
  it("changes the width in picture addresses", async () => {
    const found = await paths("release/details?releaseId=155408&imageSize=350");
    expect(found.get("response/release/image")).toBe("http://cdn.7static.com/static/img/sleeveart/00/001/554/0000155408_350.jpg");
    expect((await paths("artist/details?artistId=1&imagesize=33")).get("response/artist/image")).toMatch(/0000000001_33\.jpg$/);
  });

  it.each(["51", "0", "big"])("refuses %s", async (size) => {
    expect((await refusal(`artist/details?artistId=1&imageSize=${size}`)).slice(0, 2)).toEqual([400, "1002"]);
  });
});

describe("errors come with the code, words and HTTP status of real answers", () => {
  it.each([
    ["artist/details", 400, "1001", "Missing or invalid querystring value for artistId"],
    ["artist/search", 400, "1001", "Requires parameter q is missing"],
    ["artist/bytag/top", 200, "1001", 'Missing parameter "tags".'],
    ["editorial/list", 200, "1001", "Required parameter key is missing"],
    ["release/recommend", 400, "1001", "Required parameter releaseId or artistId is missing"],
    ["release/recommend?releaseId=155408&artistId=1", 400, "1002", 'Value of parameter "artistId" is not valid'],
    ["artist/details?artistId=keane", 400, "1002", "Missing or invalid querystring value for artistId"],
    ["release/bydate?fromDate=20090231", 400, "1002", 'Value of parameter "fromDate" is not valid'],
    ["track/preview?trackId=123&redirect=maybe", 400, "1002", 'Value of parameter "redirect" is not valid'],
    ["release/chart?period=day", 200, "1006", 'Value of parameter "period" must be one of: week/month/year'],
    ["artist/releases?artistId=1&type=tape", 400, "1006", 'Value of parameter "type" must be one of: Album/Single/Video'],
    ["artist/releases?artistId=1&type=album,single", 400, "1006", 'Value of parameter "type" must be one of: Album/Single/Video'],
    ["artist/search?q=pink&sort=age", 400, "1006", 'Value of parameter "sort" must be a column and an order: popularity desc'],
    ["artist/details?artistId=999999999", 404, "2001", "Artist not found"],
    ["release/details?releaseId=999999999", 404, "2001", "No releases found with id: 999999999"],
    ["release/tracks?releaseId=999999999", 404, "2001", "Release not found"],
    ["track/details?trackId=999999999", 404, "2001", "Track not found"],
    ["artist/bytag/top?tags=nonesuch", 200, "2001", "None of the provided tag(s) exist."],
    ["editorial/list?key=nonesuch", 200, "2001", "The list was not found"],
  ])("%s", async (call, status, code, message) => {
    const [found, foundCode, foundMessage] = await refusal(call);
    expect([found, foundCode, foundMessage?.trim()]).toEqual([status, code, message]);
  });
});

describe("parameters of single methods", () => {
  it("filter an artist's releases by one type, those of a search by several", async () => {
    const types = async (call: string) => {
      const { text } = await ask(sandbox.baseUrl, call);
      return new Set([...text.matchAll(/<type>(\w+)<\/type>/g)].map((found) => found[1]));
    };
    expect(await types("artist/releases?artistId=1&pageSize=50&type=video")).toEqual(new Set(["Video"]));
    const both = await types("release/search?q=love&pageSize=50&type=album,single");
    expect([...both].filter((type) => type !== "release").sort()).toEqual(["Album", "Single"]);
  });

  it("sort artists, ascending unless told otherwise", async () => {
    const names = async (sort: string) => {
      const { text } = await ask(sandbox.baseUrl, `artist/search?q=pink&pageSize=24${sort}`);
      const parsed = new XMLParser({ parseTagValue: false }).parse(text) as {
        response: { searchResults: { searchResult: { score: string; artist: { name: string } }[] } };
      };
      return parsed.response.searchResults.searchResult;
    };
    const sortNames = async (sort: string) => (await names(sort)).map(({ artist }) => artist.name.toLowerCase().replace(/^the /, ""));
    const [ascending, descending] = [await sortNames("&sort=name"), await sortNames("&sort=name%20desc")];
    expect(ascending).toHaveLength(24);
    expect(ascending).toEqual([...ascending].sort());
    expect(descending).toEqual([...descending].sort().reverse());
    expect(await names("")).toEqual(await names("&sort=score%20desc"));
    const scores = (await names("")).map(({ score }) => Number(score));
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  it("give charts up to yesterday where no day is named", async () => {
    const ending = (await paths("release/chart")).get("response/chart/toDate");
    expect(ending).toBe((await paths("release/chart?toDate=20260516")).get("response/chart/toDate"));
    expect(await ids("release/chart", "release")).toEqual(await ids("release/chart?period=week&toDate=20260516", "release"));
  });

  it("tell the time of the sandbox's clock", async () => {
    expect((await paths("status")).get("response/serviceStatus/serverTime")).toBe("2026-05-17T12:00:00Z");
  });
});

describe("track/preview", () => {
  it("leads to a clip that plays", async () => {
    const { status, headers } = await ask(sandbox.baseUrl, "track/preview?trackId=123");
    expect(status).toBe(302);
    const clip = await askExactly(String(headers["location"]));
    expect([clip.status, clip.headers["content-type"], clip.text.slice(0, 4)]).toEqual([200, "audio/wav", "RIFF"]);
  });

  it("tells the address of the same clip when it is not to redirect", async () => {
    const { headers } = await ask(sandbox.baseUrl, "track/preview?trackId=123&redirect=TRUE");
    expect((await paths("track/preview?trackId=123&redirect=false")).get("response/url")).toBe(headers["location"]);
  });
});
