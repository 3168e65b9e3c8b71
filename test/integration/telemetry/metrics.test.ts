/** What is counted, who may read it, and that nobody can make it grow. */
import { Registry } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { createMetrics } from "../../../src/telemetry/metrics.js";
import { buy, demo, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";
import { startFacade, type Facade } from "../../support/facade.js";

const call = { method: "artist/details", auth: "key", effect: "read", outcome: "OK", httpStatus: 200, sent: true, durationMs: 20 } as const;

function series(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !line.includes("_bucket{"));
}

describe("what is counted", () => {
  const registry = new Registry();
  const metrics = createMetrics(registry);
  afterEach(() => registry.resetMetrics());

  it("has so many series and no more, whatever operations and methods come", async () => {
    for (let n = 0; n < 1000; n++) {
      const codes = n % 2 === 0 ? [`CODE_${String(n)}`] : [];
      metrics.countOperation({ kind: "query", codes, durationMs: n, meter: undefined });
      metrics.countCall({ ...call, method: `method/${String(n)}` });
    }
    const lines = series(await registry.metrics());
    // Those that alerts look for are there from the start.
    expect(lines.filter((line) => line.includes("operations_total") && !line.endsWith(" 0"))).toEqual([
      'sevendigital_graphql_operations_total{kind="query",outcome="OTHER"} 500',
      'sevendigital_graphql_operations_total{kind="query",outcome="OK"} 500',
    ]);
    expect(lines.filter((line) => line.includes("upstream_calls_total"))).toHaveLength(101);
    expect(lines).toContain('sevendigital_graphql_upstream_calls_total{method="OTHER",outcome="OK",sent="true"} 900');
    expect(lines.length).toBeLessThan(160);
  });

  it("tells what the client tells of itself, when it is read", async () => {
    const own = new Registry();
    let waiting = 3;
    createMetrics(own).watch({
      quota: () => ({ limit: 4000, used: 100, remaining: 3900, resetAtMs: 90_000, observedAtMs: 0 }),
      stats: () => ({
        breakers: { read: "open", signedRead: "closed", write: "halfOpen", money: "closed" },
        inFlight: 64,
        waiting,
        cacheBytes: 1234,
      }),
    });
    waiting = 5;
    expect(series(await own.metrics())).toEqual(
      expect.arrayContaining([
        "sevendigital_graphql_quota_limit 4000",
        "sevendigital_graphql_quota_remaining 3900",
        "sevendigital_graphql_quota_reset_timestamp_seconds 90",
        "sevendigital_graphql_upstream_in_flight 64",
        "sevendigital_graphql_upstream_waiting 5",
        "sevendigital_graphql_cache_bytes 1234",
        'sevendigital_graphql_breaker_state{calls="read"} 2',
        'sevendigital_graphql_breaker_state{calls="signedRead"} 0',
        'sevendigital_graphql_breaker_state{calls="write"} 1',
        'sevendigital_graphql_breaker_state{calls="money"} 0',
      ]),
    );
  });
});

