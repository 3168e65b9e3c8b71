/** What a client of the graph sees when reads of the catalogue and of a user's own things go wrong on the way: the rows of the fault matrix
 *  for reads. Every fault is made on real sockets; after each the façade must be well again. */
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { describe, expect, it, onTestFinished, type ExpectStatic } from "vitest";
import {
  artistXml,
  drip,
  errorXml,
  fakeUpstream,
  listen,
  okXml,
  reset,
  respond,
  sendRaw,
  type Behaviour,
  type FakeUpstream,
  type Later,
  silence,
} from "../../support/fake-upstream.js";
import {
  asked,
  catalogueRead,
  faultyUpstream,
  healthy,
  startFacadeOn,
  user,
  userRead,
  type ClockedFacade,
  type WholeAnswer,
} from "../faulty-upstream.js";

/** Where a test runs beside others, these are its own. */
interface Own {
  readonly expect: ExpectStatic;
  readonly onTestFinished: Later;
}
const alone: Own = { expect, onTestFinished };

async function facadeOn(upstreamUrl: string, environment: Readonly<Record<string, string>> = {}, own = alone): Promise<ClockedFacade> {
  const facade = await startFacadeOn(upstreamUrl, environment);
  own.onTestFinished(() => facade.close());
  return facade;
}

/** A façade and its upstream, of which no connection is left open in the end. */
async function both(
  environment: Readonly<Record<string, string>> = {},
  own = alone,
): Promise<{ facade: ClockedFacade; upstream: FakeUpstream }> {
  const upstream = await faultyUpstream({ later: own.onTestFinished });
  own.onTestFinished(() => own.expect.poll(() => upstream.sockets.filter(({ destroyed }) => !destroyed)).toEqual([]));
  return { upstream, facade: await facadeOn(upstream.url, environment, own) };
}

/** Once what failed is no longer remembered. */
async function isWell(facade: ClockedFacade): Promise<void> {
  facade.pass(5);
  const id = String(Math.floor(performance.now() * 1000));
  expect(await facade.query(catalogueRead(id))).toEqual({ data: { artist: { name: "Keane" } } });
  expect(await facade.query(userRead, {}, user)).toEqual({ data: { viewer: { locker: { totalCount: 0 } } } });
}

