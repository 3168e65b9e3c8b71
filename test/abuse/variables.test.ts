/** Values that cannot be right are refused before anything is asked of 7digital, wherever they stand. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";
import { bearerOf, demoUser, otherUser } from "../support/sign-in.js";
import { cpuOf, tell, type Headers, type GraphAnswer } from "../support/asking.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
beforeEach(() => {
  facade.calls();
});
afterAll(() => facade.close());

async function refused(query: string, variables: object, headers: Headers): Promise<GraphAnswer> {
  const answer = await tell(facade.url, { query, variables }, headers);
  expect(facade.calls()).toEqual([]);
  expect(answer.text).not.toMatch(/(.)\1{100}/);
  return answer;
}

/** Before anything is executed, so there is no `data`. GraphQL over HTTP, "Status Codes": such a response has to be 4xx or 5xx. That is so for
 *  variables that do not fit their types, documents that are not valid, and pages and stores, which the planner reads. */
async function rejected(query: string, variables: object = {}, headers: Headers = {}): Promise<GraphAnswer> {
  const answer = await refused(query, variables, headers);
  expect(answer.status, answer.text).toBe(400);
  expect(JSON.parse(answer.text)).not.toHaveProperty("data");
  return answer;
}

/** At its field, which is null. `data` is not, and then the same section asks for 2xx. */
async function nulled(field: string, query: string, variables: object = {}): Promise<GraphAnswer> {
  const answer = await refused(query, variables, {});
  expect([answer.status, answer.data], answer.text).toEqual([200, { [field]: null }]);
  return answer;
}

