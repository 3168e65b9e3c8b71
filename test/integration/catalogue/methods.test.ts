/** Every method of the document's catalogue part, asked through the graph: what reaches 7digital, and what comes back. Expected values
 *  are those of the document's own examples. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade();
});

beforeEach(() => {
  facade.calls();
});

afterAll(async () => {
  await facade.close();
});

/** The answer's data, and the one call that was made for it. */
async function ask(query: string): Promise<{ data: unknown; method: string; params: Readonly<Record<string, string>> }> {
  const { data, errors } = await facade.query(query);
  expect(errors).toBeUndefined();
  const entries = facade.sandbox.journal.entries();
  expect(entries).toHaveLength(1);
  const [call] = entries;
  return { data, method: call?.method ?? "", params: call?.params ?? {} };
}

describe("artists", () => {
  it("artist/browse: lists the names that begin with the letters", async () => {
    const { data, method, params } = await ask(`{ artists(startingWith: "p", first: 2) { totalCount nodes { artistId name } } }`);
    expect(method).toBe("artist/browse");
    expect(params).toEqual({ letter: "p", page: "1", pageSize: "2", country: "GB" });
    const nodes = [
      { artistId: "144641", name: "P J Harvey" },
      { artistId: "17168", name: "P J Proby" },
    ];
    expect(data).toEqual({ artists: { totalCount: 3256, nodes } });
  });

  it("artist/chart: counts a period up to a day", async () => {
    const { data, method, params } = await ask(`{
      artistChart(period: DAY, until: "2009-06-01", first: 1) { fromDate toDate edges { position change node { name } } }
    }`);
    expect(method).toBe("artist/chart");
    expect(params).toMatchObject({ period: "day", toDate: "20090601" });
    expect(data).toMatchObject({ artistChart: { toDate: "2009-06-01", edges: [{ position: 1 }] } });
  });

  it("artist/details: tells an artist", async () => {
    const { data, method, params } = await ask(`{ artist(id: "artist:1") { id artistId name sortName url image { url width } } }`);
    expect(method).toBe("artist/details");
    expect(params).toEqual({ artistId: "1", country: "GB" });
    expect(data).toEqual({
      artist: {
        id: "artist:1",
        artistId: "1",
        name: "Keane",
        sortName: "Keane",
        url: expect.stringMatching(/^http:\/\/www\.7digital\.com\/artists\/keane\//) as string,
        image: { url: "https://cdn.7static.com/static/img/artistimages/00/000/000/0000000001_150.jpg", width: 150 },
      },
    });
  });

  it("artist/releases: lists releases of a type", async () => {
    const { data, method, params } = await ask(
      `{ artist(id: "1") { releases(types: [VIDEO], first: 1) { nodes { releaseId title type } } } }`,
    );
    expect(method).toBe("artist/releases");
    expect(params).toEqual({ artistId: "1", type: "video", page: "1", pageSize: "1", country: "GB" });
    expect(data).toEqual({ artist: { releases: { nodes: [{ releaseId: "172744", title: "Live-Trailer", type: "VIDEO" }] } } });
  });

  it("artist/search: finds artists with score and popularity", async () => {
    const { data, method, params } = await ask(`{
      search(query: " pink ") { artists(sort: POPULARITY_DESC, first: 5) { totalCount edges { score popularity node { name } } } }
    }`);
    expect(method).toBe("artist/search");
    expect(params).toMatchObject({ q: "pink", sort: "popularity desc" });
    expect(data).toMatchObject({ search: { artists: { totalCount: 24 } } });
    facade.calls();
    const best = await ask(`{ search(query: "pink") { artists(first: 1) { edges { score popularity node { name artistId } } } } }`);
    expect(best.params).toMatchObject({ sort: "score desc" });
    expect(best.data).toEqual({
      search: { artists: { edges: [{ score: 21.4, popularity: 0.8, node: { name: "Pink", artistId: "226" } }] } },
    });
  });

  it("artist/toptracks: lists the most popular tracks", async () => {
    const { data, method } = await ask(`{ artist(id: "1") { topTracks(first: 1) { totalCount nodes { trackId title } } } }`);
    expect(method).toBe("artist/toptracks");
    expect(data).toEqual({ artist: { topTracks: { totalCount: 13, nodes: [{ trackId: "1628043", title: "The Night Sky" }] } } });
  });

  it("artist/similar: lists artists alike", async () => {
    const { data, method } = await ask(`{ artist(id: "1") { similarArtists(first: 2) { totalCount nodes { name sortName } } } }`);
    expect(method).toBe("artist/similar");
    const nodes = [
      { name: "The Charlatans", sortName: "Charlatans, The" },
      { name: "Coldplay", sortName: "Coldplay" },
    ];
    expect(data).toEqual({ artist: { similarArtists: { totalCount: 28, nodes } } });
  });

  it("artist/tags: lists tags", async () => {
    const { data, method } = await ask(`{ artist(id: "1") { tags { nodes { id text } } } }`);
    expect(method).toBe("artist/tags");
    expect(data).toMatchObject({
      artist: {
        tags: {
          nodes: expect.arrayContaining([
            { id: "tag:rock", text: "rock" },
            { id: "tag:united-kingdom", text: "united kingdom" },
          ]) as unknown,
        },
      },
    });
  });

  it("artist/bytag/top: lists artists that carry all the tags", async () => {
    const { data, method, params } = await ask(
      `{ tagged(tags: ["rock", "tag:pop", "2000s"]) { artists(first: 1) { totalCount nodes { name } } } }`,
    );
    expect(method).toBe("artist/bytag/top");
    expect(params["tags"]?.split(",").sort()).toEqual(["2000s", "pop", "rock"]);
    expect(data).toEqual({ tagged: { artists: { totalCount: 24, nodes: [{ name: "Pink" }] } } });
  });
});

describe("releases", () => {
  it("release/bydate: lists releases of some days", async () => {
    const { data, method, params } = await ask(
      `{ newReleases(from: "2009-06-03", to: "2009-06-10", first: 1) { totalCount nodes { title } } }`,
    );
    expect(method).toBe("release/bydate");
    expect(params).toMatchObject({ fromDate: "20090603", toDate: "20090610" });
    expect(data).toEqual({ newReleases: { totalCount: 10, nodes: [{ title: "Devils Claws E.P" }] } });
  });

  it("release/chart: counts a period", async () => {
    const { data, method, params } = await ask(
      `{ releaseChart(period: MONTH, first: 1) { edges { position change node { title barcode } } } }`,
    );
    expect(method).toBe("release/chart");
    expect(params).toMatchObject({ period: "month" });
    const edge = { position: 1, change: "NEW", node: { title: "Lungs", barcode: "00602527116761" } };
    expect(data).toEqual({ releaseChart: { edges: [edge] } });
  });

  it("release/details: tells a release", async () => {
    const { data, method } = await ask(`{
      release(id: "155408") {
        title version type barcode year explicit releasedAt addedAt artistCredit artist { artistId name }
        price { current { amount currencyCode display } rrp { amount } onSale soldAs } formats { formatId fileFormat bitRate drmFree }
        label { labelId name }
      }
    }`);
    expect(method).toBe("release/details");
    expect(data).toEqual({
      release: {
        title: "Dreams",
        version: "UK",
        type: "ALBUM",
        barcode: "00602517512078",
        year: 2007,
        explicit: false,
        releasedAt: "2007-10-22T00:00:00+01:00",
        addedAt: "2007-10-11T12:18:29+01:00",
        artistCredit: "The Whitest Boy Alive",
        artist: { artistId: "29755", name: "The Whitest Boy Alive" },
        price: {
          current: { amount: "7.99", currencyCode: "GBP", display: "£7.99" },
          rrp: { amount: "7.99" },
          onSale: false,
          soldAs: "ITEM",
        },
        formats: [{ formatId: "17", fileFormat: "MP3", bitRate: 320, drmFree: true }],
        label: { labelId: "40", name: "Universal-Island Records Ltd." },
      },
    });
  });

  it("release/recommend: by release", async () => {
    const { data, method, params } = await ask(
      `{ release(id: "155408") { recommendedReleases(first: 1) { totalCount nodes { title type } } } }`,
    );
    expect(method).toBe("release/recommend");
    expect(params).toMatchObject({ releaseId: "155408" });
    expect(data).toEqual({ release: { recommendedReleases: { totalCount: 10, nodes: [{ title: "Sudden Rush", type: "SINGLE" }] } } });
  });

  it("release/recommend: by artist", async () => {
    const { method, params } = await ask(`{ artist(id: "1") { recommendedReleases(first: 1) { nodes { title } } } }`);
    expect(method).toBe("release/recommend");
    expect(params).toMatchObject({ artistId: "1" });
    expect(params).not.toHaveProperty("releaseId");
  });

  it("release/search: finds releases of some types", async () => {
    const { data, method, params } = await ask(`{
      search(query: "no surprises") { releases(types: [VIDEO, ALBUM], first: 1) { edges { score node { title type } } } }
    }`);
    expect(method).toBe("release/search");
    expect(params).toMatchObject({ q: "no surprises", type: "album,video" });
    expect(data).toEqual({ search: { releases: { edges: [{ score: 1.9242628, node: { title: "No Surprises", type: "VIDEO" } }] } } });
  });

  it("release/tracks: lists tracks in order", async () => {
    const { data, method } = await ask(
      `{ release(id: "155408") { tracks(first: 1) { totalCount nodes { trackId title durationSeconds isrc number discNumber } } } }`,
    );
    expect(method).toBe("release/tracks");
    const track = { trackId: "1628015", title: "Burning", durationSeconds: 189, isrc: "DED620600065", number: 1, discNumber: 1 };
    expect(data).toEqual({ release: { tracks: { totalCount: 10, nodes: [track] } } });
  });

  it("release/tags: lists tags, in pages like all lists, by one call", async () => {
    const { data, method } = await ask(`{ release(id: "155408") {
      tags { nodes { tagId } }
      first: tags(first: 2) { totalCount nodes { tagId } pageInfo { hasNextPage endCursor } }
      last: tags(first: 2, after: "4") { nodes { tagId } edges { cursor } pageInfo { hasNextPage hasPreviousPage } }
    } }`);
    expect(method).toBe("release/tags");
    expect(data).toEqual({
      release: {
        tags: { nodes: ["rock", "pop", "electronic", "indie-rock", "2000s"].map((tagId) => ({ tagId })) },
        first: { totalCount: 5, nodes: [{ tagId: "rock" }, { tagId: "pop" }], pageInfo: { hasNextPage: true, endCursor: "2" } },
        last: { nodes: [{ tagId: "2000s" }], edges: [{ cursor: "5" }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
      },
    });
  });

  it("release/bytag/new: lists the newest releases that carry a tag", async () => {
    const { data, method, params } = await ask(
      `{ tag(id: "rock") { tagged { newReleases(first: 100, offset: 100) { totalCount nodes { title } } } } }`,
    );
    expect(method).toBe("release/bytag/new");
    expect(params).toMatchObject({ tags: "rock", page: "2", pageSize: "100" });
    expect(data).toMatchObject({ tag: { tagged: { newReleases: { totalCount: 35451 } } } });
  });

  it("release/bytag/top: lists the most popular releases that carry a tag", async () => {
    const { data, method } = await ask(`{ tagged(tags: ["rock"]) { topReleases(first: 1) { edges { popularity node { title } } } } }`);
    expect(method).toBe("release/bytag/top");
    expect(data).toMatchObject({ tagged: { topReleases: { edges: [{ node: { title: "It's Blitz!" } }] } } });
  });
});

describe("tracks", () => {
  it("track/chart: counts a period", async () => {
    const { data, method } = await ask(
      `{ trackChart(period: WEEK, until: "2009-03-01", first: 1) { edges { position node { trackId title } } } }`,
    );
    expect(method).toBe("track/chart");
    expect(data).toEqual({ trackChart: { edges: [{ position: 1, node: { trackId: "3540260", title: "When I Grow Up" } }] } });
  });

  it("track/details: tells a track", async () => {
    const { data, method } = await ask(`{
      track(id: "12345") {
        id trackId releaseId title version number discNumber durationSeconds explicit isrc artistCredit artist { name } release { title type }
      }
    }`);
    expect(method).toBe("track/details");
    expect(data).toEqual({
      track: {
        id: "track:12345:1302",
        trackId: "12345",
        releaseId: "1302",
        title: "I Love You",
        version: null,
        number: 5,
        discNumber: 1,
        durationSeconds: 252,
        explicit: false,
        isrc: "USCA29600191",
        artistCredit: "The Dandy Warhols",
        artist: { name: "The Dandy Warhols" },
        release: { title: "...The Dandy Warhols Come Down", type: "ALBUM" },
      },
    });
  });

  it("track/preview: tells where a clip is, and follows no redirect", async () => {
    const { data, method, params } = await ask(`{ track(id: "track:12345:1302") { clipIfAvailable } }`);
    expect(method).toBe("track/preview");
    expect(params).toMatchObject({ trackId: "12345", redirect: "false" });
    expect(data).toEqual({ track: { clipIfAvailable: expect.stringMatching(/^https?:\/\/.+\.clip\.\w+$/) as string } });
  });

  it("track/search: finds tracks", async () => {
    const { data, method } = await ask(`{ search(query: "Happy") { tracks(first: 1) { totalCount nodes { trackId title } } } }`);
    expect(method).toBe("track/search");
    expect(data).toEqual({ search: { tracks: { totalCount: 4386, nodes: [{ trackId: "2855447", title: "Happy" }] } } });
  });
});

describe("the rest", () => {
  it("tag: lists all tags, most used first", async () => {
    const { data, method } = await ask(`{ tags(first: 2) { totalCount nodes { tagId text url count } } }`);
    expect(method).toBe("tag");
    expect(data).toMatchObject({
      tags: {
        totalCount: 629,
        nodes: [
          { tagId: "pop", text: "pop", count: 90847 },
          { tagId: "rock", count: 52454 },
        ],
      },
    });
  });

  it("editorial/list: tells a curated list", async () => {
    const { data, method, params } = await ask(`{
      editorialList(key: "featured_albums") { id key items { nodes { entryId content { __typename ... on Release { title artist { name } } } } } }
    }`);
    expect(method).toBe("editorial/list");
    expect(params).toMatchObject({ key: "featured_albums" });
    expect(data).toMatchObject({
      editorialList: {
        id: "editorialList:featured_albums",
        key: "featured_albums",
        items: {
          nodes: [
            { content: { __typename: "Release", title: "Collapse Into Now", artist: { name: "R.E.M." } } },
            { content: { __typename: "Release", title: "Queens Of The Stone Age" } },
          ],
        },
      },
    });
  });

  it("status: tells the server's time", async () => {
    const { data, method } = await ask("{ upstreamTime }");
    expect(method).toBe("status");
    const { upstreamTime } = data as { upstreamTime: string };
    expect(Math.abs(Date.parse(upstreamTime) - Date.now())).toBeLessThan(60_000);
  });
});