interface Seen {
  readonly code: string;
  /** How often it was tried. */
  readonly tries: 1 | 2;
  /** Whether an old answer is served instead, if there is one. */
  readonly stale?: boolean;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const unavailable: Seen = { code: "UPSTREAM_UNAVAILABLE", tries: 2 };
const timeout: Seen = { code: "UPSTREAM_TIMEOUT", tries: 1 };
/** Of what may have been cut short: what arrived whole is not asked for again. */
const badResponse: Seen = { code: "UPSTREAM_BAD_RESPONSE", tries: 2 };
const badResponseOnce: Seen = { code: "UPSTREAM_BAD_RESPONSE", tries: 1 };
const codeOf = (code: number, tries: 1 | 2): Seen => ({
  code: "UPSTREAM_ERROR",
  tries,
  extensions: { sevendigital: expect.objectContaining({ method: expect.any(String) as string, code }) },
});

const xml = artistXml();
const half = xml.slice(0, 60);
const gzipped = gzipSync(xml);
const gzip = { "content-encoding": "gzip" };
const nested = okXml(`${"<a>".repeat(1000)}${"</a>".repeat(1000)}`);
const bomb = `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${artistXml("&b;")}`;
const outside = `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${artistXml("&x;")}`;

const rows: [string, Behaviour, Seen][] = [
  ["F5: no answer", () => undefined, timeout],
  ["F6: a reset instead of an answer", reset, unavailable],
  ["F7: the end of the connection instead of an answer", sendRaw("", "end"), unavailable],
  ["F8: a body that is reset half-way", sendRaw(`HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n${half}`, "reset"), unavailable],
  ["F8: a body that ends too early", sendRaw(`HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n${half}`, "end"), unavailable],
  ["F9: chunks that end too early", sendRaw(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3c\r\n${half}\r\n`, "end"), unavailable],
  ["F10: half of a body that ends with its connection", sendRaw(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${half}`, "end"), badResponse],
  ["F11: a body that drips", drip("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"), timeout],
  ["F12: headers that drip", drip("HTTP/1.1 200 OK\r\nx-slow: "), timeout],
  ["F14: five megabytes", respond(Buffer.alloc(5 * 1024 * 1024, " ")), badResponseOnce],
  ["F15: gzip that is cut short", respond(gzipped.subarray(0, 60), 200, gzip), badResponseOnce],
  ["F16: a page for people", respond("<html><body>Back soon</body></html>", 200, { "content-type": "text/html" }), badResponseOnce],
  ["F17: nothing", respond(""), badResponseOnce],
  ["F17: plain text", respond("all is well"), badResponseOnce],
  ["F17: JSON", respond('{"status":"ok"}', 200, { "content-type": "application/json" }), badResponseOnce],
  ["F18: XML that is cut short", respond(xml.slice(0, 120)), badResponseOnce],
  ["F22: an error of our own input", respond(errorXml("1002")), { ...codeOf(1002, 1), code: "UPSTREAM_REJECTED_INPUT", stale: false }],
  ["F26: error 7001", respond(errorXml("7001")), codeOf(7001, 2)],
  ["F26: error 7002 as HTTP 400", respond(errorXml("7002"), 400), codeOf(7002, 2)],
  ["F26: error 9001 as HTTP 500", respond(errorXml("9001"), 500), codeOf(9001, 2)],
  ["F27: error 7003", respond(errorXml("7003")), codeOf(7003, 2)],
  ["F28: an unknown error", respond(errorXml("4242")), codeOf(4242, 1)],
  [
    "F28: an error that is no number",
    respond(errorXml("seven")),
    { code: "UPSTREAM_ERROR", tries: 1, extensions: { sevendigital: expect.not.objectContaining({ code: expect.anything() as unknown }) } },
  ],
  ["F30: an unknown status", respond(xml.replace("ok", "bang")), badResponseOnce],
  ["F30: another document", respond(xml.replaceAll("response", "feed")), badResponseOnce],
  ["F30: two documents", respond(`${xml}<response status="ok"/>`), badResponseOnce],
  ["F34: HTTP 500", respond("oops", 500), unavailable],
  ["F34: HTTP 502", respond("<html>Bad gateway</html>", 502), unavailable],
  ["F34: HTTP 503", respond("", 503), unavailable],
  ["F34: HTTP 504", respond(xml, 504), unavailable],
  ["F42: no HTTP", sendRaw("SSH-2.0-OpenSSH_9.2\r\n", "end"), badResponseOnce],
  ["F42: a bad status line", sendRaw("HTTP/1.1 abc OK\r\n\r\n", "end"), badResponseOnce],
  ["F43: 40 KB of headers", sendRaw(`HTTP/1.1 200 OK\r\nx-huge: ${"x".repeat(40_000)}\r\n\r\n`, "end"), badResponseOnce],
  ["F44: Latin letters that do not say so", respond(Buffer.from(artistXml("Beyoncé"), "latin1")), badResponseOnce],
  ["F46: a document type", respond(`<!DOCTYPE response>${xml}`), badResponseOnce],
  ["F46: entities of entities", respond(bomb), badResponseOnce],
  ["F46: an entity from outside", respond(outside), badResponseOnce],
  ["F47: an element named __proto__", respond(okXml("<__proto__><polluted>yes</polluted></__proto__>")), badResponseOnce],
  ["F47: an element named constructor", respond(okXml("<constructor><prototype/></constructor>")), badResponseOnce],
  ["F47: a thousand levels", respond(nested), badResponseOnce],
];

it.concurrent.for(rows)("%s is an error with a code, or an old answer, and is over with it", async ([, behaviour, seen], own) => {
  // Those that are not about time have enough of it beside the others.
  const { facade, upstream } = await both({ SEVENDIGITAL_TIMEOUT_MS: seen === timeout ? "1000" : "10000" }, own);
  const warm = { data: { artist: { name: "Keane" } } };
  expect(await facade.query(catalogueRead(1))).toEqual(warm);
  facade.pass(3600);
  const failed = (path: readonly string[]) => [
    {
      message: expect.any(String) as string,
      path,
      extensions: expect.objectContaining({ code: seen.code, ...seen.extensions }) as unknown,
    },
  ];
  upstream.behaviour = behaviour;
  upstream.asked.length = 0;

  expect(await facade.query(catalogueRead(2))).toMatchObject({ data: { artist: null }, errors: failed(["artist"]) });
  expect(upstream.asked).toHaveLength(seen.tries);
  const users = await facade.query(userRead, {}, user);
  expect(users).toMatchObject({ data: { viewer: { locker: null } }, errors: failed(["viewer", "locker"]) });
  expect(upstream.asked).toHaveLength(2 * seen.tries);

  const { data, errors, extensions } = await asked(facade, catalogueRead(1));
  if (seen.stale === false) expect(errors).toMatchObject(failed(["artist"]));
  else {
    expect({ data, errors }).toEqual({ ...warm, errors: undefined });
    expect(extensions).toMatchObject({ stale: { methods: ["artist/details"], pricesMayDiffer: true } });
  }
  upstream.behaviour = healthy;
  await isWell(facade);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe("an upstream that cannot be reached", () => {
  const code = (failure: string) => [{ extensions: { code: failure } }];

  it("F1: refuses connections, until it is there again", async () => {
    const upstream = await faultyUpstream();
    await new Promise((resolve) => upstream.server.close(resolve));
    const facade = await facadeOn(upstream.url);
    const answers = [await facade.query(catalogueRead(1)), await facade.query(userRead, {}, user)];
    for (const { errors } of answers) expect(errors).toMatchObject(code("UPSTREAM_UNAVAILABLE"));
    await listen(upstream.server, upstream.port);
    expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F2: has an unknown name", async () => {
    const facade = await facadeOn("http://nowhere.invalid", { SEVENDIGITAL_TIMEOUT_MS: "5000" });
    for (const { errors } of [await facade.query(catalogueRead(1)), await facade.query(userRead, {}, user)]) {
      expect(errors).toMatchObject(code("UPSTREAM_UNAVAILABLE"));
      expect(JSON.stringify(errors)).not.toContain("nowhere");
    }
  });

  it("F3: never ends its handshake, for which no call waits its whole time", async () => {
    const upstream = await fakeUpstream(silence);
    const facade = await facadeOn(upstream.url.replace("http:", "https:"), { SEVENDIGITAL_TIMEOUT_MS: "10000" });
    const answers = await Promise.all([asked(facade, catalogueRead(1)), asked(facade, userRead, user)]);
    for (const { errors, tookMs } of answers) {
      expect(errors).toMatchObject(code("UPSTREAM_UNAVAILABLE"));
      expect(tookMs).toBeLessThan(6000);
    }
    await expect.poll(() => upstream.sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it("F4: shows a certificate nobody vouches for: not tried again, not without TLS, and counted", async () => {
    const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
    const upstream = await faultyUpstream({ tls: { key, cert } });
    const facade = await facadeOn(upstream.url, { SEVENDIGITAL_TIMEOUT_MS: "5000" });
    for (const { errors } of [await facade.query(catalogueRead(1)), await facade.query(userRead, {}, user)]) {
      expect(errors).toMatchObject(code("UPSTREAM_UNAVAILABLE"));
    }
    expect(upstream.sockets).toHaveLength(2);
    expect(upstream.asked).toEqual([]);
    expect(await facade.metrics()).toMatch(/upstream_calls_total\{[^}]*outcome="UPSTREAM_UNAVAILABLE"[^}]*\} [1-9]/);
  });
});

it("F13: a gzip bomb is refused, and never inflated", async () => {
  const { facade, upstream } = await both();
  const small = gzipSync(Buffer.alloc(50_000_000, " "));
  expect(small.length).toBeLessThan(60_000);
  upstream.behaviour = respond(small, 200, gzip);
  await facade.query(catalogueRead(1));
  const before = process.memoryUsage.rss();
  for (const id of [2, 3, 4]) {
    expect((await facade.query(catalogueRead(id))).errors).toMatchObject([{ extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024);
  upstream.behaviour = healthy;
  await isWell(facade);
});

describe("what 7digital refuses", () => {
  it.each([
    ["F19: what is not there", respond(errorXml("2001"))],
    ["F20: what is not there, as HTTP 404", respond(errorXml("2001"), 404)],
  ])("%s is null without an error, asked for once, and for a minute not again", async (_row, behaviour) => {
    const { facade, upstream } = await both();
    upstream.behaviour = behaviour;
    for (const seconds of [0, 59]) {
      facade.pass(seconds);
      expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: null } });
      expect(upstream.asked).toHaveLength(1);
    }
    facade.pass(1);
    upstream.behaviour = healthy;
    expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
  });

  it("F21: what a store does not sell names the store", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond(errorXml("2002"));
    const { errors } = await facade.query(catalogueRead(1), {}, { "x-7d-country": "DE" });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_AVAILABLE_IN_COUNTRY", store: { country: "DE" } } }]);
    expect(upstream.asked).toHaveLength(1);
  });

  it("F22: refused input is in our words, with 7digital's beside them", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond(errorXml("1001", "Missing parameter artistId"));
    const { errors } = await facade.query(catalogueRead(1));
    expect(errors).toMatchObject([
      {
        message: "7digital rejected a value that this server sent (error 1001 of artist/details). Contact the operator.",
        extensions: { code: "UPSTREAM_REJECTED_INPUT", sevendigital: { code: 1001, message: "Missing parameter artistId" } },
      },
    ]);
  });

  it.each([401, 200])("F31: a token, in plain text with HTTP %i, is that caller's matter alone", async (status) => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond("OAuth authentication error: Not authorised", status, {});
    const { errors } = await facade.query(userRead, {}, user);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(upstream.asked).toHaveLength(1);
    upstream.behaviour = healthy;
    await isWell(facade);
  });

  it("F32: our key is not the breaker's matter, nor worth a second try", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond("OAuth authentication error: consumer key", 401, {});
    for (let id = 1; id <= 20; id += 1) {
      const { errors } = await facade.query(catalogueRead(id));
      expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_AUTH" } }]);
    }
    expect(upstream.asked).toHaveLength(20);
    upstream.behaviour = healthy;
    await isWell(facade);
  });

  it("F33: a signature of the wrong time is made once more at the right one, and all that follow", async () => {
    const { facade, upstream } = await both();
    const theirs = Date.now() + 600_000;
    const stamps: string[] = [];
    const nonces: string[] = [];
    upstream.behaviour = (response, one) => {
      const authorization = one.headers.authorization ?? "";
      stamps.push(/oauth_timestamp="(\d+)"/.exec(authorization)?.[1] ?? "");
      nonces.push(/oauth_nonce="([^"]+)"/.exec(authorization)?.[1] ?? "");
      if (Math.abs(Number(stamps.at(-1)) * 1000 - theirs) < 60_000) healthy(response, one);
      else response.writeHead(401, { date: new Date(theirs).toUTCString() }).end("OAuth authentication error: timestamp");
    };
    for (let nth = 0; nth < 2; nth += 1) {
      expect(await facade.query(userRead, {}, user)).toEqual({ data: { viewer: { locker: { totalCount: 0 } } } });
    }
    expect(stamps).toHaveLength(3);
    expect(new Set(nonces).size).toBe(3);
  });

