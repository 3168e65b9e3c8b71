/** The schema: every slice's part of it, in one place. It defines nothing itself. */
import { GraphQLSchema, isScalarType, specifiedDirectives } from "graphql";
import "./scalars.js";
import "./service.graph.js";
import "../account/new-users.graph.js";
import "../account/sign-in.graph.js";
import "../account/viewer-cards.graph.js";
import "../basket/basket-mutations.graph.js";
import "../basket/basket.graph.js";
import "../catalogue/artist.graph.js";
import "../catalogue/chart.graph.js";
import "../catalogue/editorial.graph.js";
import "../catalogue/lookup.graph.js";
import "../catalogue/release.graph.js";
import "../catalogue/search.graph.js";
import "../catalogue/tag.graph.js";
import "../catalogue/track.graph.js";
import "../locker/locker.graph.js";
import "../locker/purchase.graph.js";
import "../media/track-media.graph.js";
import "../purchase/attempt.graph.js";
import "../purchase/purchase-error.graph.js";
import "../purchase/purchase-mutations.graph.js";
import "../shared/user-error.graph.js";
import "../shared/viewer.graph.js";
import { builder } from "./builder.js";
import { operatorDirective } from "./operator.js";
import { semanticNonNullDirective, upstreamDirective } from "./extensions.js";
import { inContextDirective } from "./store.js";

const built = builder.toSchema();
const countryCode = built.getType("CountryCode");
if (!isScalarType(countryCode)) throw new TypeError("CountryCode is not defined.");

export const inContext = inContextDirective(countryCode);

export const schema = new GraphQLSchema({
  ...built.toConfig(),
  description: "The 7digital music store: its catalogue of artists, releases and tracks, baskets and purchases, and what its users own.",
  directives: [...specifiedDirectives, inContext, upstreamDirective, semanticNonNullDirective, operatorDirective],
});
