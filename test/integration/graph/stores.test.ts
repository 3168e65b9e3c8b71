/** The stores for a country picker. */
import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { readRecordings } from "../../support/given-material.js";

interface Named {
  readonly name: string;
  readonly localName: string | null;
}

interface Store extends Named {
  readonly country: string;
  readonly shopId: string | null;
  readonly currencyCode: string | null;
  readonly languages: readonly (Named & { readonly code: string })[];
}

let facade: Facade;
let stores: readonly Store[];

beforeAll(async () => {
  facade = await startFacade();
  const { data, errors } = await facade.query<{ stores: Store[] }>(
    "{ stores { country name localName shopId currencyCode languages { code name localName } } }",
  );
  expect(errors).toBeUndefined();
  stores = data.stores;
});

afterAll(() => facade.close());

describe("stores", () => {
  it("cost no call", () => {
    expect(stores).not.toEqual([]);
    expect(facade.calls()).toEqual([]);
  });

  /** @see API document: the default store is the UK one, `shopid=34` in download links; `basket?country=DE` gives EUR. */
  it("begin with the one that the API document describes", () => {
    const english = { code: "en", name: "English", localName: "English" };
    expect(stores[0]).toEqual({
      country: "GB",
      name: "United Kingdom",
      localName: "United Kingdom",
      shopId: "34",
      currencyCode: "GBP",
      languages: [english],
    });
    expect(stores.find(({ country }) => country === "DE")).toMatchObject({
      name: "Germany",
      localName: "Deutschland",
      currencyCode: "EUR",
    });
    expect(stores.filter(({ shopId }) => shopId !== null)).toHaveLength(1);
  });

  it("have no local name where 7digital lists none", () => {
    expect(stores.filter(({ localName }) => localName === null).map(({ country }) => country)).toEqual(["NZ", "LU"]);
  });

  /** ISO 4217, for the countries of the list. */
  it("sell in the local currency", () => {
    const euro = "AT BE DE ES FI FR IE IT LU NL".split(" ").map((country) => [country, "EUR"]);
    const others = { GB: "GBP", US: "USD", CA: "CAD", CH: "CHF", NZ: "NZD", SE: "SEK", NO: "NOK" };
    expect(Object.fromEntries(stores.map(({ country, currencyCode }) => [country, currencyCode]))).toEqual({
      ...Object.fromEntries(euro),
      ...others,
    });
  });

  it("have languages with the codes of ISO 639-1", () => {
    const names = new Intl.DisplayNames("en", { type: "language" });
    for (const { code, name } of stores.flatMap(({ languages }) => languages)) expect(name.startsWith(names.of(code) ?? "?")).toBe(true);
    expect(stores.find(({ country }) => country === "CH")?.languages.map(({ code }) => code)).toEqual(["de", "fr", "it"]);
  });

  it("have in storeContext and in prices the currency they are listed with", async () => {
    const query = "{ storeContext { country currencyCode } release(id: 155408) { price { current { currencyCode } } } }";
    for (const { country, currencyCode } of stores) {
      const { data } = await facade.query(query, {}, { "x-7d-country": country });
      expect(data).toEqual({ storeContext: { country, currencyCode }, release: { price: { current: { currencyCode } } } });
    }
  });
});

const [recorded] = readRecordings().filter(({ method, real }) => method === "countries" && real);

describe.skipIf(recorded === undefined)("7digital's own list of countries", () => {
  it("has these stores in this order, with these names and languages", () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "@",
      isArray: (name) => /^(country|language)$/.test(name),
    });
    const { response } = parser.parse(recorded?.body ?? "") as {
      response: { countries: { country: (Named & { "@code": string; languages: { language: Named[] } })[] } };
    };
    const named = ({ name, localName }: Named) => ({ name, localName: localName === "" ? null : localName });
    expect(stores.map(({ country, languages, ...store }) => ({ country, ...named(store), languages: languages.map(named) }))).toEqual(
      response.countries.country.map((country) => ({
        country: country["@code"],
        ...named(country),
        languages: country.languages.language.map(named),
      })),
    );
  });
});
