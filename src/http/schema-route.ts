/** The schema that a sender may use as text at /schema.graphql, for whom introspection is allowed. */
import type { GraphQLSchema } from "graphql";
import type { Config } from "../config/config.js";
import { printSdl } from "../graph/printed-schema.js";
import { createSenderReader } from "../operation/caller.js";
import { isTrusted } from "../operation/rate-limits.js";
import type { Route } from "./request-listener.js";
import { sendNotFound } from "./responses.js";
import { assetRoute } from "./site/page.js";
import { createStaticAsset } from "./static-asset.js";

type Options = Pick<Config, "profile" | "operatorSecret" | "gatewaySecret"> & { readonly graphqlPath: string };

interface Views {
  readonly ofOperator: GraphQLSchema;
  readonly ofEveryone: GraphQLSchema;
}

/** Public in the profile `open`. In `locked` it is not found by requests without the secret of the operator or the gateway. */
export function schemaRoute({ ofOperator, ofEveryone }: Views, { graphqlPath, ...config }: Options): Route {
  const readSender = createSenderReader(config);
  const forTrusted = "private, no-cache";
  const sendFull = sdlRoute(ofOperator, forTrusted);
  const sendPublic = sdlRoute(ofEveryone, config.profile === "open" ? "no-cache" : forTrusted);
  return (request, response) => {
    const sender = readSender((name) => request.headers[name]?.toString() ?? null);
    if (sender.operator) return sendFull(request, response);
    if (config.profile === "open" || isTrusted(sender)) return sendPublic(request, response);
    sendNotFound(response, graphqlPath);
  };
}

function sdlRoute(schema: GraphQLSchema, cacheControl: string): Route {
  const make = () => createStaticAsset(printSdl(schema), "text/plain; charset=utf-8");
  return assetRoute(make, { "Cache-Control": cacheControl, Vary: "Accept-Encoding" });
}
