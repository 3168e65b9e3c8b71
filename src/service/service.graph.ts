/** The service itself in the graph: the store that an operation ran in, and the state of 7digital's API. */
import { status } from "./endpoints.js";
import type { Scope } from "../shared/scope.js";
import type { Store } from "../upstream/session.js";
import type { Quota } from "../upstream/limits/quota.js";
import { dateTimeOf } from "../shared/date-time.js";
import { andThen } from "../shared/maybe-promise.js";
import { readable } from "../upstream/xml/unreadable.js";
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import { countryOf, shopIdOf } from "../shared/store.js";

const storeContextRef = builder.objectRef<Store>("StoreContext").implement({
  description: "The store an operation ran in. Prices, currency and what is available depend on it.",
  fields: (t) => ({
    country: t.field({
      type: "CountryCode",
      description: "The country whose store it was. Null if a shop decided.",
      resolve: countryOf,
    }),
    shopId: t.id({
      description: "The shop it was. Null if a country decided.",
      resolve: shopIdOf,
    }),
  }),
});

const quotaRef = builder.objectRef<Quota>("UpstreamQuota").implement({
  description: "Daily quota of calls to 7digital, shared by all users of this server's key.",
  fields: (t) => ({
    limit: t.exposeInt("limit", { nullable: false, description: "Number of calls allowed." }),
    used: t.exposeInt("used", { nullable: false, description: "Number of calls made." }),
    remaining: t.exposeInt("remaining", { nullable: false, description: "Number of calls that remain." }),
    resetAt: t.field({
      type: "DateTime",
      nullable: false,
      description: "When the quota is renewed.",
      resolve: ({ resetAtMs }) => new Date(resetAtMs).toISOString(),
    }),
    observedAt: t.field({
      type: "DateTime",
      nullable: false,
      description: "When 7digital sent these numbers.",
      resolve: ({ observedAtMs }) => new Date(observedAtMs).toISOString(),
    }),
  }),
});

/** Asked for once in an operation. */
function currentStatus({ client, store }: Scope) {
  return client.call(status, {}, { store });
}

builder.queryFields((t) => ({
  storeContext: t.field({
    type: storeContextRef,
    nullable: false,
    description: "The store of this operation.",
    resolve: (_, __, { store }) => store,
  }),
  upstreamQuota: t.field({
    ...withoutCall({ mentionsNoCost: true }),
    type: quotaRef,
    description: "Daily quota of calls to 7digital, as of the last call. Null before the first call.",
    resolve: (_, __, { client }) => client.quota() ?? null,
  }),
  upstreamTime: t.field({
    ...upstream(status),
    type: "DateTime",
    description: "Time on 7digital's server. Use it to check whether 7digital responds. Null if 7digital does not send it.",
    resolve: (_, __, { use }) => andThen(use(currentStatus), ({ serverTime }) => readable(dateTimeOf(serverTime))),
  }),
}));
