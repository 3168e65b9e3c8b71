/** One client asks five times a second, for a minute, for one thing that can not be answered. Nobody else may notice. The minute passes by the
 *  server's clock; with SICK_ITEM_REAL_TIME=1 it passes in truth. */
import type { ServerResponse } from "node:http";
import { request } from "undici";
import { describe, it } from "vitest";
import type { Asked, Later } from "../../support/faulty-upstream.js";
import {
  answer,
  asked,
  catalogueRead,
  say,
  sickUpstream,
  startPatient,
  user,
  userRead,
  type Deed,
  type Patient,
  type SickUpstream,
} from "../sick-upstream.js";

const inRealTime = process.env["SICK_ITEM_REAL_TIME"] !== undefined;
const asksPerSecond = 5;
const seconds = 60;

/** How one thing fails. */
const faults: readonly (readonly [name: string, deed: Deed, tries: 1 | 2])[] = [
  ["can not be read", say('<response status="ok"><artist id="7"><name>x</artist></response>'), 1],
  ["is HTTP 500", say("<html>error</html>", 500, { "content-type": "text/html" }), 2],
  ["is too large", say(Buffer.alloc(4 * 1024 * 1024 + 1, " ")), 1],
  ["is a page for people, as HTTP 404", say("<html>Not found</html>", 404, { "content-type": "text/html" }), 1],
];

/** What is asked for: the sick one is number 7. */
interface Thing {
  readonly name: string;
  readonly breaker: "read" | "signedRead";
  query(nth: number): string;
  headers(nth: number): Readonly<Record<string, string>>;
  isSick(asked: Asked): boolean;
}

const basketId = (nth: number): string => `00000000-0000-0000-0000-${String(nth).padStart(12, "0")}`;

const things: readonly Thing[] = [
  {
    name: "artist",
    breaker: "read",
    query: catalogueRead,
    headers: () => ({}),
    isSick: ({ query }) => query.get("artistId") === "7",
  },
  {
    name: "basket",
    breaker: "read",
    query: (nth) => `{ basket(id: "basket:GB:${basketId(nth)}") { id } }`,
    headers: () => ({}),
    isSick: ({ query }) => query.get("basketId") === basketId(7),
  },
  {
    name: "user's locker",
    breaker: "signedRead",
    query: () => userRead,
    headers: (nth) => ({ ...user, "x-7d-oauth-token": `token-${String(nth)}` }),
    isSick: ({ headers }) => headers.authorization?.includes('oauth_token="token-7"') === true,
  },
];

interface Minute {
  readonly facade: Patient;
  readonly upstream: SickUpstream;
  /** When the sick one was asked for upstream, in milliseconds of the server's clock. */
  readonly sickCalls: readonly number[];
  readonly refused: unknown[];
  readonly ready: Set<string>;
  readonly breakers: Set<string>;
}

async function readiness({ url }: Patient): Promise<string> {
  const { body } = await request(url.replace(/\/graphql$/, "/ready"));
  return ((await body.json()) as { status: string }).status;
}

async function breakerOf(facade: Patient, { breaker }: Thing): Promise<string> {
  return new RegExp(`breaker_state\\{calls="${breaker}"\\} (\\d)`).exec(await facade.metrics())?.[1] ?? "none";
}

async function aMinute(thing: Thing, deed: Deed, later: Later): Promise<Minute> {
  let aheadMs = 0;
  const sickCalls: number[] = [];
  const upstream = await sickUpstream(later);
  upstream.deed = (response: ServerResponse, one: Asked) => {
    if (thing.isSick(one)) sickCalls.push(Date.now() + aheadMs);
    (thing.isSick(one) ? deed : answer)(response, one);
  };
  const facade = await startPatient(upstream.url, { SEVENDIGITAL_TIMEOUT_MS: "10000", LIMIT_OPERATIONS_PER_MINUTE: "0" });
  later(() => facade.close());
  const minute: Minute = { facade, upstream, sickCalls, refused: [], ready: new Set(), breakers: new Set() };
  const ask = async (nth: number): Promise<unknown> => (await asked(facade, thing.query(nth), thing.headers(nth))).errors;
  const startedMs = Date.now();
  for (let nth = 0; nth < seconds * asksPerSecond; nth += 1) {
    if ((await ask(7)) === undefined) throw new Error("The sick one was answered.");
    if (nth % asksPerSecond === 0) {
      const errors = await ask(1000 + nth);
      if (errors !== undefined) minute.refused.push(errors);
      minute.ready.add(await readiness(facade));
      minute.breakers.add(await breakerOf(facade, thing));
    }
    const dueMs = startedMs + ((nth + 1) * 1000) / asksPerSecond;
    if (inRealTime) await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - Date.now())));
    else {
      facade.pass(1 / asksPerSecond);
      aheadMs += 1000 / asksPerSecond;
    }
  }
  return minute;
}

/** Calls less than five seconds after the one before, but for the second try that a failing server gets the first time. */
function tooSoon(sickCalls: readonly number[], tries: number): readonly number[] {
  return sickCalls.slice(tries).filter((atMs, nth) => atMs - (sickCalls[nth + tries - 1] ?? 0) < 4900);
}

describe.each(things)("F58: one $name that can not be answered", (thing) => {
  it.concurrent.for(faults)(
    "and %s is asked for once in five seconds, and nothing else is refused; a server that is down is known by ten of them",
    { timeout: 120_000 },
    async ([fault, deed, tries], { expect, onTestFinished }) => {
      const startedMs = Date.now();
      const { facade, upstream, sickCalls, refused, ready, breakers } = await aMinute(thing, deed, onTestFinished);
      const tookMs = Date.now() - startedMs;
      if (inRealTime)
        process.stdout.write(`${JSON.stringify({ thing: thing.name, fault, tookMs, calls: sickCalls.length, refused: refused.length })}\n`);
      expect({ refused, ready: [...ready], breakers: [...breakers] }).toEqual({ refused: [], ready: ["ready"], breakers: ["0"] });
      expect(sickCalls.length).toBeGreaterThan(10);
      expect(tooSoon(sickCalls, tries)).toEqual([]);

      upstream.deed = say("", 503);
      for (let nth = 2000; nth < 2010; nth += 1) await asked(facade, thing.query(nth), thing.headers(nth));
      expect(await breakerOf(facade, thing)).toBe("2");
    },
  );
});
