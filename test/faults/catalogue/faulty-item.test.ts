/** One client asks five times a second, for a minute, for one thing that cannot be answered. Nobody else may notice. The minute passes by the
 *  server's clock; with FAULTY_ITEM_REAL_TIME=1 it passes in truth. */
import { request } from "undici";
import { describe, it } from "vitest";
import { respond, type Asked, type Behaviour, type FakeUpstream, type Later } from "../../support/fake-upstream.js";
import { asked, catalogueRead, faultyUpstream, healthy, startFacadeOn, user, userRead, type ClockedFacade } from "../faulty-upstream.js";

const inRealTime = process.env["FAULTY_ITEM_REAL_TIME"] !== undefined;
const asksPerSecond = 5;
const seconds = 60;

/** How one thing fails. */
const faults: readonly (readonly [name: string, behaviour: Behaviour, tries: 1 | 2])[] = [
  ["cannot be read", respond('<response status="ok"><artist id="7"><name>x</artist></response>'), 1],
  ["is HTTP 500", respond("<html>error</html>", 500, { "content-type": "text/html" }), 2],
  ["is too large", respond(Buffer.alloc(4 * 1024 * 1024 + 1, " ")), 1],
  ["is a page for people, as HTTP 404", respond("<html>Not found</html>", 404, { "content-type": "text/html" }), 1],
];

/** What is asked for: the faulty one is number 7. */
interface Thing {
  readonly name: string;
  readonly breaker: "read" | "signedRead";
  query(nth: number): string;
  headers(nth: number): Readonly<Record<string, string>>;
  isFaulty(asked: Asked): boolean;
}

const basketId = (nth: number): string => `00000000-0000-0000-0000-${String(nth).padStart(12, "0")}`;

const things: readonly Thing[] = [
  {
    name: "artist",
    breaker: "read",
    query: catalogueRead,
    headers: () => ({}),
    isFaulty: ({ query }) => query.get("artistId") === "7",
  },
  {
    name: "basket",
    breaker: "read",
    query: (nth) => `{ basket(id: "basket:GB:${basketId(nth)}") { id } }`,
    headers: () => ({}),
    isFaulty: ({ query }) => query.get("basketId") === basketId(7),
  },
  {
    name: "user's locker",
    breaker: "signedRead",
    query: () => userRead,
    headers: (nth) => ({ ...user, "x-7d-oauth-token": `token-${String(nth)}` }),
    isFaulty: ({ headers }) => headers.authorization?.includes('oauth_token="token-7"') === true,
  },
];

interface Minute {
  readonly facade: ClockedFacade;
  readonly upstream: FakeUpstream;
  /** When the faulty one was asked for upstream, in milliseconds of the server's clock. */
  readonly faultyCalls: readonly number[];
  readonly refused: unknown[];
  readonly ready: Set<string>;
  readonly breakers: Set<string>;
}

async function readiness({ url }: ClockedFacade): Promise<string> {
  const { body } = await request(url.replace(/\/graphql$/, "/ready"));
  return ((await body.json()) as { status: string }).status;
}

async function breakerOf(facade: ClockedFacade, { breaker }: Thing): Promise<string> {
  return new RegExp(`breaker_state\\{calls="${breaker}"\\} (\\d)`).exec(await facade.metrics())?.[1] ?? "none";
}

async function aMinute(thing: Thing, behaviour: Behaviour, later: Later): Promise<Minute> {
  let aheadMs = 0;
  const faultyCalls: number[] = [];
  const upstream = await faultyUpstream({ later });
  upstream.behaviour = (response, one, nth) => {
    if (thing.isFaulty(one)) faultyCalls.push(Date.now() + aheadMs);
    (thing.isFaulty(one) ? behaviour : healthy)(response, one, nth);
  };
  const facade = await startFacadeOn(upstream.url, { SEVENDIGITAL_TIMEOUT_MS: "10000", LIMIT_OPERATIONS_PER_MINUTE: "0" });
  later(() => facade.close());
  const minute: Minute = { facade, upstream, faultyCalls, refused: [], ready: new Set(), breakers: new Set() };
  const ask = async (nth: number): Promise<unknown> => (await asked(facade, thing.query(nth), thing.headers(nth))).errors;
  const startedMs = Date.now();
  for (let nth = 0; nth < seconds * asksPerSecond; nth += 1) {
    if ((await ask(7)) === undefined) throw new Error("The faulty one was answered.");
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
function tooSoon(faultyCalls: readonly number[], tries: number): readonly number[] {
  return faultyCalls.slice(tries).filter((atMs, nth) => atMs - (faultyCalls[nth + tries - 1] ?? 0) < 4900);
}

describe.each(things)("F58: one $name that cannot be answered", (thing) => {
  it.concurrent.for(faults)(
    "and %s is asked for once in five seconds, and nothing else is refused; a server that is down is known by ten of them",
    { timeout: 120_000 },
    async ([fault, behaviour, tries], { expect, onTestFinished }) => {
      const startedMs = Date.now();
      const { facade, upstream, faultyCalls, refused, ready, breakers } = await aMinute(thing, behaviour, onTestFinished);
      const tookMs = Date.now() - startedMs;
      if (inRealTime)
        process.stdout.write(
          `${JSON.stringify({ thing: thing.name, fault, tookMs, calls: faultyCalls.length, refused: refused.length })}\n`,
        );
      expect({ refused, ready: [...ready], breakers: [...breakers] }).toEqual({ refused: [], ready: ["ready"], breakers: ["0"] });
      expect(faultyCalls.length).toBeGreaterThan(10);
      expect(tooSoon(faultyCalls, tries)).toEqual([]);

      upstream.behaviour = respond("", 503);
      for (let nth = 2000; nth < 2010; nth += 1) await asked(facade, thing.query(nth), thing.headers(nth));
      expect(await breakerOf(facade, thing)).toBe("2");
    },
  );
});
