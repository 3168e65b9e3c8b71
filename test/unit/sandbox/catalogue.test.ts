/** The synthetic catalogue against the API document, against itself, and against the list of its oddities. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { countryOfShop } from "../../../src/sandbox/catalogue/shops.js";
import type { Artist, Price, Range, Release, Slice, Store, Track } from "../../../src/sandbox/model.js";

const catalogue = createCatalogue();
const britain: Store = { country: "GB", shopId: null };
const germany: Store = { country: "DE", shopId: null };
const firstTen: Range = { offset: 0, limit: 10 };
const byScore = { by: "score", descending: true } as const;

function artist(id: number): Artist {
  return present(catalogue.artist(id));
}
function release(id: number): Release {
  return present(catalogue.release(id));
}
function track(id: number): Track {
  return present(catalogue.track(id));
}
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("expected to exist");
  return value;
}
function ids(slice: Slice<{ readonly id: number }>): number[] {
  return slice.items.map((item) => item.id);
}

/** `count` ids spread from 1 to `highest`. */
function sample(highest: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => 1 + Math.floor((place * highest) / count));
}

describe("what the API document shows", () => {
  it.each([
    [1, "Keane", "Keane", "keane"],
    [14, "The Charlatans", "Charlatans, The", "the-charlatans"],
    [20, "Coldplay", "Coldplay", "coldplay"],
    [226, "Pink", "Pink", "pink"],
    [357, "Beastie Boys", "Beastie Boys", "beastie-boys"],
    [437, "The Dandy Warhols", "Dandy Warhols, The", "the-dandy-warhols"],
    [590, "R.E.M.", "R.E.M.", "r-e-m"],
    [1194, "Patti Smith", "Patti Smith", "patti-smith"],
    [5845, "Queens Of The Stone Age", "Queens Of The Stone Age", "queens-of-the-stone-age"],
    [7041, "The Smashing Pumpkins", "Smashing Pumpkins, The", "the-smashing-pumpkins"],
    [17168, "P J Proby", "P J Proby", "p-j-proby"],
    [29755, "The Whitest Boy Alive", "Whitest Boy Alive, The", "the-whitest-boy-alive"],
    [144641, "P J Harvey", "P J Harvey", "p-j-harvey"],
    [162872, "The Last Shadow Puppets", "Last Shadow Puppets, The", "the-last-shadow-puppets"],
  ])("has artist %i, %s", (id, name, sortName, slug) => {
    expect(artist(id)).toMatchObject({ id, name, sortName, slug });
  });

  it("tells all of release 155408", () => {
    expect(release(155408)).toMatchObject({
      title: "Dreams",
      version: "UK",
      type: "Album",
      barcode: "00602517512078",
      year: 2007,
      explicit: false,
      artistId: 29755,
      releaseDate: "2007-10-22T00:00:00+01:00",
      addedDate: "2007-10-11T12:18:29+01:00",
      label: { id: 40, name: "Universal-Island Records Ltd." },
      tags: ["rock", "pop", "electronic", "indie-rock", "2000s"],
      trackCount: 10,
    });
    expect(catalogue.priceOf(release(155408), britain)).toEqual({ currencyCode: "GBP", value: "7.99", rrp: "7.99", onSale: false });
    const tracks = catalogue.tracksOf(155408, { offset: 0, limit: 500 });
    expect(tracks.total).toBe(10);
    expect(tracks.items[0]).toMatchObject({ id: 1628015, title: "Burning", number: 1, disc: 1, duration: 189, isrc: "DED620600065" });
    const recommended = catalogue.recommendedFor({ releaseId: 155408 }, britain, firstTen);
    expect(recommended.total).toBe(10);
    expect(recommended.items[0]).toMatchObject({ id: 34281, title: "Sudden Rush", type: "Single", barcode: "0724355187055" });
  });

  it.each([
    [1, "Ill Communication", "", 357],
    [123, "Even Better Than The Real Thing", "Remix", 106],
    [1302, "...The Dandy Warhols Come Down", "", 437],
    [10147, "Siamese Dream", "", 7041],
    [172744, "Live-Trailer", "", 1],
    [302123, "Original Album Classics", "", 1194],
    [415019, "Perfect Symmetry", "US Album", 1],
    [1136112, "Collapse Into Now", "", 590],
    [1165337, "Queens Of The Stone Age", "", 5845],
  ])("has release %i, %s", (id, title, version, artistId) => {
    expect(release(id)).toMatchObject({ id, title, version, artistId });
  });

  it.each([
    [456, "Sabotage", "", 1],
    [789, "Root Down", "", 1],
    [12345, "I Love You", "", 1302],
    [103818, "Cherub Rock", "", 10147],
    [2458384, "Test", "", 224820],
    [3544116, "Gloria", "Digitally Remastered 1996", 302123],
    [4648051, "Spiralling", "", 415019],
  ])("has track %i, %s", (id, title, version, releaseId) => {
    expect(track(id)).toMatchObject({ id, title, version, releaseId });
  });

  it("has the tracks of which it shows only ids, on their releases", () => {
    expect(track(6598).releaseId).toBe(786);
    expect(track(1693930).releaseId).toBe(160553);
    expect(track(123456).releaseId).toBe(123456);
    expect(track(12345)).toMatchObject({ number: 5, duration: 252, isrc: "USCA29600191" });
    expect(catalogue.priceOf(track(6598), britain).value).toBe("0.99");
    expect(catalogue.priceOf(track(2458384), germany)).toMatchObject({ value: "0.99", currencyCode: "EUR" });
    expect(catalogue.track(123)).toBeDefined();
  });

  it("gives Keane their 42 releases, 13 top tracks and 28 similar artists", () => {
    const releases = catalogue.releasesOf(1, null, britain, firstTen);
    expect([releases.total, ...ids(releases).slice(0, 2)]).toEqual([42, 172744, 36567]);
    const tracks = catalogue.topTracksOf(1, britain, firstTen);
    expect([tracks.total, tracks.items[0]?.id, tracks.items[0]?.title]).toEqual([13, 1628043, "The Night Sky"]);
    const similar = catalogue.similarTo(1, firstTen);
    expect([similar.total, ...ids(similar).slice(0, 2)]).toEqual([28, 14, 20]);
    expect(artist(1).tags.slice(0, 2)).toEqual(["rock", "united-kingdom"]);
  });

  it("browses 3256 artists under p, the P Js first", () => {
    const artists = catalogue.artistsStartingWith("p", firstTen);
    expect([artists.total, ...ids(artists).slice(0, 2)]).toEqual([3256, 144641, 17168]);
  });

  it("finds what was searched", () => {
    const pink = catalogue.searchArtists("pink", byScore, firstTen);
    expect(pink.total).toBe(24);
    expect(pink.items[0]).toMatchObject({ score: 21.4, item: { id: 226, popularity: 0.8 } });
    const surprises = catalogue.searchReleases("no surprises", null, britain, firstTen);
    expect(surprises.total).toBe(4393);
    expect(surprises.items[0]).toMatchObject({ score: 1.9242628, item: { id: 145882, type: "Video", barcode: "0094637383858" } });
    const happy = catalogue.searchTracks("Happy", britain, firstTen);
    expect([happy.total, happy.items[0]?.item.id, happy.items[0]?.item.title]).toEqual([4386, 2855447, "Happy"]);
  });

  it("reads dates the wrong way round as the document does", () => {
    const releases = catalogue.releasesByDate("20090610", "20090603", britain, firstTen);
    expect([releases.total, releases.items[0]?.id, releases.items[0]?.label.name]).toEqual([10, 445267, "Brother Convention Records"]);
    for (const { releaseDate } of releases.items) {
      expect(releaseDate >= "2009-06-03").toBe(true);
      expect(releaseDate < "2009-06-11").toBe(true);
    }
  });

  it("leads the charts", () => {
    expect(catalogue.artistChart("week", "20090601", britain, firstTen).items[0]).toMatchObject({
      position: 1,
      change: "Up",
      item: { id: 162872 },
    });
    expect(catalogue.releaseChart("month", "20080801", britain, firstTen).items[0]).toMatchObject({
      change: "New",
      item: { id: 484694, title: "Lungs" },
    });
    const tracks = catalogue.trackChart("week", "20090301", britain, { offset: 0, limit: 200 });
    expect(tracks).toMatchObject({ fromDate: "2009-02-23T00:00:00Z", toDate: "2009-03-01T00:00:00Z", total: 200 });
    expect(tracks.items[0]).toMatchObject({ change: "Down", item: { id: 3540260, title: "When I Grow Up", artistId: 7059 } });
    expect(catalogue.releaseChart("week", "20090707", britain, firstTen).fromDate).toBe("2009-07-01T00:00:00+01:00");
  });

  it("has 629 tags and the items that carry them", () => {
    const tags = catalogue.tags({ offset: 0, limit: 629 });
    expect(tags.total).toBe(629);
    expect(tags.items.slice(0, 2)).toEqual([
      { id: "pop", text: "pop", count: 90847 },
      { id: "rock", text: "rock", count: 52454 },
    ]);
    expect(catalogue.tag("indie-rock")?.text).toBe("indie rock");
    const artists = present(catalogue.artistsTagged(["rock", "pop", "2000s"], firstTen));
    expect([artists.total, artists.items[0]?.id]).toEqual([24, 226]);
    const top = present(catalogue.releasesTagged(["rock"], "top", britain, firstTen));
    expect([top.total, top.items[0]?.id]).toEqual([35451, 398603]);
    const secondPage = present(catalogue.releasesTagged(["rock"], "new", britain, { offset: 100, limit: 100 }));
    expect([secondPage.total, secondPage.items[0]?.id]).toEqual([35451, 416648]);
    expect(catalogue.artistsTagged(["no-such-tag"], firstTen)).toBeUndefined();
    expect(catalogue.artistsTagged(["rock", "no-such-tag"], firstTen)?.total).toBe(0);
  });

  it("has the editorial lists, of which one is documented", () => {
    const list = present(catalogue.editorialList("featured_albums", britain));
    expect([list.id, ...list.items.map((item) => item.id)]).toEqual([833, 1136112, 1165337]);
    expect(catalogue.editorialList("preorders", britain)?.items.length).toBeGreaterThan(0);
    const kinds = catalogue.editorialList("staff_recommendations", britain)?.items.map((item) => item.content.type);
    expect(new Set(kinds)).toEqual(new Set(["artist", "release", "track"]));
    expect(catalogue.editorialList("no_such_list", britain)).toBeUndefined();
  });
});