  it("F35: too many calls are heard of though the body cannot be read", async () => {
    const { facade, upstream } = await both();
    const limits = { "x-ratelimit-limit": "4000", "x-ratelimit-current": "4001", "x-ratelimit-reset": "60" };
    upstream.behaviour = respond("", 429, { "content-type": "text/plain", "content-encoding": "gzip", "retry-after": "60", ...limits });
    for (const id of [1, 2]) {
      const { errors } = await facade.query(catalogueRead(id));
      expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_RATE_LIMITED", retryAfterSeconds: expect.any(Number) as number } }]);
    }
    expect(upstream.asked).toHaveLength(1);
    expect(await facade.query(`{ upstreamQuota { limit remaining } }`)).toEqual({ data: { upstreamQuota: { limit: 4000, remaining: 0 } } });
  });

  it("F31: a token, in a page for people, is that caller's matter alone", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond("<html><h1>401 - Unauthorized</h1></html>", 401, { "content-type": "text/html" });
    expect((await facade.query(userRead, {}, user)).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(upstream.asked).toHaveLength(1);
  });

  it("a server in trouble that tells when it is back is told so, and is not asked before", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond("<html>Maintenance</html>", 503, { "retry-after": "30" });
    for (const [document, headers] of [[catalogueRead(1), {}] as const, [userRead, user] as const]) {
      upstream.asked.length = 0;
      for (let nth = 0; nth < 3; nth += 1) {
        const { errors } = await facade.query(document, {}, headers);
        expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true } }]);
        expect(Math.abs(Number(errors?.[0]?.extensions?.["retryAfterSeconds"]) - 25)).toBeLessThanOrEqual(5);
      }
      expect(upstream.asked).toHaveLength(1);
    }
  });

  it.each([
    ["429", respond("slow down", 429, { "retry-after": "3600" })],
    ["403", respond("Your daily quota has been used up", 403, { "retry-after": "3600" })],
  ])(
    "F35: too many calls, as %s, is reported at once with the time to come back, and what is old is served",
    async (_status, behaviour) => {
      const { facade, upstream } = await both();
      await facade.query(catalogueRead(1));
      facade.pass(3600);
      upstream.behaviour = behaviour;
      upstream.asked.length = 0;
      const { errors, tookMs } = await asked(facade, catalogueRead(2));
      expect(errors).toMatchObject([
        { extensions: { code: "UPSTREAM_RATE_LIMITED", retryable: true, resetAt: expect.any(String) as string } },
      ]);
      const { resetAt, retryAfterSeconds } = errors?.[0]?.extensions ?? {};
      const inMs = Date.parse(String(resetAt)) - (Date.now() + 3_600_000);
      expect(Math.abs(inMs - 3_600_000)).toBeLessThan(10_000);
      expect(Math.abs(Number(retryAfterSeconds) - 3600)).toBeLessThan(10);
      expect(tookMs).toBeLessThan(1000);
      expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
      expect((await facade.query(userRead, {}, user)).errors).toMatchObject([{ extensions: { code: "UPSTREAM_RATE_LIMITED" } }]);
      expect(upstream.asked).toHaveLength(1);
      facade.pass(3600);
      upstream.behaviour = healthy;
      await isWell(facade);
    },
  );
});

