/** What answers of later years have and earlier ones do not: its values, and what it costs where a list has it and where it lacks it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { hasRecordings, readRecordings } from "../../support/given-material.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { CACHE_MAX_BYTES: "0", TRUST_PLAIN_TOKENS: "true" } });
});
afterEach(() => {
  facade.sandbox.faults.clear();
  facade.calls();
});
afterAll(() => facade.close());

async function dataOf<D = unknown>(query: string): Promise<D> {
  const { data, errors } = await facade.query<D>(query);
  expect(errors).toBeUndefined();
  return data;
}

const { artists, releases, tracks } = irregular;
const releaseFields = `slug streamingReleasedAt popularity cline pline availableDrmFree`;
const trackFields = `slug type downloadReleasedAt previewReleasedAt streamingReleasedAt popularity pline availableDrmFree`;

describe.skipIf(!hasRecordings)("recorded details (skipped where no recordings are given)", () => {
  /** The content of the response. */
  const recorded = (file: string): string => {
    const body = readRecordings().find((one) => one.file === file)?.body ?? "";
    return /<response[^>]*>([^]*)<\/response>/.exec(body)?.[1] ?? "";
  };

  it("release/details: has slug, copyright lines and, in 2014, popularity and a streaming date", async () => {
    answerWith(facade, "release/details", recorded("release-details__HEAD-releaseid-1192901__api-stub.xml"));
    expect(await dataOf(`{ release(id: "1192901") { ${releaseFields} releasedAt artist { slug } } }`)).toEqual({
      release: {
        slug: "foo-fighters",
        streamingReleasedAt: null,
        popularity: null,
        cline: "(C) 2010 Hallmark",
        pline: "(P) 2007 BIS",
        availableDrmFree: null,
        releasedAt: "2011-04-11T00:00:00+01:00",
        artist: { slug: "foo-fighters" },
      },
    });
    facade.sandbox.faults.clear();
    answerWith(facade, "release/details", recorded("release-details__releaseid-3395525__api-stub.xml"));
    const { release } = await dataOf<{ release: object }>(`{ release(id: "3395525") { ${releaseFields} } }`);
    expect(release).toMatchObject({ popularity: expect.any(Number) as number, availableDrmFree: true, cline: null });
  });

  it("track/details: has type, slug, dates and the phonographic copyright", async () => {
    answerWith(facade, "track/details", recorded("track-details__HEAD-trackid-12345__api-stub.xml"));
    const day = "1997-07-03T00:00:00Z";
    expect(await dataOf(`{ track(id: "12345") { ${trackFields} release { slug } } }`)).toEqual({
      track: {
        slug: "the-dandy-warhols-come-down",
        type: "AUDIO",
        downloadReleasedAt: day,
        previewReleasedAt: day,
        streamingReleasedAt: day,
        popularity: null,
        pline: "2014 Noz Recordings",
        availableDrmFree: true,
        release: { slug: "the-dandy-warhols-come-down" },
      },
    });
    expect(facade.calls()).toEqual(["track/details"]);
  });

  it("track/details: has the same slug in the address of earlier years, and the preview date beside the download", async () => {
    answerWith(facade, "track/details", recorded("track-details__trackid-41715828__api-stub.xml"));
    const { track } = await dataOf<{ track: object }>(`{ track(id: "41715828") { ${trackFields} release { slug } artist { slug } } }`);
    expect(track).toMatchObject({
      slug: "the-dandy-warhols-come-down",
      previewReleasedAt: "1997-07-03T00:00:00Z",
      downloadReleasedAt: null,
      release: { slug: "the-dandy-warhols-come-down" },
      artist: { slug: "the-dandy-warhols" },
    });
  });

  it("release/tracks: has streaming dates that name no offset, and no type in 2012", async () => {
    const list = (id: string): string => `{ release(id: "${id}") { tracks(first: 2) { nodes { type streamingReleasedAt } } } }`;
    interface Tracks {
      readonly release: { readonly tracks: { readonly nodes: readonly object[] } };
    }
    answerWith(facade, "release/tracks", recorded("release-tracks__releaseid-511154__api-stub.xml"));
    const later = await dataOf<Tracks>(list("511154"));
    expect(later.release.tracks.nodes[0]).toEqual({ type: "AUDIO", streamingReleasedAt: "2013-09-17T00:00:00Z" });
    facade.sandbox.faults.clear();
    answerWith(facade, "release/tracks", recorded("release-tracks__799025__api-stub.xml"));
    const earlier = await dataOf<Tracks>(list("799025"));
    expect(earlier.release.tracks.nodes[0]).toEqual({ type: "OTHER", streamingReleasedAt: null });
  });
});

