/** 7digital's own list of its stores, as it is now. What it leaves out of a store (shop, currency) is from the list in the source. */
import { isCountryCode } from "../formats/country-code.js";
import { knownStore, type KnownStore, type StoreLanguage } from "../shared/known-stores.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { once } from "../shared/once.js";
import type { Scope } from "../shared/scope.js";
import { countries, type CountryFacts } from "./endpoints.js";

export function readUpstreamStores({ client, store }: Scope): MaybePromise<readonly KnownStore[]> {
  return andThen(client.call(countries, {}, { store }), ({ all }) => all.flatMap((country) => storeOf(country) ?? []));
}

/** Undefined for what is no country of ISO 3166-1. */
function storeOf({ code, name, localName, languages }: CountryFacts): KnownStore | undefined {
  if (!isCountryCode(code)) return undefined;
  const country = code.toUpperCase();
  const known = knownStore({ country });
  return {
    country,
    name: name ?? known?.name ?? country,
    localName: localName ?? null,
    shopId: known?.shopId ?? null,
    currencyCode: known?.currencyCode ?? null,
    languages: (languages ?? []).flatMap((language) => languageOf(language) ?? []),
  };
}

/** 7digital sends names of languages, e.g. "English (US)", and no codes. Undefined where the name is that of no language. */
function languageOf({ name, localName }: { readonly name?: string | null | undefined; readonly localName?: string | null | undefined }) {
  const code = languageCodes().get((name ?? "").replace(/\s*\(.*\)$/, "").toLowerCase());
  if (!name || code === undefined) return undefined;
  return { code, name, localName: localName ?? name } satisfies StoreLanguage;
}

/** Codes of ISO 639-1 by the names of languages in English. */
const languageCodes = once(() => {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(
    codes.flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [[name.toLowerCase(), code] as const];
    }),
  );
});
