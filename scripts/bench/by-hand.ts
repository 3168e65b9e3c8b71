/** What a client does that needs the data of Q2 and has no façade: the same upstream calls, with undici and the façade's own reader. A process of its
 *  own, on the core of the servers; takes one order after another from its parent. */
import { Pool } from "undici";
import { releaseChart, releaseTracks } from "../../src/catalogue/endpoints/release.js";
import { readBody } from "../../src/upstream/wire/body-text.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import type { JournalEntry } from "./journal.js";

export interface ByHandOrder {
  readonly seconds: number;
  /** The calls of one Q2, the chart first. */
  readonly calls: readonly JournalEntry[];
}

export interface ByHandFigures {
  readonly queries: number;
  readonly times: readonly number[];
  readonly cpuMicrosPerQuery: number;
}

/** Of our server: SEVENDIGITAL_MAX_CONNECTIONS and SEVENDIGITAL_MAX_ANSWER_BYTES. */
const connections = 64;
const maxBytes = 4 * 1024 * 1024;

/** As our server does: what is sent uncompressed is another call. */
const asked = { accept: "text/xml, application/xml", "accept-encoding": "gzip" };

const { origin, pathname } = new URL(process.argv[2] ?? "");
const pool = new Pool(origin, { connections });

async function call<R>(endpoint: Parameters<typeof readAnswer<R>>[0], { params }: JournalEntry): Promise<R> {
  const query = new URLSearchParams({ ...params, oauth_consumer_key: "sandbox" }).toString();
  const path = `${pathname}/${endpoint.path}?${query}`;
  const { statusCode, headers, body } = await pool.request({ method: "GET", path, headers: asked });
  const bytes = Buffer.from(await body.arrayBuffer());
  const form = { contentEncoding: undefined, contentType: String(headers["content-type"]), maxBytes };
  return readAnswer(endpoint, { httpStatus: statusCode, body: readBody(bytes, form) });
}

async function query([first, ...others]: readonly JournalEntry[]): Promise<void> {
  if (first?.method !== releaseChart.path || others.some(({ method }) => method !== releaseTracks.path)) {
    throw new Error("Q2 made other calls than a chart and the tracks of its releases.");
  }
  const { items } = await call(releaseChart, first);
  const pages = await Promise.all(others.map((one) => call(releaseTracks, one)));
  if (items.length !== pages.length) throw new Error(`${items.length} releases, but tracks of ${pages.length}.`);
}

async function perform({ seconds, calls }: ByHandOrder): Promise<ByHandFigures> {
  const times: number[] = [];
  const before = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  for (let start = performance.now(); start < end || times.length === 0; start = performance.now()) {
    await query(calls);
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { queries: times.length, times, cpuMicrosPerQuery: (user + system) / times.length };
}

process.on("message", (order: ByHandOrder) => {
  perform(order).then(
    (figures) => process.send?.({ figures }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.once("disconnect", () => process.exit());
process.on("SIGINT", () => undefined);