describe("cross links", () => {
  it("lead from a track to its release and back", () => {
    for (const id of sample(10_800_000, 2000)) {
      const { releaseId, artistId } = track(id);
      const tracks = catalogue.tracksOf(releaseId, { offset: 0, limit: 500 });
      const own = release(releaseId);
      expect(tracks.items.find((each) => each.id === id)).toEqual(track(id));
      expect([tracks.total, artistId]).toEqual([own.trackCount, own.artistId]);
    }
  });

  it("lead from a release to its artist and back", () => {
    for (const id of sample(1_200_000, 2000)) {
      const own = release(id);
      if (!catalogue.isAvailable(own, britain)) continue;
      expect(ids(catalogue.releasesOf(own.artistId, null, britain, { offset: 0, limit: 50 }))).toContain(id);
      for (const each of catalogue.tracksOf(id, { offset: 0, limit: 500 }).items) expect(each.releaseId).toBe(id);
    }
  });

  it("end at ids that do not exist", () => {
    for (const id of [0, -1, 1.5, 99_999_999, Number.NaN]) {
      expect([catalogue.artist(id), catalogue.release(id), catalogue.track(id)]).toEqual([undefined, undefined, undefined]);
      expect(catalogue.tracksOf(id, firstTen).total).toBe(0);
    }
  });

  it("hold in every list: what it shows is what details answer, and is sold there", () => {
    const range = { offset: 0, limit: 60 };
    const releases = [
      ...catalogue.searchReleases("love", null, germany, range).items.map(({ item }) => item),
      ...catalogue.releaseChart("week", "20120506", germany, range).items.map(({ item }) => item),
      ...present(catalogue.releasesTagged(["jazz"], "new", germany, range)).items,
      ...catalogue.releasesByDate("20110101", "20110301", germany, range).items,
      ...catalogue.recommendedFor({ artistId: 4711 }, germany, range).items,
    ];
    const tracks = [
      ...catalogue.searchTracks("love", germany, range).items.map(({ item }) => item),
      ...catalogue.trackChart("day", "20120506", germany, range).items.map(({ item }) => item),
      ...catalogue.topTracksOf(4711, germany, range).items,
    ];
    expect([releases.length, tracks.length]).toEqual([250, 125]);
    for (const each of releases) expect([release(each.id), catalogue.isAvailable(each, germany)]).toEqual([each, true]);
    for (const each of tracks) expect([track(each.id), catalogue.isAvailable(each, germany)]).toEqual([each, true]);
    const artists = catalogue.searchArtists("wolves", byScore, range).items.map(({ item }) => item);
    expect(artists.length).toBeGreaterThan(0);
    for (const each of artists) expect(artist(each.id)).toEqual(each);
    for (const each of releases.slice(120, 180)) expect(each.tags).toContain("jazz");
  });
});

