import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask } from "../../support/sandbox/ask.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The answer as it is written, on one line, so that a test can say what stands in it. */
async function written(call: string): Promise<string> {
  const { text } = await ask(sandbox.baseUrl, call);
  return text.replaceAll(/>\s+</g, "><");
}

async function raw(call: string): Promise<string> {
  return (await ask(sandbox.baseUrl, call)).text;
}

const release = (id: number, more = "") => written(`release/details?releaseId=${id}${more}`);
const track = (id: number) => written(`track/details?trackId=${id}`);
const { artists, releases, tracks } = irregular;

/** Answers about a stretch of ids, for what some of them show. */
async function stretch(call: string, first: number, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => written(`${call}=${first + index}`)));
}
const someReleases = () => stretch("release/details?releaseId", 2000, 150);
const someTracks = () => stretch("track/details?trackId", 20_000, 500);
const someArtists = () => stretch("artist/details?artistId", 1000, 100);

/** One that shows the one and not the other. */
function expectOnly(answer: string, shown: RegExp | string, hidden: RegExp): void {
  expect(answer).toMatch(shown);
  expect(answer).not.toMatch(hidden);
}

/** Chosen by what the catalogue says of it. */
function laterReleaseOfTwoDiscs(): number {
  const catalogue = createCatalogue();
  const britain = { country: "GB", shopId: null };
  for (let id = 2000; id < 9000; id++) {
    const release = catalogue.release(id);
    if (release === undefined || release.era === "price" || !catalogue.isAvailable(release, britain)) continue;
    if (catalogue.tracksOf(id, { offset: 0, limit: 500 }).items.some((one) => one.disc === 2)) return id;
  }
  throw new Error("The catalogue has no later release of two discs.");
}

function expectSome(answers: readonly string[], pattern: RegExp): string {
  const found = answers.find((answer) => pattern.test(answer));
  expect(found, `none of ${answers.length} answers shows ${String(pattern)}`).toBeDefined();
  return found ?? "";
}

describe("the answers as text", () => {
  it("begin with a byte order mark, with a declaration, or with both", async () => {
    const starts = new Set<string>();
    for (let id = 1000; id < 1040; id++) starts.add((await raw(`artist/details?artistId=${id}`)).slice(0, 6));
    expect([...starts].sort()).toEqual(["<?xml ", "\uFEFF<?xml", "\uFEFF<resp"]);
  });

  it("break lines in three ways", async () => {
    expect(await raw("artist/details?artistId=1")).not.toContain("\n");
    expect(await raw("release/details?releaseId=155408")).toContain(">\r\n    <title>Dreams</title>\r\n");
    expect(await raw("release/tracks?releaseId=155408")).toContain(">\n\t\t\t<title>Burning</title>\n");
  });

  it("write pound signs in two ways", async () => {
    expect(await raw("release/details?releaseId=155408")).toContain("<formattedPrice>£7.99</formattedPrice>");
    expect(await raw("release/tracks?releaseId=155408")).toContain("<formattedPrice>&#163;0.79</formattedPrice>");
  });

  it("are the same for the same call", async () => {
    const call = "release/chart?toDate=20260101&pageSize=50";
    expect(await raw(call)).toBe(await raw(call));
  });

  it.each([releases.markupTitle, releases.entityTitle, releases.cdataEndTitle, releases.ampersandTitle])(
    "give back the title of release %i as it is, escaped or as CDATA",
    async (id) => {
      const title = createCatalogue().release(id)?.title;
      const read = new XMLParser({ parseTagValue: false, trimValues: false }).parse(await raw(`release/details?releaseId=${id}`)) as {
        response: { release: { title: string } };
      };
      expect(read.response.release.title).toBe(title);
    },
  );

  it("hold some titles as CDATA and others of the kind escaped", async () => {
    expect(await release(releases.entityTitle)).toContain("<title><![CDATA[&amp;]]></title>");
    expect(await release(releases.ampersandTitle)).toMatch(/<title>[^<]*&amp;/);
  });
});

describe("answers of later years", () => {
  it("have a slug and a placeholder for artists", async () => {
    expectOnly(await written(`artist/details?artistId=${artists.later}`), /<slug>[^<]+<\/slug>.*<isPlaceholderImage>false</, /<url>/);
    const placeholder = await written(`artist/details?artistId=${artists.laterWithoutImage}`);
    expect(placeholder).toMatch(/<image>[^<]+<\/image><isPlaceholderImage>true</);
    expectOnly(await written("artist/details?artistId=1"), "<url>", /<slug>|isPlaceholderImage/);
  });

  it("have whose recording it is in details alone", async () => {
    const { text } = await ask(sandbox.baseUrl, `track/details?trackId=${tracks.pdf}`);
    const releaseId = Number(/<release id="(\d+)"/.exec(text)?.[1]);
    expect(text).toMatch(/<pline>\d{4} [^<]+<\/pline>/);
    expectOnly(await written(`release/tracks?releaseId=${releaseId}&pageSize=500`), "<type>pdf</type>", /<pline>|<previewDate>/);
    expect(await release(releaseId)).toMatch(/<cline>\(C\) \d{4} [^<]+<\/cline><pline>\(P\) \d{4} /);
    expect(await release(releases.eraBoth)).not.toMatch(/<[cp]line>/);
  });

  it("have dates of preview and download, which were elsewhere or not there before", async () => {
    expect(await track(tracks.pdf)).toMatch(/<download><previewDate>[^<]+<\/previewDate><releaseDate>/);
    expect(await track(tracks.secondDiscLater)).toMatch(/<previewDate>[^<]+<\/previewDate><download><packages>/);
    expect(await track(tracks.secondDisc)).not.toMatch(/previewDate|<download>/);
  });

  it("tell how popular and how long a release is", async () => {
    expect(await release(releases.eraPackages)).toMatch(/<popularity>.*<duration>\d+<\/duration><trackCount>/);
    expect(await release(155408)).not.toMatch(/popularity|<duration>/);
  });
});

