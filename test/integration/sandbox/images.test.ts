import { XMLParser, XMLValidator } from "fast-xml-parser";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { ask, askExactly } from "../../support/sandbox/ask.js";

/** The widths of the guides of 7digital. */
const coverWidths = [33, 50, 100, 180, 182, 200, 350, 500, 800];
const artistWidths = [50, 150, 200];

let facade: Facade;
let sandbox: Sandbox;
let origin: string;
beforeAll(async () => {
  facade = await startFacade({ sandbox: { images: "sandbox" } });
  ({ sandbox } = facade);
  ({ origin } = new URL(sandbox.baseUrl));
});
afterAll(() => facade.close());

/** The example's picture in the API document, with its host replaced. */
const dreams = (width: number | string) => `${origin}/static/img/sleeveart/00/001/554/0000155408_${width}.jpg`;
const keane = (width: number | string) => `${origin}/static/img/artistimages/00/000/000/0000000001_${width}.jpg`;

const picture = async (url: string) => {
  const { status, text } = await askExactly(url);
  // The parser alone reads documents that are not well-formed, and the successor is another package.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  expect([status, XMLValidator.validate(text)]).toEqual([200, true]);
  const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@" }).parse(text) as { svg: Record<string, unknown> };
  return { text, svg: parsed.svg };
};

describe("an image", () => {
  it.each([...coverWidths.map((width) => ["cover", width] as const), ...artistWidths.map((width) => ["artist", width] as const)])(
    "of an %s comes %d pixels wide through the graph",
    async (kind, width) => {
      const item = kind === "cover" ? "release(id: 155408)" : "artist(id: 1)";
      const { data } = await facade.query<{ item: { image: { url: string; width: number } } }>(
        `{ item: ${item} { image(width: ${width}) { url width } } }`,
      );
      expect(data.item.image).toEqual({ url: kind === "cover" ? dreams(width) : keane(width), width });
      const { svg } = await picture(data.item.image.url);
      expect([svg["@width"], svg["@height"]]).toEqual([String(width), String(width)]);
    },
  );

  it("may be kept, and read by pages of every origin", async () => {
    for (const url of [dreams(350), keane(150)]) {
      const { headers } = await askExactly(url, { headers: { origin: "http://localhost:5173" } });
      expect(headers).toMatchObject({
        "content-type": "image/svg+xml",
        "cache-control": "public, max-age=31536000",
        "access-control-allow-origin": "*",
      });
    }
  });

  it("has a length without being sent", async () => {
    const { status, headers, text } = await askExactly(dreams(50), { method: "HEAD" });
    const { text: whole } = await picture(dreams(50));
    expect([status, headers["content-length"], text]).toEqual([200, String(Buffer.byteLength(whole)), ""]);
  });

  it("is the same in every width and every sandbox, but for its size", async () => {
    const other = await startSandbox();
    const sizeless = (text: string) => text.replace(/<svg[^>]*>/, "");
    const { text } = await picture(dreams(50));
    const { text: elsewhere } = await picture(dreams(50).replace(origin, new URL(other.baseUrl).origin));
    await other.close();
    expect(elsewhere).toBe(text);
    const { text: wide } = await picture(dreams(800));
    expect(wide).not.toBe(text);
    expect(sizeless(wide)).toBe(sizeless(text));
  });

  it("shows the initials of title and artist, and names both", async () => {
    const { svg } = await picture(dreams(350));
    const letters = (svg["text"] as { "#text": string }[]).map((text) => text["#text"]);
    expect([svg["title"], letters]).toEqual(["Dreams, The Whitest Boy Alive", ["D", "TWB"]]);
    const { svg: artist } = await picture(keane(150));
    expect([artist["title"], (artist["text"] as { "#text": string })["#text"]]).toEqual(["Keane", "K"]);
  });

  it.each(Object.entries(irregular.releases))("is well-formed for a release with %s, and loads nothing", async (_oddity, id) => {
    const digits = String(id).padStart(10, "0");
    const { text } = await picture(`${origin}/static/img/sleeveart/00/000/${digits.slice(5, 8)}/${digits}_200.jpg`);
    const reference = /href|url\(|@import|<(?:script|style|image|use|foreignObject)\b/;
    expect(text).not.toMatch(reference);
  });

  it("differs from item to item", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(1000 + index).padStart(10, "0"));
    const paths = ids.flatMap((id) => [
      `sleeveart/00/000/${id.slice(5, 8)}/${id}_50.jpg`,
      `artistimages/00/000/${id.slice(5, 8)}/${id}_50.jpg`,
    ]);
    const drawn = await Promise.all(paths.map(async (path) => (await picture(`${origin}/static/img/${path}`)).text));
    // Without the letters: people tell covers apart by what is drawn.
    const wordless = drawn.map((text) => text.replace(/<(text|title)\b.*?<\/\1>/g, ""));
    expect(new Set(wordless).size).toBe(200);
  });
});

describe("there is no image", () => {
  it.each([
    ["sleeveart/00/999/999/0999999999_50.jpg", "a release that does not exist"],
    ["artistimages/00/999/999/0999999999_150.jpg", "an artist that does not exist"],
    ["sleeveart/00/001/554/0000155408_150.jpg", "a cover in a width of artists only"],
    ["sleeveart/00/001/554/0000155408_51.jpg", "a width between"],
    ["artistimages/00/000/000/0000000001_350.jpg", "an artist in a width of covers only"],
    ["sleeveart/00/001/555/0000155408_50.jpg", "another folder than that of the id"],
    ["sleeveart/00/001/554/0000155408.jpg", "no width"],
    ["sleeveart/00/001/554/0000155408_50.png", "another type"],
    ["labelart/00/001/554/0000155408_50.jpg", "another kind"],
  ])("at %s: %s", async (path) => {
    const { status, headers } = await askExactly(`${origin}/static/img/${path}`);
    expect([status, headers["access-control-allow-origin"]]).toEqual([404, "*"]);
  });

  it("to be written", async () => {
    const { statusCode, headers, body } = await request(dreams(50), { method: "POST" });
    await body.dump();
    expect([statusCode, headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });
});

it("images are no calls: the journal does not have them, and rules for every method leave them alone", async () => {
  sandbox.reset();
  const remove = sandbox.faults.add({ method: "*", fault: { kind: "status", status: 503 } });
  expect((await askExactly(dreams(50))).status).toBe(200);
  remove();
  expect(sandbox.journal.count()).toBe(0);
});

it("addresses lead to 7digital as the document shows them unless the sandbox is to be named", async () => {
  const documented = await startSandbox();
  const image = /<image>(.*?)<\/image>/;
  const addresses = async (baseUrl: string) => [
    image.exec((await ask(baseUrl, "release/details?releaseId=155408")).text)?.[1],
    image.exec((await ask(baseUrl, "artist/details?artistId=1")).text)?.[1],
    image.exec((await ask(baseUrl, "release/details?releaseId=155408&imageSize=350")).text)?.[1],
  ];
  expect(await addresses(documented.baseUrl)).toEqual(
    [dreams(50), keane(150), dreams(350)].map((url) => url.replace(origin, "http://cdn.7static.com")),
  );
  await documented.close();
  expect(await addresses(sandbox.baseUrl)).toEqual([dreams(50), keane(150), dreams(350)]);
});
