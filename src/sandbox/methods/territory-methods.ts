/** countries, country/resolve and country/georestrictions/checkout. Not in the API document: written from recordings. */

import { isIP } from "node:net";
import { falls } from "../api/irregularities.js";
import { method, type Method } from "../api/method.js";
import { notValid, required, type Kind } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";
import { countries, countryOfAddress, mayCheckOut, type Country } from "../catalogue/territories.js";

const ipAddress: Kind<string> = {
  parse(name, value) {
    if (isIP(value.trim()) === 0) throw notValid(name);
    return value.trim();
  },
  missing: (name) => `Required parameter ${name} is missing`,
};

const resolve = method({
  path: "country/resolve",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { ipAddress: required(ipAddress) },
  // The name of the element begins with a capital letter, its children do not.
  answer: ({ ipAddress: address }) =>
    element("GeoIpLookup", [element("ipaddress", address), element("countryCode", countryOfAddress(address))]),
});

const checkout = method({
  path: "country/georestrictions/checkout",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { ipAddress: required(ipAddress) },
  answer({ ipAddress: address }) {
    const code = countryOfAddress(address);
    // Recorded without the country, which 7digital's schema for .NET has.
    const more = falls("checkout-country", address, 2) ? element("countryCode", code) : null;
    return element("geoRestrictions", [element("allowCheckout", mayCheckOut(code)), more]);
  },
});

const list = method({
  path: "countries",
  auth: "consumer-key",
  maxAgeSeconds: 432_000,
  parameters: {},
  answer: () => element("countries", countries.map(countryElement)),
});

function countryElement({ code, name, localName, languages }: Country): XmlElement {
  const [first] = languages;
  return element(
    "country",
    [
      element("url", shopAddress(first?.host)),
      element("name", name),
      element("localName", localName),
      element(
        "languages",
        languages.map((language) =>
          element("language", [
            element("name", language.name),
            element("localName", language.localName),
            element("url", shopAddress(language.host)),
          ]),
        ),
      ),
    ],
    { code },
  );
}

function shopAddress(host = "www"): string {
  return `http://${host}.7digital.com`;
}

export const territoryMethods: readonly Method[] = [resolve, checkout, list];