describe("a price", () => {
  it("that is none is empty in the earlier era, without what it is recommended at", async () => {
    const answer = await track(tracks.soldWithReleaseOnly);
    expect(answer).toMatch(/<value( ?\/>|><\/value>)<formattedPrice>N\/A<\/formattedPrice><onSale>false<\/onSale>/);
    expect(answer).not.toContain("rrp");
  });

  it("that is none is nil in the later era", async () => {
    const answer = expectSome(await someTracks(), /<value xsi:nil="true"/);
    expect(answer).toMatch(/<rrp xsi:nil="true"/);
    expect(answer).toMatch(/<sevendigitalPrice xsi:nil="true"/);
  });

  it("stands in packages alone for releases of the latest era, which have a slug and no address", async () => {
    const answer = await release(releases.eraPackages);
    expect(answer).toMatch(/<download><releaseDate>.*<packages><package id="\d+">.*<sevendigitalPrice>/);
    expect(answer).not.toMatch(/<currency |<formats availableDrmFree|<url>/);
    expect(answer).toContain("<slug>");
  });

  it("stands in both places for a while", async () => {
    expect(await release(releases.eraBoth)).toMatch(/<price><currency code="GBP".*<download><packages><package /);
  });

  it("may come from the premium package first", async () => {
    expect(await release(releases.premiumPackageFirst)).toMatch(/<packages>.*<package id="9">.*<package id="2">/);
  });

  it("has no symbol in editorial lists and for some items", async () => {
    const answers = await someReleases();
    expectSome(answers, /<currency code="GBP"( ?\/>|><\/currency>)/);
    expectSome(answers, /<currency code="GBP">(£|&#163;)<\/currency>/);
    expectOnly(await written("editorial/list?key=promo_selection"), '<currency code="GBP"', /<currency code="GBP">[^<]/);
  });

  it("is hidden for some search hits", async () => {
    expect(await written("release/search?q=no%20surprises&pageSize=50")).toMatch(/<price xsi:nil="true"/);
  });
});

describe("numbers and names", () => {
  it("of tracks carry the disc: disc 2 begins with 201, and says so in no other way in the earlier era", async () => {
    const earlier = (await someTracks()).filter((answer) => !answer.includes("<download>"));
    expectSome(earlier, /<trackNumber>2\d\d<\/trackNumber>/);
    expect(earlier.filter((answer) => answer.includes("discNumber"))).toEqual([]);
  });

  it("of tracks name disc and place beside it in the later eras", async () => {
    const answer = await written(`release/tracks?releaseId=${laterReleaseOfTwoDiscs()}&pageSize=500`);
    expect(answer).toMatch(/<trackNumber>201<\/trackNumber>.*<discNumber>2<\/discNumber>.*<number>1<\/number>/);
  });

  it("keep the leading zeros of a barcode, which may be nil or empty too", async () => {
    expect(await release(releases.barcodeLeadingZeros)).toMatch(/<barcode>0\d+<\/barcode>/);
    expect(await release(releases.barcodeNull)).toMatch(/<barcode xsi:nil="true"/);
    expect(await release(releases.barcodeEmpty)).toMatch(/<barcode( ?\/>|><\/barcode>)/);
  });

  it("of pictures that are not there are nil", async () => {
    const answers = await someArtists();
    expectSome(answers, /<image xsi:nil="true"/);
    expect(answers.filter((answer) => answer.includes("<artist ") && !answer.includes("<image"))).toEqual([]);
  });

  it("are 0 where the year is not known", async () => {
    expect(await release(releases.yearUnknown)).toContain("<year>0</year>");
  });

  it("keep the blank at the end of a name", async () => {
    expect(await release(releases.paddedTitle)).toMatch(/<title>[^<]+ <\/title>/);
  });

  it("of files without a bit rate are 0 or empty", async () => {
    const answers = await someReleases();
    expectSome(answers, /<bitRate>0<\/bitRate>/);
    expectSome(answers, /<bitRate( ?\/>|><\/bitRate>)/);
  });

  it("of formats may not say whether they are free of DRM", async () => {
    expectSome(await someReleases(), /<\/price><formats><format /);
    expect(await release(2000)).toContain("<drmFree>");
    expectOnly(await written("release/search?q=no%20surprises"), "<format ", /<drmFree>/);
  });

  it("end artist details with an empty biography at times", async () => {
    expect(await written("artist/details?artistId=1")).toMatch(/<bio><text ?\/><\/bio><\/artist>/);
    expectOnly(await written("artist/details?artistId=20"), '<artist id="20">', /<bio>/);
  });

  it("of pages are 0 in some empty lists", async () => {
    expect(await written(`artist/similar?artistId=${artists.withoutSimilar}`)).toContain(
      "<artists><page>1</page><pageSize>0</pageSize><totalItems>0</totalItems></artists>",
    );
  });
});

describe("tagged results", () => {
  it("say the type in every item for artists of several tags, and beside the paging for one tag", async () => {
    expect(await written("artist/bytag/top?tags=rock,pop")).toContain("<taggedItem><type>artist</type><artist ");
    expect(await written("artist/bytag/top?tags=rock")).toMatch(/<\/totalItems><type>artist<\/type><taggedItem><artist /);
  });

  it("count tags in the list of all tags only", async () => {
    expect(await written("tag?pageSize=1")).toContain("<count>90847</count>");
    expectOnly(await written("artist/tags?artistId=1"), "<tag ", /<count>/);
  });
});
