/** Where an IP address is, in the graph: for the operator's own servers, which see the addresses of visitors. Addresses are personal data, and
 *  are in no key, error, log or metric. */
import { isIpAddress } from "../formats/value-formats.js";
import { inRole } from "../graph/argument-role.js";
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorWithoutCall } from "../graph/operator.js";
import { badUserInput } from "../shared/client-error.js";
import { isCountryCode } from "../formats/country-code.js";
import { andThen } from "../shared/maybe-promise.js";
import { readable } from "../upstream/xml/unreadable.js";
import { checkoutRestrictions, countryResolve } from "./endpoints.js";

const locationRef = builder.objectRef<{ readonly ipAddress: string }>("IpLocation").implement({
  description: "Where an IP address is, as far as 7digital knows.",
  fields: (t) => ({
    country: t.field({
      ...upstream(countryResolve),
      type: "CountryCode",
      description:
        "Country of the address: a default for `@inContext(country:)` that a visitor can change. 7digital may have no store there: compare it " +
        "with `stores`. Null if 7digital does not know the country.",
      resolve: ({ ipAddress }, _, { client, store }) =>
        andThen(client.call(countryResolve, { ipAddress }, { store }), ({ countryCode }) => countryOf(countryCode)),
    }),
    checkoutAllowed: t.boolean({
      ...upstream(checkoutRestrictions),
      description: "Whether 7digital sells to visitors from this address. Null if 7digital does not send it.",
      resolve: ({ ipAddress }, _, { client, store }) =>
        andThen(client.call(checkoutRestrictions, { ipAddress }, { store }), ({ allowCheckout }) => readable(allowCheckout) ?? null),
    }),
  }),
});

/** Recorded: 7digital answers "7" for addresses of its own. */
function countryOf(countryCode: string | null | undefined): string | null {
  return countryCode && isCountryCode(countryCode) ? countryCode.toUpperCase() : null;
}

builder.queryField("ipLocation", (t) =>
  t.field({
    ...operatorWithoutCall({ nullOnlyWithError: true }),
    type: locationRef,
    description: "Where an IP address is, to choose a store for a visitor.",
    args: {
      ipAddress: t.arg.string({
        ...inRole("personal"),
        required: true,
        description: "IPv4 or IPv6 address of the visitor. Send it as a variable: documents are kept.",
      }),
    },
    resolve(_, { ipAddress }) {
      if (!isIpAddress(ipAddress)) throw badUserInput("ipAddress", 'Not an IP address. Expected IPv4 or IPv6, e.g. "192.0.2.1".');
      return { ipAddress };
    },
  }),
);
