/** `npm run bench -- --xml`: the bytes of charts to typed, frozen values, beside fast-xml-parser's tree of the same bytes. How to read it:
 *  docs/bench.md. It is a process of its own: it needs --expose-gc. */
import { XMLParser } from "fast-xml-parser";
import { releaseChart } from "../../src/catalogue/endpoints/release.js";
import { readBody } from "../../src/upstream/wire/body-text.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import type { XmlFigures } from "./figures.js";
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
/** `--quick` is for `npm run bench -- --quick`. */
const isQuick = process.argv.includes("--quick");
const rounds = isQuick ? 3 : 9;
const roundMs = isQuick ? 100 : 400;

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

interface Speed {
  readonly rows: readonly (readonly string[])[];
  readonly items: number;
  /** Of ours to fast-xml-parser's. */
  readonly ratio: number;
}

async function speed(items: number, count: number): Promise<Speed> {
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
  const ratiosOf = (own: readonly number[]) => own.map((speed, round) => speed / (of?.[round] ?? NaN));
  const rows = readers.map(([name], index) => {
    const own = found[index] ?? [];
    const ratios = ratiosOf(own);
    return [`${name}, chart of ${String(items)}`, figure(median(own), 1), spread(own, 1), times(median(ratios), 1), spread(ratios, 1)];
  });
  return { rows, items, ratio: median(ratiosOf(found.at(-1) ?? [])) ?? NaN };
}

function cpuMsOf(decode: () => unknown): number {
  const before = process.cpuUsage();
  decode();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** During a decoding nothing else runs, so its time is a block of the event loop. */
async function blocks(): Promise<{ longestMs: number; line: string }> {
  const documents = await charts(blockItems, 12);
  const found = Array.from({ length: 10 }, () => documents.map((document) => cpuMsOf(() => decodeChart(document)))).flat();
  const kilobytes = figure((documents[0]?.length ?? 0) / 1000);
  const longestMs = Math.max(...found);
  const line = `block of the event loop by ${kilobytes} kB: at most ${figure(longestMs, 1)} ms of CPU, median ${figure(median(found), 1)} ms`;
  return { longestMs, line };
}

async function memory(): Promise<{ heapRatio: number; heapBytesOfOne: number; line: string }> {
  const { xmlBytes, heapBytes, heapBytesOfOne } = releaseMemory(decodeChart, await charts(50, 100));
  const heapRatio = heapBytes / xmlBytes;
  const ofXml = `${figure(heapRatio, 2)} x its XML (${figure(xmlBytes)} bytes)`;
  const line = `heap of a release: ${figure(heapBytes)} bytes, ${ofXml}; kept alone from a chart of 50: ${figure(heapBytesOfOne)} bytes`;
  return { heapRatio, heapBytesOfOne, line };
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
const speeds: Speed[] = [];
for (const [items, count] of sizes) speeds.push(await speed(items, count));
const block = await blocks();
const { line, ...heap } = await memory();
const rows = speeds.flatMap(({ rows }) => rows);
console.error([alignedTable(["reader", "MB/s", "range", "x fxp", "range"], rows), first, block.line, line].join("\n"));
const figures: XmlFigures = { ratios: speeds.map(({ items, ratio }) => ({ items, ratio })), blockMs: block.longestMs, ...heap };
// For the other figures of a run.
process.stdout.write(JSON.stringify(figures));