describe("a page", () => {
  it.each([0, -1, 101, 99_999_999])(
    "A21, A22: of %d items is refused before anything is asked, as literal and as variable",
    async (first) => {
      for (const [query, variables] of [
        [`{ releaseChart(first: ${String(first)}) { nodes { title } } }`, {}],
        ["query($first: Int!) { releaseChart(first: $first) { nodes { title } } }", { first }],
        [`{ artist(id: "1") { name releases(first: 2) { nodes { title tracks(first: ${String(first)}) { nodes { title } } } } } }`, {}],
      ] as const) {
        expect((await rejected(query, variables)).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "first" } }]);
      }
    },
  );

  it("A23: is looked at every time, whatever the same document asked for before", async () => {
    const query =
      "query($first: Int!) { releaseChart(first: $first) { nodes { id tags { nodes { id } } tracks(first: $first) { nodes { id } } } } }";
    expect((await tell(facade.url, { query, variables: { first: 1 } })).status).toBe(200);
    facade.calls();
    expect((await rejected(query, { first: 100 })).code).toBe("TOO_MANY_UPSTREAM_CALLS");
    expect((await rejected(query, { first: 101 })).code).toBe("BAD_USER_INPUT");
  });

  it.each([2 ** 31, "1", 1.5, true, null, [[1]], { a: 1 }, "x".repeat(50_000)])("A24: is no %j", async (first) => {
    const query = "query($first: Int!) { releaseChart(first: $first) { totalCount } }";
    expect((await rejected(query, { first })).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(await cpuOf(() => tell(facade.url, { query, variables: { first } }))).toBeLessThan(20);
  });

  const tagged = "query ($tags: [ID!]!) { tagged(tags: $tags) { artists { totalCount } } }";
  const nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
  const tracks = "query ($ids: [ID!]!) { tracksById(ids: $ids) { title release { title } } }";
  const create = "mutation ($input: BasketCreateInput) { basketCreate(input: $input) { basket { id } } }";
  const numbered = (count: number, name: string) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${String(n)}`, n]));
  const list = <T>(length: number, make: (n: number) => T): readonly T[] => Array.from({ length }, (_, n) => make(n));

  it.each<[what: string, query: string, variables: object, field?: string]>([
    ["nulls", nodes, { ids: list(15_000, () => null) }],
    ["objects for ids", nodes, { ids: list(5000, (a) => ({ a })) }],
    ["ids", tracks, { ids: list(6000, (n) => `track:${String(n + 1)}:2`) }],
    ["tags", tagged, { tags: list(14_000, () => "a") }],
    ["fields that there are not", create, { input: numbered(5000, "name") }],
    ["variables that there are not", nodes, numbered(5000, "name")],
    // As many as are looked at.
    ["nulls, as many as may be", nodes, { ids: list(2400, () => null) }],
    ["ids, as many as may be", tracks, { ids: list(2400, (n) => `track:${String(n + 1)}:${"2".repeat(15)}`) }],
    ["tags, as many as may be", tagged, { tags: list(2400, () => "a".repeat(30)) }, "tagged"],
    ["fields that there are not, as many as may be", create, { input: numbered(2400, "n".repeat(25)) }],
    [
      "variables that do not fit, as many as may be",
      `query (${list(390, (n) => `$n${String(n)}: Int!`).join(" ")}) { __typename }`,
      numbered(2400, "n"),
    ],
  ])("A24, A25: costs little however many values do not fit: %s", async (_what, query, variables, field) => {
    await (field === undefined ? rejected(query, variables) : nulled(field, query, variables));
    expect(await cpuOf(() => tell(facade.url, { query, variables }))).toBeLessThan(20);
  });

  it.each(["2147483648", "1e400", "1.5", '"1"', "true"])("A24: is no %s in the document", async (first) => {
    await rejected(`{ releaseChart(first: ${first}) { totalCount } }`);
  });
});

describe("an id", () => {
  it.each([
    "0x10",
    "１２",
    "1e3",
    "+1",
    "../1",
    "-1",
    "0",
    "01",
    " 1",
    "1 ",
    "",
    "1".repeat(19),
    "1".repeat(300),
    "1&country=US",
    "1\u0000",
    "%31",
  ])("A25: is no %j", async (id) => {
    for (const name of ["artist", "release", "track"]) {
      const answer = await nulled(name, `query($id: ID!) { ${name}(id: $id) { id } }`, { id });
      expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "id" } }]);
    }
    await nulled("node", `query($id: ID!) { node(id: $id) { id } }`, { id: `release:${id}` });
  });

  it("A25: beyond what a number holds is sent digit for digit", async () => {
    await tell(facade.url, { query: '{ artist(id: "9007199254740993") { name } }' });
    expect(facade.sandbox.journal.entries().map(({ params }) => params["artistId"])).toEqual(["9007199254740993"]);
  });
});

describe("a price", () => {
  const query = `mutation($price: Decimal!) {
    basketPurchase(input: { basketId: "00000000-0000-4000-8000-000000000000", expectedAmountDue: $price, idempotencyKey: "0123456789abcdef" }) { userErrors { code } }
  }`;
  it.each(["1e1", "-1", "1,00", "NaN", "0.10000000000000001", "1234567890123456", "1.", ".5", " 1", "", "١"])(
    "A26: is no %j",
    async (price) => {
      expect((await rejected(query, { price })).code).toBe("BAD_USER_INPUT");
    },
  );
  it.each([1, 0.99])("A26: is no number: %d", async (price) => {
    expect((await rejected(query, { price })).code).toBe("BAD_USER_INPUT");
  });

  it("A27: of one's own is for operators", async () => {
    const bearer = await bearerOf(facade);
    facade.calls();
    const own =
      'mutation { itemPurchase(input: { itemId: "release:1", pricing: CUSTOM, customPrice: "0.00", idempotencyKey: "0123456789abcdef" }) { userErrors { code } } }';
    const answer = await tell(facade.url, { query: own }, bearer);
    expect([answer.code, facade.calls()]).toEqual(["GRAPHQL_VALIDATION_FAILED", []]);
  });
});

describe("a store", () => {
  it.each(["ZZ", "gb ", "GB&shopId=1", "", "GBR", "G", "ＧＢ"])("A28: is no %j", async (country) => {
    await rejected("query($c: CountryCode) @inContext(country: $c) { storeContext { country } artist(id: 1) { name } }", { c: country });
    await rejected("query($c: CountryCode) { release(id: 155408) { price(country: $c) { soldAs } } }", { c: country });
  });

  it("A30: of a country and a shop is the shop's, under one key", async () => {
    const query = 'query { artist(id: "77") { name } }';
    await tell(facade.url, { query }, { "x-7d-shop-id": "34" });
    await tell(facade.url, { query }, { "x-7d-shop-id": "34", "x-7d-country": "DE" });
    await tell(facade.url, { query: query.replace("query", 'query @inContext(country: "US", shopId: "34")') });
    const [call, ...others] = facade.sandbox.journal.entries();
    expect([call?.params["shopId"], call?.params["country"], others]).toEqual(["34", undefined, []]);
  });
});

describe("words to search for", () => {
  const query = "query($q: String!) { search(query: $q) { artists { totalCount } } }";

  it.each(["a&oauth_token=x", "%26", "a+b", "!*'()", "🎵 music", "שלום", "a=b;c", "ä/ö?#", '"quoted" <b>', "a\r\nb: c"])(
    "A31: are sent as they are: %j",
    async (q) => {
      const { status } = await tell(facade.url, { query, variables: { q } });
      const [call] = facade.sandbox.journal.entries();
      expect([status, call?.params["q"], call?.signed]).toEqual([200, q, false]);
    },
  );

  it.each(["a\u0000b", "a\ud800b", "\udc00", "  ", "x".repeat(201), "x".repeat(10_000)])("A31, A32: are no %j", async (q) => {
    expect((await nulled("search", query, { q })).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "query" } }]);
  });
});

describe("tags", () => {
  it("A33: to find music by are refused by the thousand", async () => {
    const tags = Array.from({ length: 1000 }, (_, index) => `tag${String(index)}`);
    expect((await nulled("tagged", "query($tags: [ID!]!) { tagged(tags: $tags) { artists { totalCount } } }", { tags })).code).toBe(
      "BAD_USER_INPUT",
    );
  });

  it.each([
    ["more than ten", Array.from({ length: 11 }, (_, index) => ({ key: `k${String(index)}`, value: "v" }))],
    ["a key that is too long", [{ key: "k".repeat(51), value: "v" }]],
    ["a value that is too long", [{ key: "k", value: "v".repeat(101) }]],
    ["an empty key", [{ key: "", value: "v" }]],
    ["a key with other signs", [{ key: "k&oauth_nonce", value: "v" }]],
    [
      "the same key twice",
      [
        { key: "k", value: "v" },
        { key: "k", value: "w" },
      ],
    ],
    ["half of a character", [{ key: "k", value: "\ud800" }]],
  ])("A33: of a purchase are not %s: nothing is sent or bought", async (_what, tags) => {
    const bearer = await bearerOf(facade);
    const { data } = await facade.query<{ release: { price: { quote: string } } }>('{ release(id: "155408") { price { quote } } }');
    facade.calls();
    const query = `mutation($quote: String!, $tags: [SalesTagInput!]) {
      itemPurchase(input: { itemId: "release:155408", quote: $quote, salesTags: $tags, idempotencyKey: "0123456789abcdef" }) { attempt { status } userErrors { code field } }
    }`;
    const bought = await facade.query<{ itemPurchase: unknown }>(query, { quote: data.release.price.quote, tags }, bearer);
    expect(bought.data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "INVALID" }] });
    expect(facade.calls()).toEqual([]);
  });

  it("A33: named oauth_nonce are but tags, under a name of their own", async () => {
    const bearer = await bearerOf(facade, otherUser);
    const { data } = await facade.query<{ release: { price: { quote: string } } }>('{ release(id: "155408") { price { quote } } }');
    facade.calls();
    const query = `mutation($quote: String!) {
      itemPurchase(input: { itemId: "release:155408", quote: $quote, salesTags: [{ key: "oauth_nonce", value: "x" }], idempotencyKey: "0123456789abcdef-tag" }) { attempt { status } }
    }`;
    await facade.query(query, { quote: data.release.price.quote }, bearer);
    const purchase = facade.sandbox.journal.entries().find(({ method }) => method === "user/purchase/item");
    expect(purchase?.params["tag_oauth_nonce"]).toBe("x");
  });
});

it("A34: variables named like OAuth's parameters are but variables", async () => {
  const query =
    "query($oauth_token: String!, $oauth_consumer_key: ID!) { search(query: $oauth_token) { artists { totalCount } } artist(id: $oauth_consumer_key) { name } }";
  await tell(facade.url, { query, variables: { oauth_token: "evil", oauth_consumer_key: "14" } });
  const sent = facade.sandbox.journal.entries().map(({ method, params, signed }) => [method, params["q"] ?? params["artistId"], signed]);
  expect(sent.sort()).toEqual([
    ["artist/details", "14", false],
    ["artist/search", "evil", false],
  ]);
});

describe("A56: with user A's token", () => {
  it("B's purchases and attempts are not found, and the locker is A's", async () => {
    const [a, b] = [await bearerOf(facade, demoUser), await bearerOf(facade, otherUser)];
    const { data } = await facade.query<{ release: { price: { quote: string } } }>('{ release(id: "2118") { price { quote } } }');
    const buy =
      'mutation($quote: String!) { itemPurchase(input: { itemId: "release:2118", quote: $quote, idempotencyKey: "0123456789abcdef-b" }) { attempt { status } purchase { id } } }';
    const bought = await facade.query<{ itemPurchase: { purchase: { id: string } } }>(buy, { quote: data.release.price.quote }, b);
    const { id } = bought.data.itemPurchase.purchase;
    const look = `query($id: ID!) { node(id: $id) { id } viewer { purchaseAttempt(idempotencyKey: "0123456789abcdef-b") { status } } }`;
    expect(await facade.query(look, { id }, b)).toMatchObject({
      data: { node: { id }, viewer: { purchaseAttempt: { status: "SUCCEEDED" } } },
    });
    const asA = await tell(facade.url, { query: look, variables: { id } }, a);
    expect(asA.data).toEqual({ node: null, viewer: { purchaseAttempt: null } });
  });

  it("and without one they are nobody's", async () => {
    const answer = await tell(facade.url, {
      query: 'query { node(id: "purchase:1") { id } viewer { purchaseAttempt(idempotencyKey: "0123456789abcdef-b") { status } } }',
    });
    expect(answer.data).toEqual({ node: null, viewer: null });
    expect(facade.calls()).toEqual([]);
  });

  it("B's basket is open to whoever knows its id, as it is at 7digital", async () => {
    const made = await facade.query<{ basketCreate: { basket: { id: string } } }>(
      "mutation { basketCreate { basket { id } } }",
      {},
      await bearerOf(facade, otherUser),
    );
    const { id } = made.data.basketCreate.basket;
    const answer = await facade.query("query($id: ID!) { basket(id: $id) { id } }", { id }, await bearerOf(facade, demoUser));
    expect(answer).toEqual({ data: { basket: { id } } });
  });
});