describe("an allowance that comes to its end", () => {
  function used(current: string): Behaviour {
    return (response, one) => {
      for (const [name, value] of [["Limit", "1000"] as const, ["Current", current] as const, ["Reset", "7200"] as const]) {
        response.setHeader(`X-RateLimit-${name}`, value);
      }
      healthy(response, one);
    };
  }

  it("F36: leaves the catalogue what is remembered, and users all", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = used("950");
    await facade.query(catalogueRead(1));
    facade.pass(3600);
    upstream.asked.length = 0;
    expect((await facade.query(catalogueRead(2))).errors).toMatchObject([
      { extensions: { code: "QUOTA_RESERVED", retryable: true, resetAt: expect.any(String) as string } },
    ]);
    expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toEqual([]);
    expect(await facade.query(userRead, {}, user)).toEqual({ data: { viewer: { locker: { totalCount: 0 } } } });
    upstream.behaviour = healthy;
    facade.pass(7200);
    await isWell(facade);
  });

  it("F37: lets nothing out until it starts again", async () => {
    const { facade, upstream } = await both();
    upstream.behaviour = used("1000");
    await facade.query(catalogueRead(1));
    upstream.asked.length = 0;
    for (const [query, headers] of [[catalogueRead(2), {}] as const, [userRead, user] as const]) {
      expect((await facade.query(query, {}, headers)).errors).toMatchObject([{ extensions: { code: "UPSTREAM_RATE_LIMITED" } }]);
    }
    expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toEqual([]);
    upstream.behaviour = healthy;
    facade.pass(7200);
    await isWell(facade);
  });

  it.each(["-1", "soon", "", "1e3", "950, 960"])("F38: is not believed to be %j", async (current) => {
    const { facade, upstream } = await both();
    upstream.behaviour = used(current);
    for (const id of [1, 2, 3]) expect(await facade.query(catalogueRead(id))).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toHaveLength(3);
  });
});

