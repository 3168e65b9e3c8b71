/** The schemas: this imports every module that defines a part of it. */
import { GraphQLSchema, isScalarType, specifiedDirectives } from "graphql";
import "../graph/scalars.js";
import "./node.graph.js";
import "../service/service.graph.js";
import "../service/ip-location.graph.js";
import "../service/stores.graph.js";
import "../account/card-mutations.graph.js";
import "../account/card-registration.graph.js";
import "../account/new-users.graph.js";
import "../account/payment-card.graph.js";
import "../account/sign-in.graph.js";
import "../account/subscription.graph.js";
import "../account/users.graph.js";
import "../account/viewer-cards.graph.js";
import "../basket/basket-mutations.graph.js";
import "../basket/basket.graph.js";
import "../catalogue/artist.graph.js";
import "../catalogue/chart.graph.js";
import "../catalogue/editorial.graph.js";
import "../catalogue/lookup.graph.js";
import "../catalogue/match.graph.js";
import "../catalogue/page.graph.js";
import "../catalogue/release.graph.js";
import "../catalogue/search.graph.js";
import "../catalogue/tag.graph.js";
import "../catalogue/track.graph.js";
import "../catalogue/translation.graph.js";
import "../locker/locker.graph.js";
import "../locker/purchase.graph.js";
import "../media/hosted-streams.graph.js";
import "../media/track-media.graph.js";
import "../purchase/attempt.graph.js";
import "../purchase/purchase-error.graph.js";
import "../purchase/purchase-mutations.graph.js";
import "../graph/error-code.graph.js";
import "../graph/user-error.graph.js";
import "../graph/viewer.graph.js";
import { builder } from "../graph/builder.js";
import { describedSchema } from "../graph/described.js";
import {
  inContextDirective,
  incrementalDirectives,
  operatorDirective,
  semanticNonNullDirective,
  upstreamDirective,
} from "../graph/directives.js";
import { publicSchema } from "../graph/public-schema.js";

const built = describedSchema(builder.toSchema());
const countryCode = built.getType("CountryCode");
if (!isScalarType(countryCode)) throw new TypeError("CountryCode is not defined.");

/** What the operator's own servers may use: everything. */
export const schema = new GraphQLSchema({
  ...built.toConfig(),
  description: "The 7digital music API: catalogue, baskets, purchases, and the music that users own.",
  directives: [
    ...specifiedDirectives,
    inContextDirective(countryCode),
    ...incrementalDirectives,
    upstreamDirective,
    semanticNonNullDirective,
    operatorDirective,
  ],
});

/** What everyone may use. */
export const publicView = publicSchema(schema);
