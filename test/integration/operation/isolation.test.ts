/** What is one user's is nobody else's, and what is one store's is not another's. ISOLATION_ANSWERS is how many answers are compared:
 *  100000 for the whole proof. */
import { Agent, request, type Dispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { object } from "../../../src/upstream/xml/decode.js";
import { endpoint, type Auth, type Effect } from "../../../src/upstream/endpoint.js";
import { CacheStore } from "../../../src/upstream/cache/store.js";
import { optional, text } from "../../../src/upstream/request/params.js";
import { createRequestBuilder, type SharedKey } from "../../../src/upstream/request/request.js";
import { readEndpoints } from "../../support/endpoints.js";
import { startFacade, type Facade } from "../../support/facade.js";

const operatorSecret = "operator-secret-of-the-tests";
const answers = Number(process.env["ISOLATION_ANSWERS"] ?? 800);
const atOnce = 40;
const patience = 60_000 + answers * 100;

let facade: Facade;
/** Remembers nothing, so that what it answers is nobody else's. */
let forgetful: Facade;
const dispatcher = new Agent({ connections: 8 });
beforeAll(async () => {
  const environment = { OPERATOR_SECRET: operatorSecret, SEVENDIGITAL_TIMEOUT_MS: "60000", LIMIT_OPERATION_MS: "120000" };
  facade = await startFacade({ environment });
  forgetful = await startFacade({ environment: { ...environment, CACHE_MAX_BYTES: "0" } });
});
afterAll(async () => {
  await dispatcher.close();
  await facade.close();
  await forgetful.close();
});

const users = ["demo", "other"];
const stores = [{ "x-7d-country": "GB" }, { "x-7d-country": "DE" }, { "x-7d-shop-id": "34" }, { "x-7d-shop-id": "1064" }];
const widths = [50, 350];

const query = `query($width: Int!) {
  viewer {
    locker(first: 2) { totalCount nodes { release { releaseId title } tracks { nodes { purchaseId remainingDownloads } } } }
    purchaseAttempt(idempotencyKey: "never-seen-never-seen") { status }
  }
  storeContext { country requestedShopId }
  release(id: "2009") { title image(width: $width) { url width } price { current { display } } }
  releaseChart(first: 3) { nodes { title image(width: $width) { url } price { current { display currencyCode } } } }
}`;

interface Variant {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const catalogueVariants: readonly Variant[] = stores.flatMap((store) =>
  widths.map((width) => ({ headers: store, body: JSON.stringify({ query, variables: { width } }) })),
);

/** Each of them by one user and then by the other. */
const variants: readonly Variant[] = catalogueVariants.flatMap(({ headers, body }) =>
  users.map((user) => ({ headers: { ...headers, ...credentialOf(user) }, body })),
);

function credentialOf(user: string): Record<string, string> {
  return {
    "x-7d-oauth-token": `${user}-token`,
    "x-7d-oauth-token-secret": `${user}-token-secret`,
    "x-7d-operator-secret": operatorSecret,
  };
}

async function ask(
  { url }: Facade,
  { headers, body }: Variant,
  more: Readonly<Record<string, string>> = {},
): Promise<Dispatcher.ResponseData> {
  return request(url, { dispatcher, method: "POST", headers: { "content-type": "application/json", ...headers, ...more }, body });
}

async function answerOf(asked: Facade, variant: Variant): Promise<string> {
  const { body } = await ask(asked, variant);
  return body.text();
}

/** What each gets with nobody else around, on a façade that remembers nothing. */
async function alone(asked: readonly Variant[]): Promise<string[]> {
  const expected: string[] = [];
  for (const variant of asked) expected.push(await answerOf(forgetful, variant));
  return expected;
}

/** How many answers, with everybody asking in turn, are not what they are alone. */
async function foreignAnswers(asked: readonly Variant[], expected: readonly string[], count: number): Promise<number> {
  let foreign = 0;
  for (let turn = 0; turn < count; turn += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, count - turn) }, (_, n) => (turn + n) % asked.length);
    const given = await Promise.all(places.map((place) => answerOf(facade, asked[place] as Variant)));
    foreign += given.filter((answer, n) => answer !== expected[places[n] ?? 0]).length;
  }
  return foreign;
}

