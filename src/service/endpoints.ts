/** Methods about the API itself and the countries it knows. @see API document, "Status"; it has none of the others. */
import { endpoint } from "../upstream/endpoint.js";
import { text as textParam } from "../upstream/request/params.js";
import { attribute, child, children, inside, list, listOf, object, type Decoded } from "../upstream/xml/decode.js";
import { flag, moment, text, token } from "../upstream/xml/values.js";

/** status: the time on 7digital's server. */
export const status = endpoint({
  path: "status",
  auth: "key",
  effect: "read",
  uncached: true,
  params: {},
  result: inside("serviceStatus", object({ serverTime: child("serverTime", moment) })),
});

const language = object({ name: child("name", text), localName: child("localName", text) }, ["url"]);
const country = object(
  {
    code: attribute("code"),
    name: child("name", text),
    localName: child("localName", text),
    languages: child("languages", listOf("language", language)),
  },
  ["url"],
);
export type CountryFacts = Decoded<typeof country>;

/** countries: the countries that 7digital sells in. */
export const countries = endpoint({
  path: "countries",
  auth: "key",
  effect: "read",
  params: {},
  result: inside("countries", list({ all: children("country", country) })),
});

/** Calls about the IP address of a person. */
const aboutAddress = { auth: "key", effect: "read", uncached: true, personal: true, params: { ipAddress: textParam } } as const;

/** country/resolve: the country of an IP address. */
export const countryResolve = endpoint({
  path: "country/resolve",
  ...aboutAddress,
  result: inside("GeoIpLookup", object({ countryCode: child("countryCode", token) }, ["ipaddress"])),
});

/** country/georestrictions/checkout: whether 7digital sells to visitors from an IP address. */
export const checkoutRestrictions = endpoint({
  path: "country/georestrictions/checkout",
  ...aboutAddress,
  result: inside("geoRestrictions", object({ allowCheckout: child("allowCheckout", flag) }, ["countryCode"])),
});