type List = (range: Range) => Slice<{ readonly id: number | string }>;

const lists: Readonly<Record<string, List>> = {
  artistsStartingWith: (range) => catalogue.artistsStartingWith("pat", range),
  releasesOf: (range) => catalogue.releasesOf(1, ["Album", "Single"], germany, range),
  tracksOf: (range) => catalogue.tracksOf(irregular.releases.hundredTracks, range),
  topTracksOf: (range) => catalogue.topTracksOf(20, britain, range),
  similarTo: (range) => catalogue.similarTo(1, range),
  recommendedFor: (range) => catalogue.recommendedFor({ releaseId: 777 }, britain, range),
  searchArtists: (range) => unscored(catalogue.searchArtists("pale", { by: "name", descending: false }, range)),
  searchReleases: (range) => unscored(catalogue.searchReleases("golden night", ["Single"], britain, range)),
  searchTracks: (range) => unscored(catalogue.searchTracks("no word of the vocabulary", britain, range)),
  releasesByDate: (range) => catalogue.releasesByDate("20100101", "20100102", britain, range),
  artistChart: (range) => unscored(catalogue.artistChart("month", "20100101", britain, range)),
  releaseChart: (range) => unscored(catalogue.releaseChart("year", "20100101", britain, range)),
  trackChart: (range) => unscored(catalogue.trackChart("day", "20100101", britain, range)),
  tags: (range) => catalogue.tags(range),
  artistsTagged: (range) => present(catalogue.artistsTagged(["dream-pop"], range)),
  releasesTagged: (range) => present(catalogue.releasesTagged(["neo-soul"], "top", britain, range)),
};

