/** What operations cost, told to those who may know, and stopped where it is more than was foreseen. */
import { afterEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { startFacade, type Facade } from "../../support/facade.js";
import { fakeUpstream, okXml, respond, type FakeUpstream } from "../../support/fake-upstream.js";

const operatorSecret = "operator-secret-0123456789";
const gatewaySecret = "gateway-secret-0123456789";
let facade: Facade;

afterEach(() => facade.close());

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: unknown;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: { readonly upstream?: Readonly<Record<string, unknown>>; readonly store?: unknown; readonly stale?: unknown };
}

async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { body } = await request(facade.url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-show-upstream": "true", ...headers },
    body: JSON.stringify({ query }),
  });
  return (await body.json()) as Answer;
}

describe("extensions.upstream", () => {
  it("tells what was foreseen, what was sent, and what was remembered for how long", async () => {
    let aheadMs = 0;
    facade = await startFacade({ ahead: () => aheadMs });
    const query = "{ artist(id: 1) { name releases(first: 2) { nodes { title } } } }";
    const cold = (await ask(query)).extensions?.upstream;
    expect(cold).toMatchObject({ estimated: 2, actual: 2, remembered: 0, joined: 0 });
    expect(cold).toMatchObject({ estimatedByMethod: { "artist/details": 1, "artist/releases": 1 } });
    expect(cold?.["calls"]).toEqual([
      { method: "artist/details", from: "UPSTREAM", outcome: "OK", durationMs: expect.any(Number) as number },
      { method: "artist/releases", from: "UPSTREAM", outcome: "OK", durationMs: expect.any(Number) as number },
    ]);
    aheadMs = 20_000;
    const warm = (await ask(query)).extensions?.upstream;
    expect(warm).toMatchObject({ estimated: 2, actual: 0, remembered: 2 });
    expect(warm?.["calls"]).toMatchObject([
      { method: "artist/details", from: "MEMORY" },
      { method: "artist/releases", from: "MEMORY" },
    ]);
    const [{ ageSeconds }] = warm?.["calls"] as [{ ageSeconds: number }];
    expect(ageSeconds).toBeGreaterThanOrEqual(20);
    expect(ageSeconds).toBeLessThan(40);
  });

  it("is told only to those who ask for it", async () => {
    facade = await startFacade();
    expect((await ask("{ artist(id: 1) { name } }", { "x-7d-show-upstream": "" })).extensions).not.toHaveProperty("upstream");
  });

  it("is told in the profile `locked` to operators and gateways alone", async () => {
    facade = await startFacade({ environment: { PROFILE: "locked", OPERATOR_SECRET: operatorSecret, GATEWAY_SECRET: gatewaySecret } });
    const query = "{ artist(id: 1) { name } }";
    expect((await ask(query)).extensions).not.toHaveProperty("upstream");
    expect((await ask(query, { "x-7d-operator-secret": operatorSecret })).extensions).toHaveProperty("upstream");
    expect((await ask(query, { "x-7d-gateway-secret": gatewaySecret })).extensions).toHaveProperty("upstream");
  });
});

describe("extensions.store", () => {
  it("A29: names the server's own store where the operation names none", async () => {
    facade = await startFacade({ environment: { SEVENDIGITAL_COUNTRY: "DE" } });
    const answer = await ask("{ artist(id: 1) { name } }");
    expect(answer.extensions?.store).toEqual({ defaultCountry: "DE", country: "DE", currencyCode: "EUR" });
    expect(facade.sandbox.journal.entries().map(({ params }) => params["country"])).toEqual(["DE"]);
    expect((await ask("{ artist(id: 1) { name } }", { "x-7d-country": "GB" })).extensions).not.toHaveProperty("store");
    expect((await ask("query @inContext(shopId: 34) { artist(id: 1) { name } }")).extensions).not.toHaveProperty("store");
  });

  it("names a partner's shop, and does not guess its country or currency", async () => {
    facade = await startFacade({ environment: { SEVENDIGITAL_SHOP_ID: "1064" } });
    const { extensions } = await ask("{ artist(id: 1) { name } }");
    expect(extensions?.store).toEqual({ defaultShopId: "1064", country: null, currencyCode: null });
  });
});

/** An upstream whose charts hold nothing but ids, so that everything has to be asked for. */
function upstreamOfIds(answerMs = 0): Promise<FakeUpstream> {
  const items = Array.from({ length: 50 }, (_, index) => `<chartItem><release id="${String(index + 1)}"/></chartItem>`).join("");
  return fakeUpstream((response, { path }) => {
    const isChart = path === "/1.2/release/chart";
    const body = isChart ? `<chart><totalItems>50</totalItems>${items}</chart>` : `<release id="1"><title>One</title></release>`;
    setTimeout(() => respond(okXml(body))(response), answerMs);
  });
}

describe("an operation that costs more than was foreseen", () => {
  it("may make as many calls as any operation, and the rest is null with the reason", async () => {
    const { url, asked } = await upstreamOfIds();
    facade = await startFacade({ environment: { SEVENDIGITAL_BASE_URL: `${url}/1.2`, LIMIT_UPSTREAM_CALLS: "20" } });
    const answer = await ask("{ releaseChart(first: 50) { nodes { releaseId title } } }");
    expect(answer.extensions?.upstream).toMatchObject({ estimated: 1, actual: 20 });
    expect(asked).toHaveLength(20);
    expect(new Set(answer.errors?.map(({ extensions }) => extensions["code"]))).toEqual(new Set(["TOO_MANY_UPSTREAM_CALLS"]));
    const { nodes } = (answer.data as { releaseChart: { nodes: { title: string | null }[] } }).releaseChart;
    expect(nodes.filter(({ title }) => title !== null)).toHaveLength(19);
  });

  it("ends when its time is over, with what came until then", async () => {
    const { url } = await upstreamOfIds(400);
    facade = await startFacade({ environment: { SEVENDIGITAL_BASE_URL: `${url}/1.2`, LIMIT_OPERATION_MS: "600" } });
    const startedMs = performance.now();
    const answer = await ask("{ releaseChart(first: 2) { nodes { releaseId title } } }");
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(answer.data).toEqual({
      releaseChart: {
        nodes: [
          { releaseId: "1", title: null },
          { releaseId: "2", title: null },
        ],
      },
    });
    expect(answer.errors).toMatchObject([{ extensions: { code: "OPERATION_TIMEOUT" } }]);
  });
});
