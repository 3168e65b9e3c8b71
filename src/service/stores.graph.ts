/** The stores of 7digital, and the one an operation ran in. */
import { countryOf, requestedStore, shopIdOf } from "../shared/store.js";
import { knownStore, knownStores, type KnownStore, type StoreLanguage } from "../shared/known-stores.js";
import type { Scope } from "../shared/scope.js";
import { countries } from "./endpoints.js";
import { readUpstreamStores } from "./upstream-stores.js";
import { builder } from "../graph/builder.js";
import { withoutCall } from "../graph/field-cost.js";
import { operatorUpstream } from "../graph/operator.js";

const languageRef = builder.objectRef<StoreLanguage>("StoreLanguage").implement({
  description: "A language that a store is in.",
  fields: (t) => ({
    code: t.exposeString("code", { nullable: false, description: 'ISO 639-1, e.g. "de".' }),
    name: t.exposeString("name", { nullable: false, description: 'Name in English, e.g. "German".' }),
    localName: t.exposeString("localName", { nullable: false, description: 'Name in the language itself, e.g. "Deutsch".' }),
  }),
});

const storeRef = builder.objectRef<KnownStore>("Store").implement({
  description: "7digital's store in a country.",
  fields: (t) => ({
    country: t.expose("country", {
      type: "CountryCode",
      nullable: false,
      description:
        "Country of the store, and the value that selects it: in `@inContext(country:)` for an operation, in the header `x-7d-country` for " +
        "a request, or in `price(country:)` for one price. Unique, so it can be the key of a cache.",
    }),
    name: t.exposeString("name", { nullable: false, description: 'Name of the country in English, e.g. "Austria".' }),
    localName: t.exposeString("localName", {
      description: 'Name of the country in its own languages, e.g. "Österreich". Null if 7digital lists none.',
    }),
    shopId: t.exposeID("shopId", { description: "7digital's ID of the shop. Null if it is not known." }),
    currencyCode: t.expose("currencyCode", {
      type: "CurrencyCode",
      description: "Currency of most prices in the store. Every price has its own. Null if it is not known.",
    }),
    languages: t.expose("languages", { type: [languageRef], nullable: false, description: "Languages of the store, in 7digital's order." }),
  }),
});

const contextRef = builder.objectRef<Scope>("StoreContext").implement({
  description:
    "The store of an operation: what was requested, and what 7digital used. Prices, currency and availability depend on it. 7digital does " +
    "not say which store it used, so that part is known only for the stores in `stores`.",
  fields: (t) => ({
    requestedCountry: t.field({
      type: "CountryCode",
      description: "Country that the operation or a header requested. Null if none was, or if a shop was: a shop takes precedence.",
      resolve: ({ use }) => ifPresent(use(requestedStore), countryOf),
    }),
    requestedShopId: t.id({
      description: "Shop that the operation or a header requested. Null if none was.",
      resolve: ({ use }) => ifPresent(use(requestedStore), shopIdOf),
    }),
    country: t.field({
      type: "CountryCode",
      description: "Country of the store that 7digital used. Null if it is not known, as for a country or shop that is not in `stores`.",
      resolve: ({ store }) => knownStore(store)?.country ?? null,
    }),
    currencyCode: t.field({
      type: "CurrencyCode",
      description: "Currency of most prices in the store that 7digital used. Null if it is not known; every price has its own.",
      resolve: ({ store }) => knownStore(store)?.currencyCode ?? null,
    }),
  }),
});

function ifPresent<T, R>(value: T | undefined, of: (value: T) => R): R | null {
  return value === undefined ? null : of(value);
}

builder.queryFields((t) => ({
  stores: t.field({
    ...withoutCall({ mentionsNoCost: true }),
    type: [storeRef],
    nullable: false,
    description: "The stores of 7digital, one for each country it sells in, for a country picker.",
    resolve: () => knownStores,
  }),
  upstreamStores: t.field({
    ...operatorUpstream(countries, { nullOnlyWithError: true }),
    type: [storeRef],
    description:
      "The stores as 7digital lists them now, to compare with `stores`. 7digital's list has no shops and no currencies: those are as in `stores`.",
    resolve: (_, __, scope) => readUpstreamStores(scope),
  }),
  storeContext: t.field({
    ...withoutCall({ mentionsNoCost: true }),
    type: contextRef,
    nullable: false,
    description: "The store of this operation.",
    resolve: (_, __, scope) => scope,
  }),
}));