describe("a slug", () => {
  it("costs nothing wherever the address of the shop's page is included", async () => {
    interface Chart {
      readonly releaseChart: { readonly nodes: readonly { readonly slug: string; readonly artist: { readonly slug: string } }[] };
    }
    const { releaseChart } = await dataOf<Chart>(`{ releaseChart(first: 50) { nodes { slug artist { slug } } } }`);
    expect(facade.calls()).toEqual(["release/chart"]);
    for (const { slug, artist } of releaseChart.nodes) expect([slug, artist.slug]).toEqual([expect.any(String), expect.any(String)]);
  });

  it("is read from the address in both forms that it had", async () => {
    expect(await dataOf(`{ artist(id: "14") { slug } release(id: "415019") { slug } }`)).toEqual({
      artist: { slug: "the-charlatans" },
      release: { slug: "perfect-symmetry-6" },
    });
    answerWith(facade, "release/details", `<release id="1"><url>http://www.7digital.com/artist/a/release/b-1/?partner=1</url></release>`);
    expect(await dataOf(`{ release(id: "1") { slug } }`)).toEqual({ release: { slug: "b-1" } });
    facade.sandbox.faults.clear();
    answerWith(facade, "release/details", `<release id="1"><url>http://www.7digital.com/somewhere/else</url></release>`);
    expect(await dataOf(`{ release(id: "1") { slug } }`)).toEqual({ release: { slug: null } });
  });
});

describe("a placeholder", () => {
  it("is no picture, of an artist, a release or the release of a track", async () => {
    const { laterWithoutImage, later } = artists;
    const query = `{ a: artist(id: "${String(laterWithoutImage)}") { image { url } } b: artist(id: "${String(later)}") { image { url } } }`;
    expect(await dataOf(query)).toEqual({ a: { image: null }, b: { image: { url: expect.any(String) as string } } });
    const picture = (id: number, isPlaceholder: boolean): string =>
      `<release id="${String(id)}"><image>http://cdn.7static.com/a_50.jpg</image><isPlaceholderImage>${String(isPlaceholder)}</isPlaceholderImage></release>`;
    answerWith(facade, "release/details", picture(1, true));
    answerWith(facade, "track/details", `<track id="2">${picture(1, true)}</track>`);
    expect(await dataOf(`{ release(id: "1") { image { url } } track(id: "2") { image { url } } }`)).toEqual({
      release: { image: null },
      track: { image: null },
    });
    facade.sandbox.faults.clear();
    answerWith(facade, "release/details", picture(1, false));
    expect(await dataOf(`{ release(id: "1") { image { url } } }`)).toMatchObject({
      release: { image: { url: expect.any(String) as string } },
    });
  });

  it("is none in lists, a locker and a basket either, at no further cost", async () => {
    const flagged = `<image>http://cdn.7static.com/a_50.jpg</image><isPlaceholderImage>true</isPlaceholderImage>`;
    const listed = `<release id="155408">${flagged}</release>`;
    answerWith(facade, "release/chart", `<chart><totalItems>1</totalItems><chartItem><position>1</position>${listed}</chartItem></chart>`);
    expect(await dataOf(`{ releaseChart(first: 1) { nodes { image { url } } } }`)).toEqual({ releaseChart: { nodes: [{ image: null }] } });
    expect(facade.calls()).toEqual(["release/chart"]);
    answerWith(
      facade,
      "user/locker",
      `<locker><lockerReleases><totalItems>1</totalItems><lockerRelease>${listed}</lockerRelease></lockerReleases></locker>`,
    );
    const { data, errors } = await facade.query(`{ viewer { locker(first: 1) { nodes { release { image { url } } } } } }`, {}, signedIn);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ viewer: { locker: { nodes: [{ release: { image: null } }] } } });
    answerWith(facade, "release/details", listed);
    const line = `<basketItem id="1"><type>release</type><trackId/><releaseId>155408</releaseId></basketItem>`;
    answerWith(facade, "basket", `<basket id="${guid}"><basketItems>${line}</basketItems></basket>`);
    expect(await dataOf(`{ basket(id: "${guid}") { lines { item { image { url } } } } }`)).toEqual({
      basket: { lines: [{ item: { image: null } }] },
    });
  });
});

