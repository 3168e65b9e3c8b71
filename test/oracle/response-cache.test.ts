/** Tries to get a foreign, a stale or a forbidden answer out of the response cache: random requests by all callers, in several stores, while items
 *  change and time goes on. Each request also goes to a server that keeps no responses. ORACLE_RESPONSES is how many there are (100000 for the
 *  whole proof), ORACLE_SEED the seed. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { artistDetails } from "../../src/catalogue/endpoints/artist.js";
import { openInProcess, openOnSockets, type Came, type InProcess } from "../support/in-process.js";
import { countRecalls } from "../support/recalls.js";
import { Chance } from "./chance.js";
import { changingUpstream, stampsIn, type Said, type Stamp } from "./changing-upstream.js";
import { disguised, randomRequest, registered, secrets, type Asking } from "./requests-to-keep.js";

const requests = Number(process.env["ORACLE_RESPONSES"] ?? 4000);
const seed = Number(process.env["ORACLE_SEED"] ?? 1);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 29) });
});
afterEach(() => {
  vi.useRealTimers();
});

const now = (): number => Date.now();

/** In process, or on sockets. */
type Start = typeof openOnSockets | typeof openInProcess;

async function open(environment: Readonly<Record<string, string>>, start: Start) {
  const upstream = await changingUpstream(now);
  const folder = mkdtempSync(join(tmpdir(), "responses-"));
  const file = join(folder, "operations.json");
  writeFileSync(file, JSON.stringify(registered));
  const server = async (name: string, more: Readonly<Record<string, string>> = {}): Promise<InProcess> => {
    const base = { SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2`, SEVENDIGITAL_SECURE_BASE_URL: `${upstream.url}/1.2` };
    const opened = await start({
      environment: {
        ...base,
        SEVENDIGITAL_CONSUMER_KEY: name,
        PERSISTED_OPERATIONS: file,
        TRUST_PLAIN_TOKENS: "true",
        SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
        ALLOWED_ORIGINS: "https://shop.example",
        ...secrets,
        ...environment,
        ...more,
      },
      dataDirectory: folder,
    });
    onTestFinished(() => opened.services.close());
    return opened;
  };
  return { upstream, server };
}

type Upstream = Awaited<ReturnType<typeof changingUpstream>>;

/** Time goes on, items change, and some are read again for a purchase, past the cache. */
async function disturb(chance: Chance, upstream: Upstream, servers: readonly InProcess[]): Promise<void> {
  const { said } = upstream;
  if (chance.in(0.02)) vi.setSystemTime(now() + chance.between(1, 4000));
  if (chance.in(0.0005)) vi.setSystemTime(now() + chance.between(60_000, 400_000));
  if (said.length === 0) return;
  const one = said[chance.between(Math.max(0, said.length - 50), said.length - 1)];
  // Just before, at, and just after the end of a lifetime.
  if (one !== undefined && chance.in(0.01) && one.untilMs > now()) vi.setSystemTime(one.untilMs + chance.between(-1, 1));
  if (one !== undefined && chance.in(0.02)) upstream.change(one.store, one.item);
  if (!chance.in(0.004)) return;
  const [artistId, country] = [chance.pick(["1", "2", "3", "4"]), chance.pick(["GB", "DE"])];
  upstream.change(country, `artistx${artistId}`);
  for (const { services } of servers) {
    const again = services.client.critical().bypassCache();
    await Promise.resolve(again.call(artistDetails, { artistId }, { store: { country } })).catch(() => undefined);
  }
}

/** What the upstream said last of each item. */
type Known = Map<string, Stamp>;

const keyOf = ({ store, item }: Stamp): string => `${store} ${item}`;
const isSame = (one: Stamp, other: Stamp | undefined): boolean => one.version === other?.version && one.untilMs === other.untilMs;

/** Most often what was sent lately, or nearly so. @param recent Gets the new ones. */
function next(chance: Chance, recent: Asking[]): Asking {
  const old = recent.length > 0 ? chance.pick(recent) : undefined;
  if (old !== undefined && chance.in(0.75)) return old;
  if (old !== undefined && chance.in(0.4)) return disguised(old, chance);
  const made = randomRequest(chance);
  recent.push(made);
  if (recent.length > 30) recent.shift();
  return made;
}

/** What is wrong with a response. @param before What was known of its items before. @param news What was asked for it. */
function wrongIn({ body }: Came, { document, store, token }: Asking, before: Known, news: readonly Said[]): readonly string[] {
  const wrong: string[] = [];
  const stores = document.includes("inContext") ? ["FR"] : document.includes("Priced") ? [store, "DE"] : [store];
  for (const stamp of stampsIn(body)) {
    const isNew = news.some((one) => keyOf(one) === keyOf(stamp) && isSame(stamp, one));
    if (!stores.includes(stamp.store)) wrong.push(`foreign: ${keyOf(stamp)}`);
    if (!isNew && !isSame(stamp, before.get(keyOf(stamp)))) wrong.push(`replaced: ${keyOf(stamp)}`);
    // At the very end of its lifetime it is served once more, while it is renewed: the calls are compared, too.
    if (!isNew && now() > stamp.untilMs && !body.includes('"stale":{')) wrong.push(`stale: ${keyOf(stamp)}`);
  }
  const owners = [...body.matchAll(/of (token-of-\w+)/g)].map(([, owner]) => owner);
  if (owners.some((owner) => owner !== token)) wrong.push("another user's");
  return wrong;
}

/** What was answered to one request. */
interface Exchange {
  readonly asking: Asking;
  readonly came: Came;
  /** From the server without a response cache. */
  readonly expected: Came | undefined;
  /** What was asked of the upstream meanwhile, by either server. */
  readonly news: readonly Said[];
}

/** Sends all requests to a server and, if there is one, to another that keeps no responses. @param check Says what is wrong besides.
 *  @returns The first exchanges with something wrong, and the share of requests for which a kept response was found. */
async function tryAll(
  upstream: Upstream,
  servers: readonly [InProcess, InProcess?],
  count: number,
  check: (exchange: Exchange) => readonly string[],
) {
  const [keeping, plain] = servers;
  const all = servers.filter((server) => server !== undefined);
  const recalls = countRecalls();
  const chance = new Chance(seed);
  const known: Known = new Map();
  const wrong: unknown[] = [];
  const recent: Asking[] = [];
  let read = 0;
  for (let round = 0; round < count && wrong.length < 5; round += 1) {
    await disturb(chance, upstream, all);
    for (const one of upstream.said.slice(read)) if (one.to === "keeping") known.set(keyOf(one), one);
    read = upstream.said.length;
    const asking = next(chance, recent);
    const asked = upstream.asked.length;
    const came = await keeping.ask(asking.sent);
    const expected = await plain?.ask(asking.sent);
    if (upstream.asked.length > asked) await Promise.all(all.map((server) => server.quiet()));
    const news = upstream.said.slice(read);
    const ofKeeping = news.filter(({ to }) => to === "keeping");
    const problems = [...wrongIn(came, asking, known, ofKeeping), ...check({ asking, came, expected, news })];
    if (problems.length > 0) wrong.push({ round, problems, now: now(), asking, came, expected });
  }
  return { wrong, recalled: recalls() / count };
}

/** Without signatures, which differ each time, and measured times. */
function comparable({ status, headers, body }: Came): string {
  // The framing of parts is a matter of timing.
  if (headers["transfer-encoding"] !== undefined) return JSON.stringify([status, headers]);
  const text = body.replace(/oauth_(?:consumer_key|nonce|signature)=[^&"]*|"durationMs":[\d.]+/g, "");
  return JSON.stringify([status, text === body ? headers : { ...headers, "content-length": "" }, text]);
}

/** What a response has in common with one of another moment. @param seen When each signature and quote came. */
function repeatedIn({ body }: Came, seen: Map<string, number>): readonly string[] {
  const volatile = [...body.matchAll(/"quote":"[^"]*"|oauth_nonce=[^&"]*/g)].map(([one]) => one);
  // A quote says when it ends: two of one moment are the same.
  const repeated = volatile.filter((one) => (seen.get(one) ?? now()) !== now());
  for (const one of volatile) seen.set(one, now());
  return repeated.map((one) => `the same again: ${one}`);
}

describe(`${String(requests)} requests`, { timeout: 60_000 + requests * 10 }, () => {
  const share = Math.ceil(requests / 4);

  it.each<[string, Readonly<Record<string, string>>, Start, number]>([
    ["open", { PROFILE: "open", PUBLIC_CACHING: "true" }, openInProcess, share],
    ["locked", { PROFILE: "locked" }, openInProcess, share],
    ["in little memory, read by Yoga", { RESPONSE_CACHE_MAX_BYTES: "30000", FAST_LANE: "false" }, openInProcess, share],
    ["on sockets", {}, openOnSockets, Math.max(500, Math.ceil(requests / 40))],
  ])("are answered as without a response cache: %s", async (_what, environment, start, count) => {
    const { upstream, server } = await open(environment, start);
    const seen = new Map<string, number>();
    const servers = [await server("keeping"), await server("plain", { RESPONSE_CACHE_MAX_BYTES: "0" })] as const;
    const { wrong, recalled } = await tryAll(upstream, servers, count, ({ came, expected, news }) => {
      const [ours, others] = ["keeping", "plain"].map((name) => news.filter(({ to }) => to === name).length);
      // A field that is executed later may get what was renewed meanwhile. A kept response renews nothing.
      const isRenewed = ours !== undefined && ours > 0 && came.status === expected?.status;
      const isEqual = isRenewed || (expected !== undefined && comparable(came) === comparable(expected));
      return [...(isEqual ? [] : ["differs"]), ...(ours === others ? [] : ["other calls"]), ...repeatedIn(came, seen)];
    });
    expect(wrong).toEqual([]);
    expect(recalled).toBeGreaterThan(0.05);
  });

  it("are answered by what was said last, and for this store and caller, where answers are evicted all the time", async () => {
    const { upstream, server } = await open({ CACHE_MAX_BYTES: "8000" }, openInProcess);
    const { wrong, recalled } = await tryAll(upstream, [await server("keeping")], share, () => []);
    expect(wrong).toEqual([]);
    expect(recalled).toBeGreaterThan(0.05);
    expect(askedAgain(upstream.said)).toBeGreaterThan(10);
  });
});

/** How often something was asked again while its last answer was fresh and had not changed. */
function askedAgain(said: readonly Said[]): number {
  const last = new Map<string, Said>();
  return said.filter((one) => {
    const before = last.get(keyOf(one));
    last.set(keyOf(one), one);
    return before?.version === one.version && one.atMs < before.untilMs;
  }).length;
}
