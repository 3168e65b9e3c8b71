/** In which store an operation shops. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade();
});

beforeEach(() => {
  facade.calls();
});

afterAll(async () => {
  await facade.close();
});

const where = `storeContext { requestedCountry requestedShopId country currencyCode }`;

const nothing = { requestedCountry: null, requestedShopId: null };
const german = { ...nothing, requestedCountry: "DE", country: "DE", currencyCode: "EUR" };
const french = { ...nothing, requestedCountry: "FR", country: "FR", currencyCode: "EUR" };
const american = { ...nothing, requestedCountry: "US", country: "US", currencyCode: "USD" };
/** The API document: 34 is the UK shop, which is the default. */
const shop34 = { ...nothing, requestedShopId: "34", country: "GB", currencyCode: "GBP" };

async function storeOf(query: string, headers: Readonly<Record<string, string>> = {}, variables: object = {}): Promise<unknown> {
  const { data, errors } = await facade.query<{ storeContext: unknown }>(query, variables, headers);
  expect(errors).toBeUndefined();
  return data.storeContext;
}

describe("the store of an operation", () => {
  it("is the server's default where none is requested, and 7digital gets it", async () => {
    expect(await storeOf(`{ ${where} artist(id: "20") { name } }`)).toEqual({ ...nothing, country: "GB", currencyCode: "GBP" });
    expect(facade.sandbox.journal.entries()[0]?.params).toMatchObject({ country: "GB" });
  });

  it("is named by headers", async () => {
    expect(await storeOf(`{ ${where} }`, { "x-7d-country": "de" })).toEqual(german);
    expect(await storeOf(`{ ${where} }`, { "x-7d-country": "DE", "x-7d-shop-id": "34" })).toEqual(shop34);
  });

  it("is named by @inContext before headers, also through variables", async () => {
    const headers = { "x-7d-country": "DE" };
    expect(await storeOf(`query @inContext(country: US) { ${where} }`.replace("US", '"US"'), headers)).toEqual(american);
    expect(await storeOf(`query($c: CountryCode) @inContext(country: $c) { ${where} }`, headers, { c: "fr" })).toEqual(french);
    expect(await storeOf(`query @inContext(country: "US", shopId: "34") { ${where} }`, headers)).toEqual(shop34);
    expect(await storeOf(`query($c: CountryCode) @inContext(country: $c) { ${where} }`, headers)).toEqual(german);
  });

  it.each([
    ["country AQ, where prices come in pounds", { "x-7d-country": "aq" }, { requestedCountry: "AQ" }],
    ["shop 999999, where prices come in dollars", { "x-7d-shop-id": "999999" }, { requestedShopId: "999999" }],
  ])("says what was requested, and not that 7digital used it: %s", async (_, headers, requested) => {
    expect(await storeOf(`{ ${where} }`, headers)).toEqual({ ...nothing, ...requested, country: null, currencyCode: null });
    expect(facade.calls()).toEqual([]);
  });

  it("sends a shop instead of a country, never both", async () => {
    await storeOf(`query @inContext(shopId: "1064") { ${where} artist(id: "1") { name } }`);
    const params = facade.sandbox.journal.entries()[0]?.params;
    expect(params).toMatchObject({ shopId: "1064" });
    expect(params).not.toHaveProperty("country");
  });

  it.each([{ "x-7d-country": "ZZ" }, { "x-7d-country": "GB&shopId=1" }, { "x-7d-shop-id": "34&country=US" }, { "x-7d-shop-id": "-1" }])(
    "is not guessed from headers like %o",
    async (headers) => {
      const { data, errors } = await facade.query(`{ ${where} artist(id: "1") { name } }`, {}, headers);
      expect(data).toBeUndefined();
      expect(errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", argument: Object.keys(headers)[0] });
      expect(facade.calls()).toEqual([]);
    },
  );
});

describe("prices", () => {
  it("are those of the store, remembered apart", async () => {
    const query = `{ release(id: "155408") { price { current { currencyCode } } } }`;
    const currencies: string[] = [];
    for (const country of ["GB", "DE", "US", "GB"]) {
      const { data } = await facade.query<{ release: { price: { current: { currencyCode: string } } } }>(
        query,
        {},
        { "x-7d-country": country },
      );
      currencies.push(data.release.price.current.currencyCode);
    }
    expect(currencies).toEqual(["GBP", "EUR", "USD", "GBP"]);
  });

  it("of another store cost one call for the item there", async () => {
    await facade.query(`{ release(id: "398603") { title } }`);
    facade.calls();
    const query = `{ release(id: "398603") { price { current { currencyCode } } de: price(country: "DE") { current { currencyCode } } gb: price(country: "GB") { soldAs } } }`;
    const { data } = await facade.query(query, {}, { "x-7d-country": "GB" });
    expect(data).toEqual({
      release: { price: { current: { currencyCode: "GBP" } }, de: { current: { currencyCode: "EUR" } }, gb: { soldAs: "ITEM" } },
    });
    const calls = facade.sandbox.journal.entries().map(({ method, params }) => [method, params["country"]]);
    expect(calls).toEqual([["release/details", "DE"]]);
  });
});

describe("what is not sold in a country", () => {
  it("is an error that names the store", async () => {
    const body = `<response status="error" version="1.2"><error code="2002"><errorMessage>Release not available</errorMessage></error></response>`;
    const remove = facade.sandbox.faults.add({
      method: "release/details",
      fault: { kind: "status", status: 404, body, contentType: "text/xml" },
    });
    const { data, errors } = await facade.query(`query @inContext(country: "JP") { release(id: "484694") { title } }`);
    remove();
    expect(data).toEqual({ release: null });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "NOT_AVAILABLE_IN_COUNTRY",
      store: { country: "JP" },
      sevendigital: { code: 2002 },
    });
  });
});