const guid = "11111111-2222-3333-4444-555555555555";
const signedIn = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };

describe("popularity", () => {
  it("costs nothing in lists that include it, and is what the edge says", async () => {
    interface Lists {
      readonly search: { readonly releases: { readonly edges: readonly Edge[] } };
      readonly tagged: { readonly topReleases: { readonly edges: readonly Edge[] } };
    }
    interface Edge {
      readonly popularity: number;
      readonly node: { readonly popularity: number };
    }
    const edges = `edges { popularity node { popularity } }`;
    const { search, tagged } = await dataOf<Lists>(
      `{ search(query: "love") { releases(first: 20) { ${edges} } } tagged(tags: ["rock"]) { topReleases(first: 20) { ${edges} } } }`,
    );
    expect([...facade.calls()].sort()).toEqual(["release/bytag/top", "release/search"]);
    for (const { popularity, node } of [...search.releases.edges, ...tagged.topReleases.edges]) expect(node.popularity).toBe(popularity);
  });

  it("of a release costs one call of details where a list lacks it", async () => {
    const { release } = await dataOf<{ release: { popularity: number } }>(
      `{ release(id: "${String(releases.eraPackages)}") { popularity } }`,
    );
    expect(release.popularity).toBeGreaterThanOrEqual(0);
    await dataOf(`{ releaseChart(first: 5) { nodes { popularity } } }`);
    expect(facade.calls()).toEqual(["release/details", "release/chart", ...new Array<string>(5).fill("release/details")]);
  });
});

describe("what lists of tracks never include", () => {
  it("costs a call for each track, once", async () => {
    const query = `{ track(id: "${String(tracks.pdf)}") { pline again: pline type } }`;
    expect(await dataOf(query)).toEqual({
      track: { pline: expect.any(String) as string, again: expect.any(String) as string, type: "PDF" },
    });
    expect(facade.calls()).toEqual(["track/details"]);
    await dataOf(`{ release(id: "155408") { tracks(first: 3) { nodes { pline type availableDrmFree } } } }`);
    expect(facade.calls()).toEqual(["release/tracks", "track/details", "track/details", "track/details"]);
  });

  it("is estimated as such, also for a track that is found on its release", async () => {
    const show = async (query: string): Promise<readonly [unknown, readonly string[]]> => {
      const response = await fetch(facade.url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-7d-show-upstream": "true" },
        body: JSON.stringify({ query }),
      });
      const { extensions } = (await response.json()) as { extensions: { upstream: { estimatedByMethod: unknown } } };
      return [extensions.upstream.estimatedByMethod, facade.calls()];
    };
    expect(await show(`{ track(id: "track:12345:1302") { title pline } }`)).toEqual([
      { "release/tracks": 1, "track/details": 1 },
      ["release/tracks", "track/details"],
    ]);
    expect(await show(`{ track(id: "12345") { title pline } }`)).toEqual([{ "track/details": 1 }, ["track/details"]]);
    expect(await show(`{ tracksById(ids: ["track:12345:1302", "12345"]) { pline } }`)).toMatchObject([
      { "release/tracks": 1 },
      ["release/tracks", "track/details"],
    ]);
  });
});