describe("of a running server", () => {
  let facade: Facade;
  afterEach(() => facade.close());

  it("are operations, calls, what was remembered, and the allowance", async () => {
    facade = await startFacade();
    const artist = `query Artist { artist(id: "1") { name } }`;
    await Promise.all([facade.query(artist), facade.query(artist)]);
    await facade.query(artist);
    await facade.query(`{ artist(id: "x") { name } }`);
    await facade.query(`mutation { basketCreate { basket { id } } }`);
    await facade.query(`{ nothing }`);
    expect(series(await facade.metrics())).toEqual(
      expect.arrayContaining([
        'sevendigital_graphql_operations_total{kind="query",outcome="OK"} 3',
        'sevendigital_graphql_operations_total{kind="query",outcome="BAD_USER_INPUT"} 1',
        'sevendigital_graphql_operations_total{kind="mutation",outcome="OK"} 1',
        'sevendigital_graphql_operations_total{kind="none",outcome="GRAPHQL_VALIDATION_FAILED"} 1',
        'sevendigital_graphql_operation_duration_seconds_count{kind="query"} 4',
        'sevendigital_graphql_upstream_calls_total{method="artist/details",outcome="OK",sent="true"} 1',
        'sevendigital_graphql_upstream_call_duration_seconds_count{effect="read"} 1',
        'sevendigital_graphql_upstream_call_duration_seconds_count{effect="write"} 1',
        'sevendigital_graphql_cache_answers_total{how="joined"} 1',
        'sevendigital_graphql_cache_answers_total{how="fresh"} 1',
        "sevendigital_graphql_quota_limit 1000000",
        "sevendigital_graphql_quota_remaining 999998",
      ]),
    );
  });

  it("say nothing of the quota before 7digital has: 0 calls left would be an alarm", async () => {
    facade = await startFacade();
    const ofQuota = async () => series(await facade.metrics()).filter((line) => line.includes("_quota_"));
    expect(await ofQuota()).toEqual([]);
    await facade.query(`{ artist(id: "1") { name } }`);
    expect(await ofQuota()).toHaveLength(3);
  });

  it("have no label of a client's making", async () => {
    facade = await startFacade();
    await facade.query(`query First { artist(id: "1") { name } }`);
    const before = series(await facade.metrics()).length;
    for (let n = 0; n < 1000; n++) await facade.query(`query Name${String(n)} { artist(id: "1") { name } }`);
    const after = series(await facade.metrics());
    // What was remembered is counted for the first time.
    expect(after.length).toBeLessThanOrEqual(before + 1);
    expect(after.join()).not.toMatch(/Name\d|First/);
  });
});

describe("of purchases", () => {
  let shop: Shop;
  afterEach(() => shop.close());

  it("are the attempts that began, and how they ended; a key sent again is none", async () => {
    shop = await startShop();
    shop.upstream.onPurchase = sell();
    const idempotencyKey = "key-of-the-metrics-1";
    await buy(shop, { idempotencyKey }, demo);
    await buy(shop, { idempotencyKey }, demo);
    const lines = series(await shop.facade.metrics()).filter((line) => line.includes("purchase_attempts"));
    expect(lines).toEqual([
      'sevendigital_graphql_purchase_attempts_total{state="BEGUN"} 1',
      'sevendigital_graphql_purchase_attempts_total{state="SUCCEEDED"} 1',
      'sevendigital_graphql_purchase_attempts_total{state="REJECTED"} 0',
      'sevendigital_graphql_purchase_attempts_total{state="NOT_SENT"} 0',
      'sevendigital_graphql_purchase_attempts_total{state="UNKNOWN"} 0',
    ]);
  });
});

describe("/metrics", () => {
  const metricsSecret = "metrics-secret-of-the-tests";
  let facade: Facade;
  afterEach(() => facade.close());

  async function scraped(environment: Readonly<Record<string, string>>, authorization?: string) {
    facade = await startFacade({ environment });
    const answer = await fetch(new URL("/metrics", facade.url), { headers: authorization === undefined ? {} : { authorization } });
    return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() };
  }

  it("is everybody's in open", async () => {
    const { status, type, body } = await scraped({});
    expect([status, type]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
    expect(body).toContain("# TYPE sevendigital_graphql_operations_total counter");
  });

  it("is in locked for whoever knows the secret", async () => {
    const { status, body } = await scraped({ PROFILE: "locked", METRICS_SECRET: metricsSecret }, `Bearer ${metricsSecret}`);
    expect(status).toBe(200);
    expect(body).toContain("sevendigital_graphql_operations_total");
  });

  it.each([[undefined], ["Bearer wrong"], [metricsSecret], [`Basic ${metricsSecret}`], [`Bearer ${metricsSecret}x`]])(
    "is in locked not for who says %s",
    async (authorization) => {
      const { status, body } = await scraped({ PROFILE: "locked", METRICS_SECRET: metricsSecret }, authorization);
      expect(status).toBe(401);
      expect(body).not.toContain("sevendigital");
    },
  );

  it.each([[undefined], ["Bearer "], ["Bearer undefined"]])(
    "is in locked not there without a secret, whoever says %s",
    async (authorization) => {
      expect((await scraped({ PROFILE: "locked" }, authorization)).status).toBe(404);
    },
  );
});
