/** 7digital's irregularities as a client of the graph sees them: set right where they can be, honest nulls where not. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade();
});

afterAll(async () => {
  await facade.close();
});

/** Lets the next call of a method be answered with this content. */
function answerOnce(method: string, content: string): void {
  const body = `\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<response status="ok" version="1.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</response>`;
  facade.sandbox.faults.add({ method, times: 1, fault: { kind: "status", status: 200, body, contentType: "text/xml; charset=utf-8" } });
}

let lastId = 7_000_000;

async function release(content: string, fields: string): Promise<unknown> {
  const id = String(++lastId);
  answerOnce("release/details", `<release id="${id}">${content}</release>`);
  const { data, errors } = await facade.query<{ release: unknown }>(`{ release(id: "${id}") { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.release;
}

async function track(content: string, fields: string): Promise<unknown> {
  const id = String(++lastId);
  answerOnce("track/details", `<track id="${id}">${content}</track>`);
  const { data, errors } = await facade.query<{ track: unknown }>(`{ track(id: "${id}") { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.track;
}

const price = "price { current { amount currencyCode display } rrp { amount display } onSale soldAs }";

describe("a price", () => {
  it("of the first era keeps its digits and gets the decimals of its currency", async () => {
    const xml = `<price><currency code="GBP">&#163;</currency><value>5</value><formattedPrice>£5.00</formattedPrice><rrp>7.79</rrp><formattedRrp>£7.79</formattedRrp><onSale>true</onSale></price>`;
    expect(await release(xml, price)).toEqual({
      price: {
        current: { amount: "5.00", currencyCode: "GBP", display: "£5.00" },
        rrp: { amount: "7.79", display: "£7.79" },
        onSale: true,
        soldAs: "ITEM",
      },
    });
  });

  it("of the packages era is that of the standard package, wherever it stands", async () => {
    const offered = (id: number, value: string) =>
      `<package id="${String(id)}"><description>p${String(id)}</description><price><currencyCode>EUR</currencyCode><sevendigitalPrice>${value}</sevendigitalPrice><recommendedRetailPrice>9.99</recommendedRetailPrice></price><formats><format id="17"><description>MP3 320</description></format></formats></package>`;
    const xml = `<download><releaseDate>2014-05-19T00:00:00Z</releaseDate><packages>${offered(9, "9.99")}${offered(2, "7.99")}</packages></download>`;
    expect(
      await release(
        xml,
        `${price} releasedAt packages { packageId price { current { amount } } } formats { formatId description fileFormat }`,
      ),
    ).toEqual({
      price: {
        current: { amount: "7.99", currencyCode: "EUR", display: "€7.99" },
        rrp: { amount: "9.99", display: "€9.99" },
        onSale: true,
        soldAs: "ITEM",
      },
      releasedAt: "2014-05-19T00:00:00Z",
      packages: [
        { packageId: "9", price: { current: { amount: "9.99" } } },
        { packageId: "2", price: { current: { amount: "7.99" } } },
      ],
      formats: [{ formatId: "17", description: "MP3 320", fileFormat: null }],
    });
  });

  it.each([
    [`<price><currency code="GBP">£</currency><value></value><formattedPrice>N/A</formattedPrice><onSale>false</onSale></price>`],
    [
      `<price><currency code="GBP">£</currency><value xsi:nil="true"/><formattedPrice>N/A</formattedPrice><rrp xsi:nil="true"/><formattedRrp>N/A</formattedRrp><onSale>false</onSale></price>`,
    ],
  ])("that is not applicable says how the item is sold instead: %s", async (xml) => {
    expect(await track(xml, price)).toMatchObject({ price: { current: null, rrp: null, soldAs: "WHOLE_RELEASE_ONLY" } });
    expect(await release(xml, price)).toMatchObject({ price: { current: null, soldAs: "SINGLE_TRACKS_ONLY" } });
  });

  it("that is nil tells nothing, and costs no further call", async () => {
    expect(await release(`<price xsi:nil="true"/>`, price)).toEqual({
      price: { current: null, rrp: null, onSale: null, soldAs: "UNKNOWN" },
    });
  });

  it.each([[`<price><currency/><value>1.79</value><formattedPrice>1.79</formattedPrice></price>`], [`<price/>`]])(
    "that tells no currency or no amount claims nothing: %s",
    async (xml) => {
      expect(await release(xml, price)).toMatchObject({ price: { current: null, soldAs: "UNKNOWN" } });
    },
  );

  it("without an amount gives way to a package that has one", async () => {
    const offered = `<package id="2"><price><currencyCode>GBP</currencyCode><sevendigitalPrice>7.99</sevendigitalPrice></price></package>`;
    const xml = `<price><currency code="GBP"/></price><download><packages>${offered}</packages></download>`;
    expect(await release(xml, price)).toMatchObject({ price: { current: { amount: "7.99" }, soldAs: "ITEM" } });
  });

  it("of an item without any package is that of one that is not for sale", async () => {
    expect(await release("<download><packages/></download>", price)).toMatchObject({ price: { soldAs: "NOT_FOR_SALE" } });
  });

  it("may name its currency by code alone or by symbol alone, and be free", async () => {
    const xml = (currency: string) => `<price>${currency}<value>0.00</value><formattedPrice>£0.00</formattedPrice></price>`;
    const free = { price: { current: { amount: "0.00", currencyCode: "GBP" }, soldAs: "ITEM" } };
    expect(await release(xml(`<currency code="GBP"/>`), price)).toMatchObject(free);
    expect(await release(xml("<currency>£</currency>"), price)).toMatchObject(free);
  });
});

describe("text", () => {
  it.each(["21", "1989", "007", "1e5", "0x1F", "Rita Ora ", "true", "null", "Å ß 東京", "&lt;b&gt; R&amp;B &#163;"])(
    "stays as it is: %s",
    async (written) => {
      const meant = written.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").replaceAll("&#163;", "£");
      expect(await release(`<title>${written}</title><version>${written}</version>`, "title version")).toEqual({
        title: meant,
        version: meant,
      });
    },
  );

  it("in CDATA is taken as it is", async () => {
    expect(await release("<title><![CDATA[<R&B>]]></title>", "title")).toEqual({ title: "<R&B>" });
  });

  it("keeps the leading zeros of a barcode", async () => {
    expect(await release("<barcode>00602517512078</barcode>", "barcode")).toEqual({ barcode: "00602517512078" });
  });

  it.each(["<barcode/>", `<barcode xsi:nil="true"/>`, ""])("that is not there is null: '%s'", async (xml) => {
    expect(await release(`<title>T</title>${xml}`, "title barcode")).toEqual({ title: "T", barcode: null });
  });
});

describe("numbers that stand for nothing", () => {
  it("are null", async () => {
    const xml = `<year>0</year><duration>0</duration><licensor id="0"/><formats><format id="45"><fileFormat>FLAC</fileFormat><bitRate>0</bitRate></format></formats>`;
    const fields = "year durationSeconds licensor { licensorId } formats { bitRate }";
    expect(await release(xml, fields)).toEqual({ year: null, durationSeconds: null, licensor: null, formats: [{ bitRate: null }] });
  });
});

describe("a date", () => {
  it.each([
    ["2007-10-22T00:00:00+01:00", "2007-10-22T00:00:00+01:00"],
    ["2014-05-19T00:00:00Z", "2014-05-19T00:00:00Z"],
    ["2014-05-19T00:00:00.1234567", "2014-05-19T00:00:00.1234567Z"],
    ["9999-12-31T00:00:00Z", null],
    ["0001-01-01T00:00:00", null],
    ["", null],
    ["2007-10-22", "2007-10-22T00:00:00Z"],
    ["2012-02-29T23:59:59.12", "2012-02-29T23:59:59.12Z"],
  ])("written %s is %s", async (written, meant) => {
    expect(await release(`<releaseDate>${written}</releaseDate>`, "releasedAt")).toEqual({ releasedAt: meant });
  });
});

describe("a track number", () => {
  it.each([
    ["<trackNumber>1</trackNumber>", 1, 1],
    ["<trackNumber>120</trackNumber>", 1, 120],
    ["<trackNumber>201</trackNumber>", 2, 1],
    ["<trackNumber>1110</trackNumber>", 11, 10],
    ["<trackNumber>205</trackNumber><discNumber>2</discNumber><number>5</number>", 2, 5],
    ["<trackNumber>5</trackNumber><discNumber>1</discNumber>", 1, 5],
    ["<trackNumber>205</trackNumber><discNumber>1</discNumber>", 1, 205],
    ["<trackNumber>0</trackNumber>", null, null],
  ])("holds its disc: %s", async (xml, discNumber, number) => {
    expect(await track(xml, "discNumber number")).toEqual({ discNumber, number });
  });
});

describe("what everything has", () => {
  it("is an error where 7digital tells none, so that null is never silent", async () => {
    const id = String(++lastId);
    answerOnce("release/details", `<release id="${id}"><title/><artist/></release>`);
    const { data, errors } = await facade.query(`{ release(id: "${id}") { title version artist { name } } }`);
    expect(data).toEqual({ release: { title: null, version: null, artist: null } });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([
      ["7digital's answer has no title of the release.", ["release", "title"]],
      ["7digital's answer has no artist of the release.", ["release", "artist"]],
    ]);
  });
});

describe("a track whose release is not told", () => {
  it("has an id all the same, and costs no call for it", async () => {
    facade.calls();
    answerOnce(
      "artist/toptracks",
      `<tracks><page>1</page><pageSize>10</pageSize><totalItems>1</totalItems><track id="12345"><title>T</title></track></tracks>`,
    );
    const { data } = await facade.query(`{ artist(id: "20") { topTracks { nodes { id title } } } }`);
    expect(data).toEqual({ artist: { topTracks: { nodes: [{ id: "track:12345", title: "T" }] } } });
    expect(facade.calls()).toEqual(["artist/toptracks"]);
  });
});

describe("an artist", () => {
  it("with id 0 is a name and nothing to ask about", async () => {
    facade.calls();
    const xml = `<artist id="0"><name>Beastie Boys</name><appearsAs>Beastie Boys feat. Somebody</appearsAs></artist>`;
    expect(await release(xml, "artistCredit artist { name sortName }")).toEqual({
      artistCredit: "Beastie Boys feat. Somebody",
      artist: { name: "Beastie Boys", sortName: null },
    });
    expect(facade.calls()).toEqual(["release/details"]);
  });
});

describe("an image", () => {
  it("is rewritten to the smallest width that suffices", async () => {
    const xml = "<image>http://cdn.7static.com/static/img/sleeveart/00/001/554/0000155408_50.jpg</image>";
    const url = (width: number) => `https://cdn.7static.com/static/img/sleeveart/00/001/554/0000155408_${String(width)}.jpg`;
    expect(
      await release(xml, "a: image(width: 300) { url width height srcset } b: image { url width } c: image(width: 9000) { url width }"),
    ).toEqual({
      a: {
        url: url(350),
        width: 350,
        height: 350,
        srcset: [33, 50, 100, 180, 182, 200, 350, 500, 800].map((width) => `${url(width)} ${String(width)}w`).join(", "),
      },
      b: { url: url(180), width: 180 },
      c: { url: url(800), width: 800 },
    });
  });

  it("of another name is left alone", async () => {
    const xml = "<image>http://cdn.7static.com/other.png</image>";
    expect(await release(xml, "image { url width height srcset }")).toEqual({
      image: { url: "https://cdn.7static.com/other.png", width: null, height: null, srcset: null },
    });
  });

  it.each(["http://127.0.0.1:4000/a_50.jpg", "http://cdn.7static.com.evil.example/a_50.jpg", "http://pictures.example/a_50.jpg"])(
    "keeps http on a host that is not known to serve https: %s",
    async (url) => {
      expect(await release(`<image>${url}</image>`, "image(width: 50) { url }")).toEqual({ image: { url } });
    },
  );

  it("of an artist has no known height", async () => {
    const xml = '<artist id="1"><name>A</name><image>http://cdn.7static.com/a_50.jpg</image></artist>';
    expect(await release(xml, "artist { image { url height srcset } }")).toEqual({
      artist: {
        image: {
          url: "https://cdn.7static.com/a_150.jpg",
          height: null,
          srcset: "https://cdn.7static.com/a_50.jpg 50w, https://cdn.7static.com/a_150.jpg 150w, https://cdn.7static.com/a_200.jpg 200w",
        },
      },
    });
  });
});