describe("two users in eight variants of country, shop and size, who take turns", () => {
  it(`A59: get their own answers and not one byte of another's, ${String(answers)} times`, { timeout: patience }, async () => {
    const expected = await alone(variants);
    expect(new Set(expected).size).toBe(16);
    for (const [place, answer] of expected.entries()) expect(answer).toContain(`"totalCount":${place % 2 === 0 ? "3" : "2"}`);
    expect(await foreignAnswers(variants, expected, answers)).toBe(0);
  });

  it("A59: are never told that nothing has changed, nor that an answer may be kept", { timeout: 60_000 }, async () => {
    for (const validator of ["*", '"anything"', 'W/"anything"']) {
      for (const variant of variants.slice(0, 4)) {
        const { statusCode, headers, body } = await ask(facade, variant, {
          "if-none-match": validator,
          "if-modified-since": "Sun, 22 Nov 2099 00:00:00 GMT",
        });
        expect([statusCode, headers["cache-control"], headers["etag"], headers["last-modified"]]).toEqual([
          200,
          "no-store",
          undefined,
          undefined,
        ]);
        expect(await body.text()).toContain('"viewer":{"locker"');
      }
    }
  });
});

describe("eight variants of country, shop and size of one catalogue query", () => {
  it("A60: are never mixed", { timeout: patience }, async () => {
    const expected = await alone(catalogueVariants);
    expect(new Set(expected).size).toBe(8);
    expect(await foreignAnswers(catalogueVariants, expected, answers / 4)).toBe(0);
  });
});

/** Stands for every parameter that an endpoint declares. */
const everything = new Proxy({}, { get: (_, name) => (["tags", "type"].includes(String(name)) ? ["1"] : "1") });
const user = { token: { key: "canary-token", secret: "canary-secret" } };

describe("the shared memory", () => {
  it("A60: has no key for what a user's credential goes with, and no credential in any key", async () => {
    const requests = createRequestBuilder();
    const session = { store: { country: "GB" }, user };
    // Links to media are declared beside endpoints, but are never called by us.
    const endpoints = (await readEndpoints()).filter((declared) => "params" in declared);
    const keyed = endpoints.filter((declared) => requests.sharedKey(declared, everything, session) !== undefined);
    expect(keyed.length).toBeGreaterThan(20);
    expect(keyed.filter(({ auth, effect }) => auth !== "key" || effect !== "read")).toEqual([]);
    for (const declared of keyed) {
      const key = requests.sharedKey(declared, everything, session);
      expect(key).not.toContain("canary");
      expect(key).not.toContain("oauth");
      expect(key).toBe(requests.sharedKey(declared, everything, { store: session.store }));
    }
  });

  it("takes no key that was made by hand, nor one that may be none: this does not compile", () => {
    const memory = new CacheStore(1_000_000);
    const lifetime = { ageMs: 0, freshMs: 1, revalidateMs: 1, keepMs: 1 };
    const locker = endpoint({ path: "user/locker", auth: "user", effect: "read", params: {}, result: object({}) });
    const key = createRequestBuilder().sharedKey(locker, {}, { store: { country: "GB" }, user });
    const neverCalled = [
      // @ts-expect-error A text is no key.
      () => memory.setValue("GET user/locker", {}, lifetime, 0),
      // @ts-expect-error Nor is one that a user's endpoint has, for it has none.
      () => memory.setValue(key, {}, lifetime, 0),
      // @ts-expect-error Nor can a text be given for one.
      (): SharedKey => "GET user/locker",
      // @ts-expect-error And nothing is read by a text either.
      () => memory.find("GET user/locker", 0),
    ];
    expect([neverCalled.length, key]).toEqual([4, undefined]);
  });

  it("has no key for whatever an endpoint may declare, but for reads that speak for the key alone", () => {
    const requests = createRequestBuilder();
    const auths: readonly Auth[] = ["key", "consumer", "user"];
    const effects: readonly Effect[] = ["read", "write", "money"];
    const kept = auths.flatMap((auth) =>
      effects.filter((effect) => {
        const declared = endpoint({ path: `user/${auth}/${effect}`, auth, effect, params: { q: text }, result: object({}) });
        return requests.sharedKey(declared, { q: "1" }, { store: { country: "GB" }, user }) !== undefined;
      }),
    );
    expect(kept).toEqual(["read"]);
  });

  it("does not let an endpoint take a credential for a parameter", () => {
    const requests = createRequestBuilder();
    for (const name of ["oauth_token", "OAuth_Token", "oauth_token_secret"]) {
      const hostile = endpoint({
        path: "artist/details",
        auth: "key",
        effect: "read",
        params: { [name]: optional(text) },
        result: object({}),
      });
      expect(() => requests.sharedKey(hostile, { [name]: "canary-token" }, { store: { country: "GB" }, user })).toThrow(
        "callers must not send",
      );
    }
  });

  it("holds nothing of a user's after their answers", async () => {
    facade.calls();
    for (const variant of variants.slice(0, 2)) await answerOf(facade, variant);
    facade.calls();
    for (const variant of variants.slice(0, 2)) await answerOf(facade, variant);
    // What is everybody's is remembered by now; what is a user's is asked for again each time.
    expect(facade.calls()).toEqual(["user/locker", "user/locker"]);
  });
});
