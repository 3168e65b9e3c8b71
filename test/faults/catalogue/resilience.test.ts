/** 7digital is dead for a while: what is remembered is served at once, what is not is refused at once, hardly anything is sent, and all is
 *  well again soon after it is. Takes 12 seconds; with OUTAGE_SECONDS=60 as long as the fault matrix speaks of. */
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { respond, type FakeUpstream } from "../../support/fake-upstream.js";
import {
  asked,
  catalogueRead,
  faultyUpstream,
  healthy,
  startFacadeOn,
  user,
  type ClockedFacade,
  type WholeAnswer,
} from "../faulty-upstream.js";

const outageMs = Number(process.env["OUTAGE_SECONDS"] ?? 12) * 1000;
const warmIds = Array.from({ length: 20 }, (_, nth) => nth + 1);

const { stackTraceLimit } = Error;
beforeEach(() => {
  // Vitest looks up the sources of every stack, which takes longer than all the rest of a refusal; a server does not.
  Error.stackTraceLimit = 0;
});
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** One document for all, as clients do. */
function read(facade: ClockedFacade, id: number): Promise<WholeAnswer> {
  return asked(facade, "query ($id: ID!) { artist(id: $id) { name } }", {}, { id: String(id) });
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The quickest tenth tells what is needed; the rest, how busy the machine is with others. */
function timesOf(answers: readonly WholeAnswer[]) {
  const sorted = answers.map(({ tookMs }) => tookMs).sort((one, other) => one - other);
  return { tenth: percentile(sorted, 0.1), half: percentile(sorted, 0.5), most: percentile(sorted, 0.99) };
}

/** So many milliseconds beside what the machine needs for anything; where others keep it busy all takes longer, and three times that will do. */
function within(ms: number, bareMs: number): number {
  return Math.max(ms + bareMs, 3 * bareMs);
}

interface Outage {
  readonly warm: WholeAnswer[];
  readonly cold: WholeAnswer[];
  /** To queries that ask nothing of 7digital: what the machine needs that the test runs on. */
  readonly bare: WholeAnswer[];
}

/** One query of each sort every 20 ms. */
async function liveThrough(facade: ClockedFacade, untilMs: number): Promise<Outage> {
  const seen: Outage = { warm: [], cold: [], bare: [] };
  for (let nth = 0; Date.now() < untilMs; nth += 1) {
    seen.warm.push(await read(facade, warmIds[nth % warmIds.length] ?? 1));
    seen.cold.push(await read(facade, 1_000_000 + nth));
    seen.bare.push(await asked(facade, "{ __typename }"));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen;
}

/** How long it takes until what nobody remembers is answered again. */
async function recoveryMs(facade: ClockedFacade): Promise<number> {
  const startedMs = Date.now();
  for (let nth = 0; ; nth += 1) {
    const { errors } = await read(facade, 2_000_000 + nth);
    if (errors === undefined) return Date.now() - startedMs;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function write(facade: ClockedFacade): Promise<unknown> {
  return facade.query(`mutation { basketCreate { basket { id } userErrors { code } } }`, {}, user);
}

async function warmedUp(upstream: FakeUpstream): Promise<ClockedFacade> {
  const facade = await startFacadeOn(upstream.url);
  onTestFinished(() => facade.close());
  for (const id of warmIds) await facade.query(catalogueRead(id));
  facade.pass(3600);
  return facade;
}

it(
  "F58: while 7digital is dead old answers take 10 ms and say so, refusals 5, and 6 seconds after it is back all is well",
  { timeout: outageMs + 30_000 },
  async () => {
    const upstream = await faultyUpstream();
    const facade = await warmedUp(upstream);
    upstream.behaviour = respond("", 503);
    upstream.asked.length = 0;

    // The failures by which it is known to be dead are waited for.
    for (let id = 1; id <= 20; id += 1) await read(facade, 3_000_000 + id);
    await write(facade);
    const beforeOpen = upstream.asked.length;
    const { warm, cold, bare } = await liveThrough(facade, Date.now() + outageMs);

    const calls = 20 + cold.length;
    const targets = upstream.asked.map(({ path, rawQuery }) => `${path}?${rawQuery}`);
    const secondTries = targets.length - new Set(targets).size;
    const writes = upstream.asked.filter(({ path }) => path.endsWith("/basket/create"));
    const probes = upstream.asked.length - beforeOpen;
    upstream.behaviour = healthy;
    const recoveredMs = await recoveryMs(facade);
    const figures = { warm: timesOf(warm), cold: timesOf(cold), bare: timesOf(bare), calls, secondTries, probes, recoveredMs };
    if (process.env["OUTAGE_SECONDS"] !== undefined) process.stdout.write(`${JSON.stringify(figures)}\n`);

    for (const { data, errors, extensions } of warm) {
      expect({ data, errors }).toEqual({ data: { artist: { name: "Keane" } }, errors: undefined });
      expect(extensions).toMatchObject({ stale: { methods: ["artist/details"] } });
    }
    for (const { errors } of cold) expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true } }]);
    expect(figures.warm.tenth).toBeLessThan(within(10, figures.bare.tenth));
    expect(figures.cold.tenth).toBeLessThan(within(5, figures.bare.tenth));
    expect(probes).toBeGreaterThan(0);
    expect(probes).toBeLessThanOrEqual(Math.ceil(outageMs / 5000) + 1);
    expect(secondTries).toBeLessThanOrEqual(calls / 10);
    expect(writes).toHaveLength(1);
    expect(recoveredMs).toBeLessThan(6000);
  },
);

it("F58: a dead catalogue keeps nobody from their locker's purchases being found out, nor from writing", async () => {
  const upstream = await faultyUpstream();
  const facade = await warmedUp(upstream);
  upstream.behaviour = (response, one) => {
    if (one.path.endsWith("/artist/details")) respond("", 503)(response);
    else healthy(response, one);
  };
  for (let id = 1; id <= 20; id += 1) await read(facade, 3_000_000 + id);
  const { errors } = await read(facade, 4_000_000);
  expect(errors).toMatchObject([{ extensions: { resetAt: expect.any(String) as string } }]);
  const count = upstream.asked.length;
  await write(facade);
  expect(upstream.asked.slice(count).map(({ path }) => path)).toEqual(["/1.2/basket/create"]);
});