describe("an answer that leads elsewhere", () => {
  it.each([301, 302, 307, 308])("F39: by HTTP %i is not followed, and nobody there is told anything", async (status) => {
    const elsewhere = await fakeUpstream((response) => response.end(xml));
    const { facade, upstream } = await both();
    upstream.behaviour = respond("", status, { location: `${elsewhere.url}/1.2/user/locker` });
    for (const [query, headers] of [[userRead, user] as const, [catalogueRead(1), {}] as const]) {
      expect((await facade.query(query, {}, headers)).errors).toMatchObject([{ extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
    }
    expect(elsewhere.sockets).toEqual([]);
    expect(upstream.asked).toHaveLength(2);
    upstream.behaviour = healthy;
    await isWell(facade);
  });

  it("F40: is not asked for where a clip is", async () => {
    const { facade, upstream } = await both();
    const clip = "http://previews.7digital.com/clips/34/12345.clip.mp3";
    upstream.behaviour = (response, { path }) => {
      const track = `<track id="12345"><title>I Love You</title></track>`;
      response.end(okXml(path.endsWith("/track/preview") ? `<url>${clip}</url>` : track));
    };
    await facade.query(`{ track(id: "12345") { clipIfAvailable } }`);
    const previews = upstream.asked.filter(({ path }) => path.endsWith("/track/preview"));
    expect(previews.map(({ query }) => query.get("redirect"))).toEqual(["false"]);
  });
});

describe("an unusual answer that is one all the same", () => {
  const name = async (behaviour: Behaviour): Promise<unknown> => {
    const { facade, upstream } = await both();
    upstream.behaviour = behaviour;
    const { data, errors } = await facade.query<{ artist: { name: unknown } }>(catalogueRead(1));
    expect(errors).toBeUndefined();
    return data.artist.name;
  };

  it("F41: after provisional ones", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
    expect(await name(sendRaw(`${early}HTTP/1.1 200 OK\r\ncontent-length: ${String(xml.length)}\r\n\r\n${xml}`, "end"))).toBe("Keane");
  });

  it("F44: in Latin letters, where it says so", async () => {
    const latin = Buffer.from(artistXml("Beyoncé \x80"), "latin1");
    expect(await name(respond(latin, 200, { "content-type": "text/xml; charset=windows-1252" }))).toBe("Beyoncé €");
  });

  it("F15: plain, where it is said to be gzip", async () => {
    expect(await name(respond(xml, 200, gzip))).toBe("Keane");
  });

  it("F45: with a byte order mark, CDATA and white space", async () => {
    expect(await name(respond(`\ufeff${artistXml("<![CDATA[R&B <live>]]>")}\r\n`))).toBe("R&B <live>");
  });

  it.each([
    ["F45: a list of one", `<release id="1"><title>A</title></release>`, 1, ["A"]],
    ["F45: an empty list", "", 0, []],
  ])("%s", async (_row, item, total, titles) => {
    const { facade, upstream } = await both();
    upstream.behaviour = (response, { path }) => {
      const list = `<releases><page>1</page><pageSize>10</pageSize><totalItems>${String(total)}</totalItems>${item}</releases>`;
      response.end(path.endsWith("/artist/releases") ? okXml(list) : xml);
    };
    const { data, errors } = await facade.query(`{ artist(id: "1") { releases { totalCount nodes { title } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ artist: { releases: { totalCount: total, nodes: titles.map((title) => ({ title })) } } });
  });

  const nil = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"`;
  it.each([
    ["F45: a price that is nil", `<price ${nil}/>`, null],
    [
      "F48: a price that is not applicable",
      `<price><currency code="GBP">£</currency><value/><formattedPrice>N/A</formattedPrice></price>`,
      null,
    ],
    [
      "F48: a price told as a value",
      `<price><currency code="GBP">£</currency><value>7.99</value><formattedPrice>£7.99</formattedPrice></price>`,
      "7.99",
    ],
  ])("%s", async (_row, price, amount) => {
    const { facade, upstream } = await both();
    upstream.behaviour = respond(okXml(`<release id="1"><title>A</title>${price}</release>`));
    const { data } = await facade.query<{ release: { price: { current: { amount: string } | null } | null } }>(
      `{ release(id: "1") { price { current { amount } } } }`,
    );
    expect(data.release.price?.current?.amount ?? null).toBe(amount);
  });
});

it("F49: a connection that is closed when it is used again costs one more try, and nobody sees it", async () => {
  const { facade, upstream } = await both();
  await facade.query(catalogueRead(1));
  let closed = 0;
  upstream.behaviour = (response, one) => {
    if (closed === 0) {
      closed += 1;
      response.socket?.destroy();
    } else healthy(response, one);
  };
  expect(await facade.query(catalogueRead(2))).toEqual({ data: { artist: { name: "Keane" } } });
  expect(upstream.asked).toHaveLength(3);
});

describe("many clients at once", () => {
  it("F59: of 200 on a slow upstream ten calls are under way and a hundred wait a second; the rest are told it is too much", async () => {
    const { facade, upstream } = await both({
      SEVENDIGITAL_TIMEOUT_MS: "15000",
      LIMIT_OPERATION_MS: "15000",
      SEVENDIGITAL_MAX_CONNECTIONS: "10",
      SEVENDIGITAL_MAX_WAITING: "100",
      SEVENDIGITAL_MAX_WAIT_MS: "1000",
    });
    const held: (() => void)[] = [];
    upstream.behaviour = (response, one) =>
      held.push(() => {
        healthy(response, one);
      });
    const refused: WholeAnswer[] = [];
    const all = Array.from({ length: 200 }, async (_, nth) => {
      const one = await asked(facade, catalogueRead(nth + 1));
      if (one.errors !== undefined) refused.push(one);
      return one;
    });
    await expect.poll(() => refused.length, { timeout: 10_000 }).toBe(190);
    for (const { errors } of refused) expect(errors).toMatchObject([{ extensions: { code: "OVERLOADED" } }]);
    expect(upstream.asked).toHaveLength(10);
    for (const release of held) release();
    expect((await Promise.all(all)).filter(({ errors }) => errors === undefined)).toHaveLength(10);
    upstream.behaviour = healthy;
    await isWell(facade);
  });

  it("F60: a hundred who ask the same cost one call", async () => {
    const { facade, upstream } = await both({ SEVENDIGITAL_TIMEOUT_MS: "5000" });
    upstream.behaviour = (response, one) =>
      setTimeout(() => {
        healthy(response, one);
      }, 300);
    const answers = await Promise.all(Array.from({ length: 100 }, () => facade.query(catalogueRead(1))));
    for (const one of answers) expect(one).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F61: one of a hundred who goes away takes nothing from the others", async () => {
    const { facade, upstream } = await both({ SEVENDIGITAL_TIMEOUT_MS: "5000" });
    upstream.behaviour = (response, one) =>
      setTimeout(() => {
        healthy(response, one);
      }, 500);
    const leaver = new AbortController();
    const left = fetch(facade.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: catalogueRead(1) }),
      signal: leaver.signal,
    });
    const others = Array.from({ length: 99 }, () => facade.query(catalogueRead(1)));
    await expect.poll(() => upstream.asked).toHaveLength(1);
    leaver.abort();
    await expect(left).rejects.toThrow();
    for (const one of await Promise.all(others)) expect(one).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F52: a user's read that nobody waits for is broken off; the catalogue's is kept for the next", async () => {
    const { facade, upstream } = await both({ SEVENDIGITAL_TIMEOUT_MS: "5000" });
    upstream.behaviour = (response, one) =>
      setTimeout(() => {
        if (!response.destroyed) healthy(response, one);
      }, 2000);
    const brokenOff: string[] = [];
    const hungUp = async (query: string, headers: Readonly<Record<string, string>>): Promise<void> => {
      const leaver = new AbortController();
      const count = upstream.asked.length;
      const left = fetch(facade.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query }),
        signal: leaver.signal,
      });
      await expect.poll(() => upstream.asked).toHaveLength(count + 1);
      upstream.sockets.at(-1)?.on("close", () => brokenOff.push(upstream.asked.at(-1)?.path ?? ""));
      leaver.abort();
      await expect(left).rejects.toThrow();
    };
    await hungUp(userRead, user);
    await expect.poll(() => brokenOff, { timeout: 1900 }).toEqual(["/1.2/user/locker"]);
    await hungUp(catalogueRead(1), {});
    expect(await facade.query(catalogueRead(1))).toEqual({ data: { artist: { name: "Keane" } } });
    expect(upstream.asked).toHaveLength(2);
    upstream.behaviour = healthy;
    await isWell(facade);
  });
});