function unscored<T>(slice: Slice<{ readonly item: T }>): Slice<T> {
  return { total: slice.total, items: slice.items.map(({ item }) => item) };
}

describe.each(Object.entries(lists))("the list of %s", (_, list) => {
  it("is the same in pieces and whole, has each item once, and is as long as it says", () => {
    const whole = list({ offset: 0, limit: 10_000 });
    const wholeIds = whole.items.map((item) => item.id);
    expect(whole.total).toBeGreaterThan(0);
    expect(wholeIds).toHaveLength(whole.total);
    expect(new Set(wholeIds).size).toBe(whole.total);
    fc.assert(
      fc.property(fc.nat(whole.total + 5), fc.nat(80), (offset, limit) => {
        const piece = list({ offset, limit });
        expect(piece.total).toBe(whole.total);
        expect(piece.items.map((item) => item.id)).toEqual(wholeIds.slice(offset, offset + limit));
      }),
      { numRuns: 20 },
    );
  });
});

describe("browsing", () => {
  it.each(["p", "th", "P J", "Über", "mötl", "8", "balsa amateurs, the", ""])(
    "gives names beginning with %j in the order of the alphabet",
    (letters) => {
      const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ø/g, "o").toLowerCase().trim();
      const { total } = catalogue.artistsStartingWith(letters, { offset: 0, limit: 0 });
      const names = [0, Math.floor(total / 2), Math.max(0, total - 300)].flatMap((offset) =>
        catalogue.artistsStartingWith(letters, { offset, limit: 300 }).items.map((each) => plain(each.sortName.replace(/Ø/g, "ø"))),
      );
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(name.startsWith(plain(letters))).toBe(true);
      if (total >= 900) expect(names).toEqual([...names].sort());
    },
  );
});

