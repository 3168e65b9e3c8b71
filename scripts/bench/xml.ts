/** `npm run bench -- --xml`: the bytes of charts to typed, frozen values, beside fast-xml-parser's tree of the same bytes. How to read it:
 *  docs/bench.md. It is a process of its own: it needs --expose-gc. */
import { XMLParser } from "fast-xml-parser";
import { releaseChart } from "../../src/catalogue/endpoints/release.js";
import { readBody } from "../../src/upstream/wire/body-text.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import { alignedTable, figure, median, spread, times } from "./table.js";
import { charts } from "./xml-documents.js";
import { releaseMemory } from "./xml-memory.js";

type Decode = (document: Buffer) => unknown;

const form = { contentEncoding: undefined, contentType: "text/xml; charset=utf-8", maxBytes: 4 * 1024 * 1024 };
// As exact as it can be made: digits stay text, and "&#163;" is a pound sign.
const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false, htmlEntities: true });

const decodeChart = (document: Buffer) => readAnswer(releaseChart, { httpStatus: 200, body: readBody(document, form) });
const readers: readonly (readonly [name: string, decode: Decode])[] = [
  ["fast-xml-parser, tree", (document) => parser.parse(document.toString()) as unknown],
  ["ours, typed", decodeChart],
];

/** Items of a chart, and how many charts. */
const sizes = [
  [10, 80],
  [50, 40],
  [500, 10],
] as const;
/** Of a chart of about 700 kB. */
const blockItems = 430;
const rounds = 9;
const roundMs = 400;

/** Of CPU time, so that what else the machine does counts little. */
function megabytesPerSecond(decode: Decode, documents: readonly Buffer[]): number {
  let bytes = 0;
  const start = process.cpuUsage();
  const end = performance.now() + roundMs;
  for (let i = 0; performance.now() < end; i += 1) {
    const document = documents[i % documents.length] as Buffer;
    decode(document);
    bytes += document.length;
  }
  const { user, system } = process.cpuUsage(start);
  return bytes / (user + system);
}

async function speed(items: number, count: number): Promise<readonly (readonly string[])[]> {
  const documents = await charts(items, count);
  const found = readers.map((): number[] => []);
  // The first round is the warm-up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, [, decode]] of readers.entries()) {
      const speed = megabytesPerSecond(decode, documents);
      if (round > 0) found[index]?.push(speed);
    }
  }
  const [of] = found;
  return readers.map(([name], index) => {
    const own = found[index] ?? [];
    const ratios = own.map((speed, round) => speed / (of?.[round] ?? NaN));
    return [`${name}, chart of ${String(items)}`, figure(median(own), 1), spread(own, 1), times(median(ratios), 1), spread(ratios, 1)];
  });
}

function cpuMsOf(decode: () => unknown): number {
  const before = process.cpuUsage();
  decode();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** During a decoding nothing else runs, so its time is a block of the event loop. */
async function blocks(): Promise<string> {
  const documents = await charts(blockItems, 12);
  const found = Array.from({ length: 10 }, () => documents.map((document) => cpuMsOf(() => decodeChart(document)))).flat();
  const kilobytes = figure((documents[0]?.length ?? 0) / 1000);
  return `block of the event loop by ${kilobytes} kB: at most ${figure(Math.max(...found), 1)} ms of CPU, median ${figure(median(found), 1)} ms`;
}

async function memory(): Promise<string> {
  const { xmlBytes, heapBytes, heapBytesOfOne } = releaseMemory(decodeChart, await charts(50, 100));
  const ratio = figure(heapBytes / xmlBytes, 2);
  return `heap of a release: ${figure(heapBytes)} bytes, ${ratio} x its XML (${figure(xmlBytes)} bytes); kept alone from a chart of 50: ${figure(heapBytesOfOne)} bytes`;
}

/** Before V8 has compiled anything. */
async function cold(): Promise<string> {
  const [small = Buffer.alloc(0)] = await charts(10, 1);
  const [large = Buffer.alloc(0)] = await charts(blockItems, 1);
  const [first, second] = [small, large].map((document) =>
    figure(
      cpuMsOf(() => decodeChart(document)),
      1,
    ),
  );
  return `uncompiled, in a new process: ${figure(small.length / 1000)} kB take ${first} ms of CPU, then ${figure(large.length / 1000)} kB ${second} ms`;
}

const first = await cold();
const rows = [];
for (const [items, count] of sizes) rows.push(...(await speed(items, count)));
console.log(alignedTable(["reader", "MB/s", "range", "x fxp", "range"], rows));
console.log([first, await blocks(), await memory()].join("\n"));