describe("what is remembered", () => {
  it("F62: and has no room is answered all the same", async () => {
    const { facade } = await both({ CACHE_MAX_BYTES: "1000" });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, nth) => facade.query(catalogueRead(nth + 1))));
    for (const one of answers) expect(one).toEqual({ data: { artist: { name: "Keane" } } });
  });

  it("F63: is served for a day when 7digital is down, says how old it is, and then no longer", async () => {
    const { facade, upstream } = await both();
    await facade.query(catalogueRead(1));
    upstream.behaviour = respond("", 503);
    for (const [seconds, age] of [
      [200, 200],
      [3400, 3600],
      [82_000, 85_600],
    ] as const) {
      facade.pass(seconds);
      const { data, errors, extensions } = await asked(facade, catalogueRead(1));
      expect({ data, errors }).toEqual({ data: { artist: { name: "Keane" } }, errors: undefined });
      const { stale } = extensions as { stale: { oldestAgeSeconds: number } };
      expect(stale).toMatchObject({ methods: ["artist/details"], pricesMayDiffer: age > 300 });
      expect(Math.abs(stale.oldestAgeSeconds - age)).toBeLessThan(10);
    }
    facade.pass(1000);
    expect((await facade.query(catalogueRead(1))).errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
  });

  it.each([
    ["private, max-age=432000", 431_000, 1],
    ["no-store", 0, 2],
    ["a,b=;c", 0, 2],
    ["", 59, 1],
  ])("F64: with Cache-Control %j goes by it", async (cacheControl, seconds, calls) => {
    const { facade, upstream } = await both();
    upstream.behaviour = (response, { query }) =>
      response.writeHead(200, { "cache-control": cacheControl }).end(artistXml("Keane", query.get("artistId") ?? ""));
    await facade.query(catalogueRead(1));
    facade.pass(seconds);
    await facade.query(catalogueRead(1));
    expect(upstream.asked).toHaveLength(calls);
  });

  it("F64: is nothing of a user's", async () => {
    const { facade, upstream } = await both();
    for (let nth = 0; nth < 3; nth += 1) await facade.query(userRead, {}, user);
    expect(upstream.asked).toHaveLength(3);
  });
});

it("F65: one of twenty that fails is null with one error, and the others are there", async () => {
  const { facade, upstream } = await both();
  upstream.behaviour = (response, one) => {
    if (one.query.get("artistId") === "7") response.writeHead(500).end();
    else healthy(response, one);
  };
  const ids = Array.from({ length: 20 }, (_, nth) => `artist:${String(nth + 1)}`);
  const { data, errors } = await facade.query<{ nodes: readonly unknown[] }>(
    `{ nodes(ids: ${JSON.stringify(ids)}) { ... on Artist { name } } }`,
  );
  expect(data.nodes).toEqual(ids.map((id) => (id === "artist:7" ? null : { name: "Keane" })));
  expect(errors).toMatchObject([{ path: ["nodes", 6], extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
  expect(errors).toHaveLength(1);
});
