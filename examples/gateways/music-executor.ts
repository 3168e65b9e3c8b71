/** The executor of a stitching gateway for the music API. It turns `@inContext` of a client's operation into the headers that choose the store:
 *  a stitched operation is split, and its directives do not arrive. */
import { buildHTTPExecutor } from "@graphql-tools/executor-http";
import type { ExecutionRequest, Executor } from "@graphql-tools/utils";
import { getDirectiveValues, GraphQLDirective, GraphQLID, GraphQLString, DirectiveLocation } from "graphql";

// #region directive
/** For the type definitions of the gateway. Without it, the gateway rejects operations with `@inContext` instead of ignoring it. */
export const inContextSdl = "directive @inContext(country: CountryCode, shopId: ID) on QUERY | MUTATION";
// #endregion directive

const inContext = new GraphQLDirective({
  name: "inContext",
  locations: [DirectiveLocation.QUERY, DirectiveLocation.MUTATION],
  args: { country: { type: GraphQLString }, shopId: { type: GraphQLID } },
});

// #region executor
interface Options {
  /** The gateway's endpoint of the music API, `…/subgraph`. */
  readonly endpoint: string;
  readonly gatewaySecret: string;
  /** Headers of the client's request to pass on, such as `authorization`. */
  readonly headersOf?: (context: unknown) => Readonly<Record<string, string>>;
}

export function musicExecutor({ endpoint, gatewaySecret, headersOf = () => ({}) }: Options): Executor {
  const headers = (request?: ExecutionRequest): Record<string, string> => ({
    ...headersOf(request?.context),
    ...storeOf(request),
    "x-7d-gateway-secret": gatewaySecret,
  });
  return buildHTTPExecutor({ endpoint, headers });
}

/** Of the client's operation, which the request is a part of. */
function storeOf(request: ExecutionRequest | undefined): Record<string, string> {
  const info = request?.info;
  const store = info && getDirectiveValues(inContext, info.operation, info.variableValues);
  if (typeof store?.shopId === "string") return { "x-7d-shop-id": store.shopId };
  return typeof store?.country === "string" ? { "x-7d-country": store.country } : {};
}
// #endregion executor