describe("searching", () => {
  it("gives falling scores and hits that carry a known word", () => {
    const hits = catalogue.searchTracks("Midnight", britain, { offset: 0, limit: 300 });
    expect(hits.total).toBeGreaterThan(11);
    for (const { item } of hits.items) expect(item.title.toLowerCase()).toContain("midnight");
    const scores = hits.items.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it("finds an artist by the whole name, and the artist's releases and tracks", () => {
    const own = artist(4711);
    expect(catalogue.searchArtists(own.name, byScore, firstTen).items[0]?.item.id).toBe(4711);
    expect(catalogue.searchReleases("keane", null, britain, firstTen).items[0]?.item.artistId).toBe(1);
    expect(catalogue.searchReleases(own.name, null, britain, firstTen).items[0]?.item.artistId).toBe(4711);
  });

  it("finds something for any query but z's", () => {
    for (const query of ["xqj", "日本", "!", "the", "a b c d e f g"])
      expect(catalogue.searchReleases(query, null, britain, firstTen).total).toBeGreaterThan(0);
    expect(catalogue.searchArtists("zzzz", byScore, firstTen)).toEqual({ total: 0, items: [] });
    expect(catalogue.searchReleases("ZZZZZZ", null, britain, firstTen).total).toBe(0);
    expect(catalogue.searchTracks("zzzzz", britain, firstTen).total).toBe(0);
  });

  it("sorts artists by popularity or name", () => {
    const popular = catalogue.searchArtists("wolves", { by: "popularity", descending: true }, { offset: 0, limit: 100 }).items;
    const popularities = popular.map(({ item }) => item.popularity);
    expect(popularities).toEqual([...popularities].sort((a, b) => b - a));
  });

  it("answers the same twice, also from another catalogue", () => {
    const again = createCatalogue();
    expect(again.searchTracks("blue day", britain, firstTen)).toEqual(catalogue.searchTracks("blue day", britain, firstTen));
    expect(again.release(777_777)).toEqual(catalogue.release(777_777));
  });
});

describe("money", () => {
  it.each([
    ["GB", "GBP"],
    ["IE", "EUR"],
    ["US", "USD"],
    ["CH", "CHF"],
    ["SE", "SEK"],
    ["PL", "PLN"],
    ["JP", "JPY"],
  ])("of %s is %s, as decimal text", (country, currencyCode) => {
    let onSale = 0;
    for (const id of sample(1_200_000, 300)) {
      const price: Price = catalogue.priceOf(release(id), { country, shopId: null });
      expect(price.currencyCode).toBe(currencyCode);
      for (const amount of [price.value, price.rrp])
        if (amount !== null) expect(amount).toMatch(currencyCode === "JPY" ? /^[1-9]\d*$/ : /^\d+\.\d\d$/);
      if (!price.onSale || price.rrp === null) continue;
      onSale += 1;
      expect(Number(price.value)).toBeLessThan(Number(price.rrp));
    }
    expect(onSale).toBeGreaterThan(5);
  });

  it("depends on the shop, and every shop has a country", () => {
    expect([countryOfShop(34), countryOfShop(38), countryOfShop(0)]).toEqual(["GB", "US", undefined]);
    expect(countryOfShop(1064)).toMatch(/^[A-Z]{2}$/);
    expect(catalogue.priceOf(release(155408), { country: "GB", shopId: 34 }).value).toBe("7.99");
  });
});

describe("oddities", () => {
  const { artists, releases, tracks } = irregular;
  const priceOfRelease = (id: number): Price => catalogue.priceOf(release(id), britain);

  it("has titles and names that are no numbers and no markup", () => {
    expect([releases.numericTitle, releases.yearTitle, releases.digitTitle, releases.zeroLedTitle].map((id) => release(id).title)).toEqual([
      "21",
      "1989",
      "4",
      "007",
    ]);
    expect([releases.exponentTitle, releases.hexTitle].map((id) => release(id).title)).toEqual(["1e5", "0x1F"]);
    expect([releases.markupTitle, releases.entityTitle, releases.cdataEndTitle].map((id) => release(id).title)).toEqual([
      "<3",
      "&amp;",
      "]]>",
    ]);
    expect([tracks.numericTitle, tracks.hexTitle, tracks.exponentTitle, tracks.markupTitle].map((id) => track(id).title)).toEqual([
      "1989",
      "0x1F",
      "1e5",
      "5 < 6",
    ]);
    for (const title of [release(releases.paddedTitle).title, track(tracks.paddedTitle).title, artist(artists.paddedName).name])
      expect(title).toMatch(/\S $/);
    for (const title of [release(releases.nonAsciiTitle).title, track(tracks.nonAsciiTitle).title, artist(artists.nonAsciiName).name])
      expect(title).toMatch(/[^\x20-\x7e]/);
    expect([release(releases.ampersandTitle).title, artist(artists.ampersandName).name]).toEqual([
      expect.stringContaining("&"),
      expect.stringContaining("&"),
    ]);
    expect([release(releases.apostropheTitle).title, artist(artists.numericName).name]).toEqual([expect.stringContaining("'"), "808"]);
    expect(artist(artists.articledName)).toMatchObject({
      name: expect.stringMatching(/^The /) as string,
      sortName: expect.stringMatching(/, The$/) as string,
    });
    expect([release(releases.guestCredit).appearsAs, track(tracks.guestCredit).appearsAs]).toEqual([
      expect.stringContaining("feat."),
      expect.stringContaining("feat."),
    ]);
  });

  it("has what is missing, in all the ways it is missing", () => {
    expect([release(releases.barcodeNull).barcode, release(releases.barcodeEmpty).barcode]).toEqual([null, ""]);
    expect(release(releases.barcodeLeadingZeros).barcode).toMatch(/^00\d{12}$/);
    expect([
      release(releases.yearUnknown).year,
      release(releases.licensorUnknown).licensor.id,
      release(releases.popularityZero).popularity,
    ]).toEqual([0, 0, 0]);
    expect([release(releases.dateUnknown).releaseDate, release(releases.preOrder).releaseDate]).toEqual([
      "0001-01-01T00:00:00",
      "9999-12-31T00:00:00Z",
    ]);
    expect(release(releases.dateWithoutOffset).releaseDate).toMatch(/^20\d\d-\d\d-\d\dT00:00:00$/);
    expect(release(releases.zeroOffsetSpelledOut).releaseDate).toMatch(/\+00:00$/);
    expect([
      track(tracks.durationUnknown).duration,
      artist(artists.withoutImage).hasImage,
      artist(artists.popularityZero).popularity,
    ]).toEqual([0, false, 0]);
    expect([release(releases.explicit).explicit, track(tracks.versioned).version === ""]).toEqual([true, false]);
    expect(catalogue.similarTo(artists.withoutSimilar, firstTen)).toEqual({ total: 0, items: [] });
    expect(catalogue.releasesOf(artists.manyReleases, null, britain, firstTen).total).toBeGreaterThan(42);
  });

  it("has prices that are not there, and packages in either order", () => {
    expect(priceOfRelease(releases.soldByTrackOnly)).toMatchObject({ value: null, rrp: null });
    expect(catalogue.priceOf(track(tracks.soldWithReleaseOnly), britain).value).toBeNull();
    expect(catalogue.priceOf(track(tracks.soldWithReleaseOnlyLater), britain).value).toBeNull();
    expect(track(tracks.soldWithReleaseOnlyLater).era).toBe("both");
    expect(priceOfRelease(releases.onSale)).toMatchObject({ onSale: true, rrp: expect.any(String) as string });
    expect(priceOfRelease(releases.onSaleWithoutRrp)).toMatchObject({ onSale: true, rrp: null });
    expect(priceOfRelease(releases.withoutRrp)).toMatchObject({ onSale: false, rrp: null, value: expect.any(String) as string });
    expect([release(releases.eraPackages).era, release(releases.eraBoth).era, release(155408).era]).toEqual(["packages", "both", "price"]);
    expect(catalogue.packagesOf(release(releases.premiumPackageFirst), britain).map((each) => each.id)).toEqual([9, 2]);
    expect(catalogue.packagesOf(release(releases.hiResPackage), britain).map((each) => each.id)).toEqual([2, 9, 16]);
  });

  it("has formats without a bit rate, and many discs", () => {
    for (const id of [releases.losslessFormat, releases.video])
      expect(release(id).formats.some((format) => format.bitRate === null)).toBe(true);
    expect([release(releases.video).type, track(tracks.video).type]).toEqual(["Video", "video"]);
    expect(track(tracks.pdf)).toMatchObject({ type: "pdf", era: "packages" });
    expect([artist(artists.later), artist(artists.laterWithoutImage)]).toMatchObject([
      { era: "packages", hasImage: true },
      { era: "packages", hasImage: false },
    ]);
    expect([track(tracks.secondDisc).disc, track(tracks.ninthDisc).disc]).toEqual([2, 9]);
    expect([track(tracks.secondDisc).era, track(tracks.soldWithReleaseOnly).era]).toEqual(["price", "price"]);
    expect(track(tracks.secondDiscLater)).toMatchObject({ disc: 2, era: "both" });
    expect(catalogue.tracksOf(releases.twoDiscs, { offset: 0, limit: 500 }).items.at(-1)?.disc).toBe(2);
    expect(release(releases.hundredTracks).trackCount).toBeGreaterThan(100);
  });

  it("has items that are not sold everywhere", () => {
    expect([britain, germany].map((store) => catalogue.isAvailable(release(releases.notInBritain), store))).toEqual([
      false,
      expect.any(Boolean),
    ]);
    expect([britain, germany].map((store) => catalogue.isAvailable(release(releases.notInGermany), store))).toEqual([true, false]);
    const own = track(tracks.notInGermany);
    expect([catalogue.isAvailable(own, germany), catalogue.isAvailable(release(own.releaseId), germany)]).toEqual([false, true]);
  });
});

describe("codes and dates", () => {
  it("have the form of their trade", () => {
    const isrcs = new Set<string>();
    for (const id of sample(1_200_000, 1500)) {
      const { barcode, releaseDate, addedDate } = release(id);
      if (barcode !== null && barcode !== "") expect([barcode.length >= 13, checkSum(barcode)]).toEqual([true, 0]);
      for (const date of [releaseDate, addedDate]) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+0[01]:00)?$/);
      if (/-0[4-9]-/.test(releaseDate) && !releaseDate.endsWith(":00:00")) expect(releaseDate).toMatch(/\+01:00$/);
      for (const { isrc } of catalogue.tracksOf(id, { offset: 0, limit: 3 }).items) expect(isrc).toMatch(/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/);
      for (const { isrc } of catalogue.tracksOf(id, { offset: 0, limit: 3 }).items) isrcs.add(isrc);
    }
    expect(isrcs.size).toBeGreaterThan(3000);
  });

  /** GTINs sum to a multiple of ten with weights 1 and 3 from the right. */
  function checkSum(digits: string): number {
    return (
      Array.from(digits)
        .reverse()
        .reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0) % 10
    );
  }
});
