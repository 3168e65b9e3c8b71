/** The state of 7digital's API in the graph. */
import { status } from "./endpoints.js";
import type { Scope } from "../shared/scope.js";
import type { Quota } from "../upstream/limits/quota.js";
import { dateTimeOf } from "../shared/date-time.js";
import { andThen } from "../shared/maybe-promise.js";
import { readable } from "../upstream/xml/unreadable.js";
import { builder } from "../graph/builder.js";
import { upstream, withoutCall } from "../graph/field-cost.js";

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
