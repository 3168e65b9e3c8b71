/** A program for heap-size.test.ts: keeps many decoded answers and prints, for every kind, what the heap and the store say of
 *  them. */
import { CacheStore } from "../../../src/upstream/cache/store.js";
import { attribute, child, children, listOf, object } from "../../../src/upstream/xml/decode.js";
import { integer, text } from "../../../src/upstream/xml/values.js";
import { readAnswer } from "../../../src/upstream/xml/envelope.js";
import type { SharedKey } from "../../../src/upstream/request/request.js";

const lifetime = { ageMs: 0, freshMs: 1e6, revalidateMs: 1e6, keepMs: 1e6 };
const artist = object({ id: attribute("id"), name: child("name", text), sortName: child("sortName", text), url: child("url", text) });
const format = object({ id: attribute("id"), fileFormat: child("fileFormat", text), bitRate: child("bitRate", integer) });
const release = object({
  id: attribute("id"),
  title: child("title", text),
  version: child("version", text),
  type: child("type", text),
  barcode: child("barcode", text),
  year: child("year", integer),
  url: child("url", text),
  image: child("image", text),
  artist: child("artist", artist),
  formats: child("formats", listOf("format", format)),
});
const answer = object({ artist: child("artist", artist), releases: children("release", release) });

function artistXml(n: number): string {
  const name = `Artist number ${String(n)}`;
  return `<artist id="${String(n)}"><name>${name}</name><sortName>${name}</sortName><url>http://www.7digital.com/artists/artist-number-${String(n)}/?partner=1</url></artist>`;
}

function releaseXml(n: number): string {
  const id = String(n);
  return (
    `<release id="${id}"><title>A title that is number ${id}</title><version/><type>Album</type><barcode>0060251751${id}</barcode><year>2009</year>` +
    `<url>http://www.7digital.com/artists/artist-number-${id}/a-title-that-is-number-${id}/</url>` +
    `<image>http://cdn.7static.com/static/img/sleeveart/00/009/${id}/0000915${id}_50.jpg</image>${artistXml(n)}` +
    `<formats><format id="17"><fileFormat>MP3</fileFormat><bitRate>320</bitRate></format></formats></release>`
  );
}

interface Kind {
  readonly count: number;
  readonly body: (n: number) => string;
}

const kinds: Readonly<Record<string, Kind>> = {
  "charts of 50 releases": { count: 100, body: (n) => Array.from({ length: 50 }, (_, k) => releaseXml(n * 50 + k)).join("") },
  "single artists": { count: 10_000, body: artistXml },
  "sparse tracks": { count: 1000, body: (n) => Array.from({ length: 10 }, (_, k) => `<release id="${String(n * 10 + k)}"/>`).join("") },
};

function heap(): number {
  for (let n = 0; n < 4; n += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function measure({ count, body }: Kind): { heapBytes: number; accountedBytes: number } {
  const store = new CacheStore(1e9);
  const keep = (n: number): void => {
    const value = readAnswer(
      { path: "test", auth: "key", result: answer },
      { httpStatus: 200, body: Buffer.from(`<response status="ok">${body(n)}</response>`) },
    );
    store.setValue(`GET test\0id=${String(n)}\0country=GB` as SharedKey, value, lifetime, 0);
  };
  // The first ones pay for compiled code and for what all share.
  for (let n = 0; n < 300; n += 1) keep(-n);
  const before = { heap: heap(), bytes: store.bytes };
  for (let n = 1; n <= count; n += 1) keep(n);
  return { heapBytes: heap() - before.heap, accountedBytes: store.bytes - before.bytes };
}

process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, measure(kind)]))));
