/** How ours behaves as something grows: the length of a list, the requests under way at once, and what is cached. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { post } from "./http-text.js";
import { listQuery, ask } from "./queries.js";
import { listed, q1Shot, type Material } from "./reference.js";
import { measureRound, summary, type Measured, type Rig } from "./rounds.js";
import type { Servers } from "./servers.js";
import type { Subject } from "./subjects.js";

export interface Point {
  /** Items, or requests under way. */
  readonly size: number;
  readonly measured: Measured;
}

export interface CachedReleases {
  readonly releases: number;
  /** Of heap and buffers, all that the cache takes included. */
  readonly bytesEach: number;
  /** CPU for a page that is cached. */
  readonly lookupMicros: number;
}

const listSizes = [10, 20, 50, 100, 200, 500];
const concurrencies = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export async function listCurve({ ours, sandbox }: Servers, rig: Rig): Promise<readonly Point[]> {
  const points: Point[] = [];
  // The first of all is a warm-up.
  for (const size of [...listSizes.slice(0, 1), ...listSizes]) {
    rig.progress(`a list of ${size}`);
    const query = listQuery(size);
    const { body, data } = await ask(ours.uncached.url, query);
    await checkTitles(sandbox.url, data, size);
    const deck = listed({ request: post(query), answer: body });
    await ask(ours.warm.url, query);
    const subject: Subject = { id: "q2", name: `list of ${size}`, service: ours.warm, build: "ours", deck };
    points.push({ size, measured: await measured(subject, rig) });
  }
  return points.slice(1);
}

/** As many as were asked for, in the order of the sandbox. */
async function checkTitles(sandboxUrl: string, data: object, size: number): Promise<void> {
  const titles = Object.values(data as Record<string, { nodes: readonly { title: string }[] }>).flatMap(({ nodes }) =>
    nodes.map(({ title }) => title),
  );
  const query = "release/bydate?fromDate=20120501&toDate=20120531&country=GB&oauth_consumer_key=sandbox";
  const response = await fetch(`${sandboxUrl}/${query}&pageSize=${size}`);
  const xml = await response.text();
  const last = /<title>([^<]*)<\/title>(?![\s\S]*<title>)/.exec(xml)?.[1]?.replaceAll("&amp;", "&");
  if (titles.length !== size || titles.at(-1) !== last)
    throw new Error(`A list of ${size} releases ends with ${String(titles.at(-1))} instead of ${String(last)}.`);
}

export async function concurrencyCurve(
  { ours }: Servers,
  { artists: [artist = { id: "", name: "" }] }: Material,
  rig: Rig,
): Promise<readonly Point[]> {
  const points: Point[] = [];
  for (const connections of concurrencies) {
    rig.progress(`${connections} at once`);
    const deck = listed(q1Shot(artist));
    points.push({
      size: connections,
      measured: await measured({ id: "q1", name: `${connections} at once`, service: ours.warm, build: "ours", deck, connections }, rig),
    });
  }
  return points;
}

/** Rounds of a second, of which the first is a warm-up. */
const rounds = 4;

async function measured(subject: Subject, rig: Rig): Promise<Measured> {
  const options = { ...rig.options, seconds: 1 };
  const found = [];
  for (let seed = 0; seed < rounds; seed += 1) found.push(await measureRound(subject, { ...rig, options }, seed));
  return summary(subject, options, found.slice(1));
}

export async function cacheCurve(filler: ChildProcess, most: number): Promise<readonly CachedReleases[]> {
  const report = once(filler, "message") as Promise<[{ points: readonly CachedReleases[] } | { failed: string }]>;
  const gone = once(filler, "exit").then((): never => {
    throw new Error("The process that fills a cache ended early.");
  });
  gone.catch(() => undefined);
  filler.send({ most });
  const [message] = await Promise.race([report, gone]);
  if ("failed" in message) throw new Error(`The cache cannot be filled: ${message.failed}`);
  return message.points;
}
